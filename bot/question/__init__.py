"""A message → what it asks. Pure: names and fields, no figures."""

from bot.question.query import Clarification, Condition, Conversation, GroupRef, Item, Outcome, Pending, Query, Refusal
from bot.question.understand import Understood, understand

__all__ = [
    "Clarification",
    "Condition",
    "Conversation",
    "GroupRef",
    "Item",
    "Outcome",
    "Pending",
    "Query",
    "Refusal",
    "Understood",
    "understand",
]
