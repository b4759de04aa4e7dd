"""Commands of administrators: what is loaded, how the bot fares, copies to take away."""

from __future__ import annotations

import asyncio
import io
import time
import zipfile
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from telegram import InputFile, Update
from telegram.ext import ContextTypes

import index as program
from bot.archive import pack
from bot.chat.room import SHANGHAI, Room, is_private, language
from bot.chat.send import Outgoing, paged, send
from bot.chat.sheets import as_csv, as_xlsx
from bot.chat.start import coverage, spans
from bot.wording.chat import say
from index import forms
from index.store import Index

LARGEST_SENT = 50 * 1024 * 1024
"""What Telegram lets a bot send."""
Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


class Admin:
    """Handlers; every one asks first who is asking."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def for_loaders(self, handler: Handler) -> Handler:
        """Only for loaders and owners."""
        return self._only(handler, self._room.may_load, "admin.only")

    def for_owners(self, handler: Handler) -> Handler:
        """Only for owners."""
        return self._only(handler, self._room.is_owner, "admin.owner_only")

    def _only(self, handler: Handler, allowed: Callable[[Update], bool], refusal: str) -> Handler:
        async def checked(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            if not allowed(update):
                await self._say(update, context, Outgoing(say(refusal, language(update))))
            elif not is_private(update):  # what people asked, and who loads, is nothing for a group
                await self._say(update, context, Outgoing(say("admin.private_only", language(update))))
            else:
                await handler(update, context)

        return checked

    async def coverage(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/coverage: agencies and their years."""
        tongue = language(update)
        text = await self._room.desk.read(coverage, tongue)
        await self._say(update, context, paged(Outgoing(text), self._room.memory, self._room.person(update), tongue))

    async def status(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/status: version, reports, last load, errors."""
        memory = self._room.memory
        about = await self._room.desk.read(_about)
        errors = memory.errors.since(time.time() - 86400)
        lines = "".join(f"\n• <code>{reference}</code> {kind} {place}" for reference, kind, place in errors[:5])
        waiting = memory.uploads.open_count()
        text = say(
            "admin.status",
            language(update),
            version=program.__version__,
            pending=waiting,
            flags=memory.flags.open_count(),
            errors=len(errors),
            error_lines_html=lines,
            **about,
        )
        await self._say(update, context, Outgoing(text.strip()))

    async def export(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/export: all figures as CSV, packed when large; /export xlsx: as XLSX."""
        kind = "xlsx" if (context.args or [""])[0].lower() == "xlsx" else "csv"
        content, count = await self._room.desk.write(_export, kind)
        name = f"nianbao-{datetime.now(SHANGHAI):%Y%m%d}.{kind}"
        if kind == "csv" and len(content) > 4 * 1024 * 1024:
            content, name = await asyncio.to_thread(_zipped, content, name), f"{name[:-4]}.zip"
        tongue = language(update)
        if len(content) > LARGEST_SENT:
            size = f"{len(content) / 1_048_576:.0f} MB"
            await self._say(update, context, Outgoing(say("admin.export_large", tongue, size=size)))
            return
        await self._send_file(update, context, content, name, say("admin.export_caption", tongue, reports=count))

    async def backup(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/backup: a consistent copy of index, originals and memory."""
        tongue = language(update)
        content = await self._room.desk.write(lambda index: backup_of(index, self._room.memory.backup))
        if len(content) > LARGEST_SENT:
            size = f"{len(content) / 1_048_576:.0f} MB"
            await self._say(update, context, Outgoing(say("admin.backup_large", tongue, size=size)))
            return
        when = datetime.now(SHANGHAI).strftime("%Y-%m-%d %H:%M")
        caption = say("admin.backup_caption", tongue, when=when)
        await self._send_file(update, context, content, f"nianbao-backup-{when[:10]}.zip", caption)

    async def loader(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/loader lists, /loader 编号 names one."""
        tongue, user = language(update), update.effective_user
        number = (context.args or [""])[0]
        roles = self._room.memory.roles
        if number.isdecimal() and user is not None:
            roles.name_loader(int(number), user.id)
            text = say("admin.loader_added", tongue, id=number)
        elif number:
            text = say("admin.loader_usage", tongue)
        else:
            ids = "、".join(map(str, roles.loaders()))
            text = say("admin.loaders" if ids else "admin.loaders_none", tongue, ids=ids)
        await self._say(update, context, Outgoing(text))

    async def dismiss(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/dismiss 编号."""
        number = (context.args or [""])[0]
        if number.isdecimal():
            self._room.memory.roles.dismiss(int(number))
            text = say("admin.loader_removed", language(update), id=number)
        else:
            text = say("admin.loader_usage", language(update))
        await self._say(update, context, Outgoing(text))

    async def _say(self, update: Update, context: ContextTypes.DEFAULT_TYPE, what: Outgoing) -> None:
        chat = update.effective_chat
        assert chat is not None
        await send(context.bot, chat.id, what, reply_to=None if chat.type == "private" else update.effective_message)

    async def _send_file(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, content: bytes, name: str, caption: str
    ) -> None:
        """To the person, never to a group where it was asked for."""
        user = update.effective_user
        assert user is not None
        await context.bot.send_document(user.id, InputFile(content, filename=name), caption=caption)


def _about(index: Index) -> dict[str, object]:
    sources = index.sources()
    last = max((source.loaded_at for source in sources), default=None)
    years = spans(tuple(sorted({source.year for source in sources})))
    shown = last.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if last else "—"
    return {"agencies": len(index.agencies()), "reports": len(sources), "years": years or "—", "last": shown}


HEADS = ("机关", "年度", "编码", "项目", "数值", "单位", "状态", "文件", "版本")


def _export(index: Index, kind: str) -> tuple[bytes, int]:
    rows = _rows(index)
    content = as_xlsx(HEADS, rows) if kind == "xlsx" else as_csv([HEADS, *rows])
    return content, len(index.sources())


def _rows(index: Index) -> Iterator[list[object]]:
    codes = list(forms.fields())
    for source in index.sources():
        for figure in index.figures([source.agency_id], [source.year], codes):
            field = forms.field(figure.code)
            value = "" if figure.value is None else figure.value
            row = [source.agency, source.year, figure.code, field.label, value, field.unit, figure.status]
            yield [*row, source.file, source.revision]


def _zipped(content: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def backup_of(index: Index, memory: Callable[[Path], None]) -> bytes:
    """A ZIP that `nianbao restore` takes: index, originals, memory."""
    out = io.BytesIO()
    pack(index, memory, out)
    return out.getvalue()
