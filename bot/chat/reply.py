"""What goes between the desk and whoever answers: an answer ready to be sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from bot.chat.callbacks import Press
from bot.chat.cell import Cell, Located
from bot.chat.send import Outgoing
from bot.wording.chat import Language

if TYPE_CHECKING:
    from bot.answers import Engine
    from bot.chart import Chart  # drawing loads an imaging library
    from bot.render import Table


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer ready to be sent, and what to remember of it."""

    outgoing: Outgoing
    outcome: str
    conversation: dict[str, Any]
    answer: dict[str, Any] = field(default_factory=dict)
    """The JSON contract of design.md."""
    single: bool = False
    """One figure of one report, so that a link to its cell reproduces the answer."""
    cells: tuple[Cell, ...] = ()
    """Printed cells to be shown as pictures."""
    table: Table | None = None
    """A long list to be sent as files."""
    chart: Chart | None = None
    """A trend or a comparison to be drawn."""


class Answering(Protocol):
    """What the desk needs of whoever answers."""

    def ask(self, text: str, conversation: dict[str, Any] | None, today: date, tongue: Language = "zh") -> Reply:
        """Answer a question; the conversation is what an earlier reply said to remember."""

    def press(
        self, press: Press, question: str, conversation: dict[str, Any] | None, today: date, tongue: Language = "zh"
    ) -> Reply | None:
        """Answer a button under an earlier answer to `question` ('' if unknown); None for what it cannot know."""

    def located(self, press: Press) -> Located | None:
        """The one printed cell that a button is about."""

    @property
    def engine(self) -> Engine:
        """What stands behind the answers, to be taught words."""
