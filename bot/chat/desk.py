"""The answering side in a thread of its own, so that the loop that talks to Telegram never waits for the index.

The index is opened in the thread that uses it and only when first needed: building the application opens nothing.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bot.chat.callbacks import Press
from bot.chat.cell import Cell, Located
from bot.chat.send import Outgoing
from bot.wording.chat import Language
from index.store import Index

if TYPE_CHECKING:
    from bot.answers import Engine
    from bot.chart import Chart  # drawing loads an imaging library
    from bot.render import Table

T = TypeVar("T")


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


class Desk:
    """Questions and reads in one thread, writes in another; each with its own handle on the index."""

    def __init__(self, path: Path, make: Callable[[Index], Answering] | None = None) -> None:
        self._path = path
        self._make = make or _engine
        self._answers = ThreadPoolExecutor(1, thread_name_prefix="answers")
        self._writes = ThreadPoolExecutor(1, thread_name_prefix="writes")
        self._mine = threading.local()
        self._opened: list[Index] = []

    async def ask(self, text: str, conversation: dict[str, Any] | None, today: date, tongue: Language = "zh") -> Reply:
        """Answer a question."""
        return await self.answering(lambda engine: engine.ask(text, conversation, today, tongue))

    async def press(
        self,
        press: Press,
        question: str,
        conversation: dict[str, Any] | None,
        today: date,
        tongue: Language = "zh",
    ) -> Reply | None:
        """Answer a button; None if it means nothing."""
        return await self.answering(lambda engine: engine.press(press, question, conversation, today, tongue))

    async def answering(self, function: Callable[[Answering], T]) -> T:
        """Run a function on the one who answers, in his thread."""
        return await self._run(self._answers, lambda: function(self._engine()))

    async def read(self, function: Callable[..., T], *values: Any) -> T:
        """Run `function(index, *values)` where questions are answered."""
        return await self._run(self._answers, lambda: function(self._index(), *values))

    async def write(self, function: Callable[..., T], *values: Any) -> T:
        """Run `function(index, *values)` beside the questions."""
        return await self._run(self._writes, lambda: function(self._index(), *values))

    def close(self) -> None:
        for executor in (self._answers, self._writes):
            executor.shutdown(cancel_futures=True)
        for index in self._opened:
            index.close()

    async def _run(self, executor: ThreadPoolExecutor, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(executor, function)

    def _index(self) -> Index:
        found: Index | None = getattr(self._mine, "index", None)
        if found is None:
            found = self._mine.index = Index.open(self._path)
            self._opened.append(found)
        return found

    def _engine(self) -> Answering:
        found: Answering | None = getattr(self._mine, "engine", None)
        if found is None:
            found = self._mine.engine = self._make(self._index())
        return found


def _engine(index: Index) -> Answering:
    from bot.chat.answering import EngineAnswering

    return EngineAnswering(index)
