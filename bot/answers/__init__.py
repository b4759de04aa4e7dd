"""Query + index → Answer. `Engine(index).ask(text, conversation, today)` is the door."""

from bot.answers.engine import Engine
from bot.answers.model import Answer, Figure, Offer, Turn
from bot.question.query import Conversation

__all__ = ["Answer", "Conversation", "Engine", "Figure", "Offer", "Turn"]
