"""What happens when something fails: the log gets the place, the asker a number, the owners a line; nobody's words."""

from __future__ import annotations

import logging
import secrets
import time
import traceback
from contextlib import suppress

from telegram import Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.chat.delivery import is_undelivered
from bot.chat.room import Room, language
from bot.chat.send import Outgoing, send
from bot.wording.chat import say

log = logging.getLogger("nianbao.errors")

QUIET = 60.0
"""Seconds before the same complaint is made again."""


class Errors:
    """The error handler, and what is said when a message is given up."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._said: dict[str, float] = {}

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if error is None:
            return
        if not isinstance(update, Update):
            self._while_fetching(error)
        elif isinstance(error, Forbidden):
            self._blocked(update)
        elif is_undelivered(error):
            log.warning("an answer could not be sent: %s", type(error).__name__)
        else:
            await self._apologise(update, error, context)

    async def on_given_up(self, update: Update) -> None:
        chat = update.effective_chat
        if chat is not None:
            with suppress(TelegramError):
                await send(update.get_bot(), chat.id, Outgoing(say("error.gave_up", language(update))))

    def _while_fetching(self, error: Exception) -> None:
        if isinstance(error, Conflict):
            self._complain("conflict", say("log.second_poller"))
        elif isinstance(error, NetworkError):
            self._complain(type(error).__name__, say("log.unreachable", kind=type(error).__name__))
        else:
            log.error("outside any message: %s", _where(error))

    def _complain(self, kind: str, sentence: str) -> None:
        now = time.monotonic()
        if now - self._said.get(kind, -QUIET) >= QUIET:
            self._said[kind] = now
            log.warning(sentence)

    def _blocked(self, update: Update) -> None:
        chat = update.effective_chat
        if chat is not None:
            self._room.memory.follows.drop_chat(chat.id)

    async def _apologise(self, update: Update, error: Exception, context: ContextTypes.DEFAULT_TYPE) -> None:
        reference = secrets.token_hex(3)
        kind, place = type(error).__name__, _place(error)
        log.error("reference %s: %s", reference, _where(error))
        self._room.memory.errors.add(reference, kind, place)
        chat = update.effective_chat
        if chat is not None:
            with suppress(TelegramError):
                text = say("error.apology", language(update), reference=reference)
                await send(context.bot, chat.id, Outgoing(text), reply_to=update.effective_message)
        await self._tell_owners(reference, kind, place, context)

    async def _tell_owners(self, reference: str, kind: str, place: str, context: ContextTypes.DEFAULT_TYPE) -> None:
        now, key = time.monotonic(), f"{kind} {place}"
        if now - self._said.get(key, -QUIET) < QUIET:
            return
        self._said[key] = now
        for owner in set(self._room.administrators()) & self._room.settings.owners:
            try:
                text = say("error.owner", self._room.tongue(owner), reference=reference, kind=kind, place=place)
                await context.bot.send_message(owner, text)
            except (BadRequest, Forbidden):
                self._room.closed(owner)
            except TelegramError:
                log.warning("an owner could not be told of an error")


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/bot/" in frame.filename or "/index/" in frame.filename]
    found = ours or list(frames)
    if not found:
        return "?"
    last = found[-1]
    return f"{'/'.join(last.filename.rsplit('/', 2)[-2:])}:{last.lineno}"


def _where(error: BaseException) -> str:
    """Type and traceback. The message only of Telegram's own errors: others may quote what somebody wrote."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    said = f": {error}" if isinstance(error, TelegramError) else ""
    return f"{type(error).__name__}{said}\n{frames}"
