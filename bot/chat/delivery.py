"""Nothing that Telegram handed over is lost: the queue that stores first, the order in which people are answered,
and the application that marks what is done.

    Telegram → Inbox on disk → queue → one person after the other → handlers → done
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
import weakref
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, repeat
from typing import Any

from telegram import Bot, Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, Application, BaseUpdateProcessor, ExtBot

from bot.chat.room import Room
from bot.memory import Memory
from index.errors import IndexUnwritable

log = logging.getLogger("nianbao.delivery")

AT_ONCE = 64
"""Updates handled at the same time."""
PATIENCE = 6.0
"""Seconds that running handlers get at a stop; what they leave is finished after the next start."""
YIELDING = ("sendPhoto", "sendDocument", "sendMediaGroup")
SPARE = 8.0
"""Sends a second that must be free before a picture goes."""
YIELD_SECONDS = 20.0
RETRY_WAITS = (0.3, 1.0, 3.0)
"""Seconds between tries of a call that the network swallowed."""
FULL_WAITS = (1.0, 5.0, 15.0, 60.0)
"""Seconds between tries to keep an update when the disk takes nothing."""
LATER = 10.0
"""Seconds until an update whose answer could not be sent is handled again."""


class TolerantBot(ExtBot[Any]):
    """One update that cannot be understood (a type newer than the library) must not keep back all others.

    The library parses what getUpdates brings as a whole and, when that fails, asks for the same again for ever.
    """

    __slots__ = ()

    async def _post(self, endpoint: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        result = await super()._post(endpoint, data, **kwargs)
        return [understood(each, self) for each in result] if endpoint == "getUpdates" else result


def understood(body: dict[str, Any], bot: Bot) -> dict[str, Any]:
    """The update, or only its number, so that it is confirmed and passed over; the log gets none of its words."""
    try:
        Update.de_json(dict(body), bot)
    except Exception as error:
        log.error("update %s cannot be understood (%s)", body.get("update_id"), type(error).__name__)
        return {"update_id": body["update_id"]}
    return body


class StoringQueue(asyncio.Queue[object]):
    """PTB confirms an update to Telegram when `put` returns; by then it is on disk, and known ones are dropped."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="inbox")

    async def put(self, item: object) -> None:
        if isinstance(item, Update) and not await self._kept(item):
            return
        await super().put(item)

    async def _kept(self, update: Update) -> bool:
        """On disk; on a full one it waits here, and Telegram keeps what it has. False for one that was here before."""
        loop, body = asyncio.get_running_loop(), update.to_json()
        for wait in chain(FULL_WAITS, repeat(FULL_WAITS[-1])):
            try:
                return await loop.run_in_executor(self._writer, self._memory.inbox.put, update.update_id, body)
            except IndexUnwritable as error:
                log.error("%s; again in %s s", error, wait)
                await asyncio.sleep(wait)
        return False

    async def put_again(self, item: object) -> None:
        """Back into the queue: it is on disk already."""
        await super().put(item)


class OneByOne(BaseUpdateProcessor):
    """Many people at once, but each person's messages in their order, so that follow-ups follow."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._locks: weakref.WeakValueDictionary[tuple[int, int], asyncio.Lock] = weakref.WeakValueDictionary()
        self._running: set[asyncio.Task[Any]] = set()

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            lock = self._lock(update)
            async with lock:
                await coroutine
        finally:
            self._running.discard(task)

    def give_up(self) -> None:
        """Break off what is still running; it stays in the inbox."""
        for task in self._running:
            task.cancel()

    def _lock(self, update: object) -> asyncio.Lock:
        user = getattr(update, "effective_user", None)
        chat = getattr(update, "effective_chat", None)
        key = (user.id if user else 0, chat.id if chat else 0)
        if key == (0, 0):
            return asyncio.Lock()
        return self._locks.setdefault(key, asyncio.Lock())


class PatientLimiter(AIORateLimiter):
    """Telegram's limits, and a few more tries when the network or Telegram itself fails."""

    __slots__ = ()

    async def process_request(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("endpoint") in YIELDING:
            await self._yield()
        for wait in RETRY_WAITS:
            try:
                return await super().process_request(*args, **kwargs)
            except TelegramError as error:
                if isinstance(error, RetryAfter) or not is_undelivered(error):
                    raise
                log.warning("%s; trying again in %s s", type(error).__name__, wait)
                await asyncio.sleep(wait)
        return await super().process_request(*args, **kwargs)

    async def _yield(self) -> None:
        """Pictures and files wait for a moment in which the answers of others leave room."""
        limiter = self._base_limiter
        end = time.monotonic() + YIELD_SECONDS
        while limiter is not None and not limiter.has_capacity(SPARE) and time.monotonic() < end:
            await asyncio.sleep(0.05)


def is_undelivered(error: BaseException) -> bool:
    """Whether the same answer may go through later: the network, Telegram's limits, or a reply that was no JSON."""
    if isinstance(error, BadRequest):
        return False
    return isinstance(error, (NetworkError, RetryAfter)) or type(error) is TelegramError


class NianbaoApplication(Application[Any, Any, Any, Any, Any, Any]):
    """PTB's Application that works through the inbox."""

    def __init__(self, *, room: Room, on_given_up: Callable[[Update], Awaitable[None]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.room = room
        self.memory = room.memory
        self.starters: list[Callable[[Bot], object]] = []
        """Called at a start, before anything new is fetched."""
        self.stoppers: list[Callable[[], Awaitable[object]]] = []
        """Called at a stop, before the handlers are waited for."""
        self._on_given_up = on_given_up
        self._undelivered: set[int] = set()

    async def process_update(self, update: object) -> None:
        if not isinstance(update, Update):
            return await super().process_update(update)
        number = update.update_id
        if not self._begin(number):
            log.error("update %s was given up after too many tries", number)
            return await self._on_given_up(update)
        self._undelivered.discard(number)
        self.room.notice(update)
        await super().process_update(update)
        if number in self._undelivered and self.memory.inbox.may_try_again(number):
            self._later(update)
        else:
            with suppress(IndexUnwritable):  # a full disk: it is answered, and would be again after a restart
                self.memory.inbox.finish(number)
        return None

    def _begin(self, number: int) -> bool:
        try:
            return self.memory.inbox.begin(number)
        except IndexUnwritable as error:
            log.error("%s", error)
            return True

    async def process_error(self, update: object, error: Exception, *args: Any, **kwargs: Any) -> bool:
        if isinstance(update, Update) and is_undelivered(error):
            self._undelivered.add(update.update_id)
        return await super().process_error(update, error, *args, **kwargs)

    async def resume(self) -> int:
        """Take up what an earlier process left: updates not answered, oldest first; returns how many those were."""
        for start in self.starters:
            start(self.bot)
        waiting = self.memory.inbox.waiting()
        for number, body in waiting:
            try:
                update = Update.de_json(json.loads(body), self.bot)
            except Exception as error:
                log.error("update %s cannot be read again (%s)", number, type(error).__name__)
                self.memory.inbox.finish(number)
            else:
                await self._queue_again(update)
        return len(waiting)

    async def stop(self) -> None:
        processor = self.update_processor
        assert isinstance(processor, OneByOne)
        timer = asyncio.get_running_loop().call_later(PATIENCE, processor.give_up)
        try:
            for stop in self.stoppers:
                await stop()
            await super().stop()
        finally:
            timer.cancel()

    async def shutdown(self) -> None:
        """Also when the signal came while the updater was still starting."""
        if self.updater is not None and self.updater.running:
            await self.updater.stop()
        await super().shutdown()

    def _later(self, update: Update) -> None:
        log.warning("update %s could not be answered; again in %s s", update.update_id, LATER)
        loop = asyncio.get_running_loop()
        loop.call_later(LATER, lambda: loop.create_task(self._queue_again(update)))

    async def _queue_again(self, update: Update) -> None:
        queue = self.update_queue
        if isinstance(queue, StoringQueue):
            await queue.put_again(update)
