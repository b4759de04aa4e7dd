"""Correcting a cell from a 🚩: ✏️ asks for the value and the reason; the reading stays, the correction lies over it.

Also /history, which shows what happened to a report.
"""

from __future__ import annotations

import re
from decimal import Decimal

from telegram import ForceReply, Message, Update
from telegram.ext import ContextTypes

from bot.chat.callbacks import unpack
from bot.chat.cell import Located
from bot.chat.flags import Flags
from bot.chat.follow import named
from bot.chat.pressed import Pressed
from bot.chat.room import SHANGHAI, Room, language
from bot.chat.send import Outgoing, paged, send
from bot.memory.people import Flag
from bot.wording.chat import Language, own, say
from index.errors import NianbaoError
from index.report import Number
from index.store import Event, Index

_ASKED = re.compile(r"〔c:([A-Za-z0-9_-]{4,16})〕")
_WRITTEN = re.compile(r"\s*(空|未填写|-?\d{1,12}(?:\.\d{1,6})?)\s*(?:[万元件条份次]{0,2})[\s，,：:；;]*(.*)", re.DOTALL)
_YEAR = re.compile(r"(20\d\d)\s*年?\s*度?\s*$")


class Corrections:
    """Handlers of ✏️ under a flag, of the reply to it, and of /history."""

    def __init__(self, room: Room, flags: Flags) -> None:
        self._room = room
        self._flags = flags

    async def on_correct(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """✏️ asks what the cell should say."""
        tongue = language(update)
        if not self._room.may_load(update):
            return say("button.not_yours", tongue)
        flag = self._room.memory.flags.get(pressed.parts[0]) if pressed.parts else None
        cell = await self._cell(flag)
        if flag is None or cell is None or pressed.message is None:
            return say("correct.no_cell" if flag else "button.old", tongue)
        if flag.state != "open":
            return say("button.gone", tongue)
        await pressed.answer()
        text = say("correct.ask", tongue, agency=cell.agency, year=cell.year, label=own(cell.label, tongue), id=flag.id)
        await context.bot.send_message(pressed.message.chat_id, text, reply_markup=ForceReply(selective=True))
        return None

    async def replied(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> bool:
        """The reply to ✏️; False if the message is no such reply."""
        message = update.effective_message
        asked = message.reply_to_message if message else None
        if message is None or asked is None or asked.from_user is None or asked.from_user.id != context.bot.id:
            return False
        match = _ASKED.search(asked.text or "")
        flag = self._room.memory.flags.get(match[1]) if match and self._room.may_load(update) else None
        cell = await self._cell(flag)
        if flag is None or cell is None:
            return False
        await self._correct(update, context, message, flag, cell)
        return True

    async def _correct(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, message: Message, flag: Flag, cell: Located
    ) -> None:
        tongue, user = language(update), update.effective_user
        written = value_and_reason(message.text or "")
        assert user is not None
        if written is None:
            await send(context.bot, message.chat_id, Outgoing(say("correct.unclear", tongue)), reply_to=message)
            return
        value, reason = written
        try:
            await self._room.desk.write(correct, cell, value, str(user.id), reason)
        except NianbaoError as error:
            await send(context.bot, message.chat_id, Outgoing(say("correct.failed", tongue, reason=error)))
            return
        shown = say("correct.blank", tongue) if value is None else value
        text = say(
            "correct.done", tongue, agency=cell.agency, year=cell.year, label=own(cell.label, tongue), value=shown
        )
        await send(context.bot, message.chat_id, Outgoing(text), reply_to=message)
        await self._flags.settled(context, flag, "mended")

    async def _cell(self, flag: Flag | None) -> Located | None:
        press = unpack(flag.answer.get("source")) if flag else None
        if press is None:
            return None
        return await self._room.desk.answering(lambda engine: engine.located(press))

    async def history(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/history 机关 年: loads, corrections and what was taken back."""
        chat, tongue = update.effective_chat, language(update)
        assert chat is not None
        words = " ".join(context.args or ())
        year = _YEAR.search(words)
        name = words[: year.start()].strip() if year else ""
        if year is None or not name:
            await send(context.bot, chat.id, Outgoing(say("correct.history_usage", tongue)))
            return
        text = await self._room.desk.read(_history, name, int(year[1]), tongue)
        await send(context.bot, chat.id, paged(Outgoing(text), self._room.memory, self._room.person(update), tongue))


def correct(index: Index, cell: Located, value: Number | None, author: str, reason: str) -> None:
    """A layer over the reading, with author, time and reason."""
    index.correct(cell.agency_id, cell.year, cell.code, value, author=author, reason=reason)


def value_and_reason(text: str) -> tuple[Number | None, str] | None:
    """'31 录入有误' → (31, '录入有误'); '空 …' → (None, …); None where value or reason is missing."""
    match = _WRITTEN.fullmatch(text)
    if match is None or not match[2].strip():
        return None
    if match[1] in ("空", "未填写"):
        return None, match[2].strip()
    return (Decimal(match[1]) if "." in match[1] else int(match[1])), match[2].strip()


def _history(index: Index, name: str, year: int, tongue: Language) -> str:
    found = named(index, name)
    if len(found) != 1:
        return say("follow.not_found" if not found else "follow.several", tongue, name=name)
    events = index.history(found[0].id, year)
    head = say("correct.history", tongue, agency=found[0].name, year=year)
    lines = [_event(event, tongue) for event in events] or [say("correct.history_none", tongue)]
    return "\n".join([f"<b>{head}</b>", *lines])


def _event(event: Event, tongue: Language) -> str:
    change = event.correction
    detail = event.file if change is None else f"{change.code} {change.old_value} → {change.new_value}"
    return say(
        "correct.event",
        tongue,
        at=event.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        what_html=say(f"correct.{event.what}", tongue),
        detail=detail,
        by=event.by or "—",
        reason=event.reason,
    ).rstrip(" ，")
