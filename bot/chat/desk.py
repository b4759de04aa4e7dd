"""The answering side in a thread of its own, so that the loop that talks to Telegram never waits for the index.

The index is opened in the thread that uses it and only when first needed: building the application opens nothing.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from bot.chat.answering import EngineAnswering
from bot.chat.callbacks import Press
from bot.chat.reply import Answering, Reply
from bot.wording.chat import Language
from index.store import Index

T = TypeVar("T")


class Desk:
    """Questions and reads in one thread, writes in another; each with its own handle on the index."""

    def __init__(self, path: Path, make: Callable[[Index], Answering] | None = None) -> None:
        self._path = path
        self._make = make or EngineAnswering
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
