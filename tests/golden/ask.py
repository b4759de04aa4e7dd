"""Puts a question to the engine as a person would: turn by turn, in one conversation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.answers import Engine
from bot.question import Conversation
from bot.render import to_json
from tests.golden.questions import Question

TODAY = date(2025, 6, 1)
"""去年 is 2024 in every question."""


def ask(engine: Engine, question: Question) -> Mapping[str, Any]:
    """The answer to the last turn, as --json prints it."""
    conversation = Conversation()
    for text in question.turns:
        turn = engine.ask(text, conversation, TODAY)
        conversation = turn.conversation
    return to_json(turn.answer)
