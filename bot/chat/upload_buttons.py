"""What administrators press and write under the preview of a file: ✅ ❌ ✏️ 🔎, and /undo."""

from __future__ import annotations

import asyncio
import html
import re
from pathlib import Path
from typing import Any

from telegram import Bot, ForceReply, Message, Update
from telegram.ext import ContextTypes

import index as program
from bot.chat.pressed import Pressed
from bot.chat.preview import is_doubtful, is_unclear, namesakes, preview, stored
from bot.chat.room import Room, language
from bot.chat.send import Outgoing, edit, send
from bot.chat.uploads import Uploads, read_again
from bot.memory.uploads import Upload
from bot.samples import come_back, give_way
from bot.wording.chat import say
from index.errors import AgencyUnknown, NianbaoError
from index.report import Report
from index.store import Index, Saved

_ASKED = re.compile(r"〔([A-Za-z0-9_-]{4,16})〕")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)\s*年?度?")


class UploadButtons:
    """Handlers; every one asks first who is pressing."""

    def __init__(self, room: Room, uploads: Uploads) -> None:
        self._room = room
        self._memory = room.memory.uploads
        self._uploads = uploads

    async def on_store(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """✅ one file."""
        return await self._store_one(update, context, pressed, sure=False)

    async def on_store_same(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """✅ one file whose agency, an administrator says, is the loaded one of that name."""
        return await self._store_one(update, context, pressed, sure=True)

    async def _store_one(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed, *, sure: bool
    ) -> str | None:
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        if upload.state != "pending":
            return say("button.gone", language(update))
        await pressed.answer()
        await self._store(upload, update, sure=sure)
        await self._uploads.show(context.bot, upload.batch)
        return None

    async def on_store_good(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """✅ all files of a batch that raise no doubt."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        await pressed.answer()
        for each in self._memory.batch(upload.batch):
            if each.state == "pending" and not is_doubtful(each):
                await self._store(each, update)
        await self._uploads.show(context.bot, upload.batch)
        return None

    async def on_drop(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """❌ one file."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        if not self._memory.move(upload.id, "pending", "dropped"):
            return say("button.gone", language(update))
        await self._uploads.show(context.bot, upload.batch)
        return None

    async def on_drop_all(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """❌ all that is still to be decided."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        for each in self._memory.batch(upload.batch):
            self._memory.move(each.id, "pending", "dropped")
        await self._uploads.show(context.bot, upload.batch)
        return None

    async def on_look(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """🔎 one file of a summary."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str) or pressed.message is None:
            return upload if isinstance(upload, str) else say("button.old", language(update))
        shown = preview(upload, language(update), back=True)
        await edit(context.bot, pressed.message.chat_id, pressed.message.message_id, shown)
        return None

    async def on_back(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """‹ back to the summary."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        await self._uploads.show(context.bot, upload.batch)
        return None

    async def on_pictures(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """🖼 the doubtful cells as they are printed."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        await pressed.answer()
        shown = await self._uploads.show_doubts(context.bot, upload, pressed.message)
        return None if shown else say("upload.no_pictures", language(update))

    async def on_name(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """✏️ asks whose report it is."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        if upload.state not in ("pending", "failed"):
            return say("button.gone", language(update))
        await pressed.answer()
        known = "" if is_unclear(upload) else upload.summary.get("agency")
        example = known or "示例市甲区人民政府"
        text = say("upload.ask_name", language(update), file=upload.file, example=example, id=upload.id)
        await context.bot.send_message(upload.chat_id, text, reply_markup=ForceReply(selective=True))
        return None

    async def named(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> bool:
        """The reply to ✏️; False if the message is no such reply."""
        message = update.effective_message
        asked = message.reply_to_message if message else None
        if message is None or asked is None or asked.from_user is None or asked.from_user.id != context.bot.id:
            return False
        match = _ASKED.search(asked.text or "")
        upload = self._memory.get(match[1]) if match and self._room.may_load(update) else None
        if upload is None:
            return False
        agency, year = name_and_year(message.text or "")
        if agency is None and year is None:
            await send(
                context.bot, message.chat_id, Outgoing(say("upload.name_unclear", language(update))), reply_to=message
            )
            return True
        refusal = _not_a_name(agency)
        if refusal is not None:
            await send(context.bot, message.chat_id, Outgoing(refusal), reply_to=message)
            return True
        self._memory.set_named(upload.id, agency, year)
        self._memory.set_message(upload.batch, (await self._announce(context.bot, upload, message)).message_id)
        self._uploads.read_on(context.bot, upload.batch)
        return True

    async def _announce(self, bot: Bot, upload: Upload, message: Message) -> Message:
        text = say("upload.reading", self._room.tongue(upload.user_id), file=upload.file)
        return await send(bot, message.chat_id, Outgoing(text), reply_to=message)

    async def undo(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/undo takes back the last ✅ of whoever asks."""
        chat, user, tongue = update.effective_chat, update.effective_user, language(update)
        assert chat is not None
        assert user is not None
        upload = self._memory.last_stored(user.id)
        if upload is None:
            await send(context.bot, chat.id, Outgoing(say("upload.nothing_to_undo", tongue)))
            return
        key = await self._room.desk.write(take_back, upload, str(user.id))
        if key != "cannot_undo":
            self._memory.move(upload.id, "stored", "undone")
        about = {name: upload.summary.get(name) for name in ("agency", "year")}
        await send(context.bot, chat.id, Outgoing(say(f"upload.{key}", tongue, **about)))

    def _upload(self, update: Update, pressed: Pressed) -> Upload | str:
        """The upload a button is about, or the sentence that says why not."""
        if not self._room.may_load(update):
            return say("button.not_yours", language(update))
        found = self._memory.get(pressed.parts[0]) if pressed.parts else None
        return found or say("button.old", language(update))

    async def _store(self, upload: Upload, update: Update, *, sure: bool = False) -> None:
        """Store, unless meanwhile another report came under a name that may mean two bodies: then the preview asks."""
        user = update.effective_user
        assert user is not None
        path = self._memory.path(upload.sha256)
        try:
            report = await asyncio.to_thread(read_again, upload, path)
            doubts = [] if sure or upload.agency else await self._room.desk.write(namesakes, report)
            if doubts:
                self._memory.set_summary(upload.id, "pending", {**upload.summary, "namesakes": doubts})
                return
            saved = await self._room.desk.write(save, report, path, upload.file, str(user.id))
            gone = await self._room.desk.write(give_way, {(saved.source.agency, saved.source.year)})
        except NianbaoError as error:
            self._memory.set_summary(upload.id, "pending", {**upload.summary, "notes": [str(error)]})
            return
        found = {**upload.summary, "saved": saved.status, "revision": saved.source.revision, "samples": gone}
        self._memory.set_summary(upload.id, "stored", found)


def save(index: Index, report: Report, path: Path, file: str, by: str) -> Saved:
    """Into the index, whole or not at all; the same bytes twice change nothing, so a second try is harmless."""
    return index.save(report, original=path.read_bytes(), file=file, reader=program.__version__, loaded_by=by)


def take_back(index: Index, upload: Upload, by: str) -> str:
    """Undo a ✅ unless something else happened to that report since; returns the key of what to say."""
    source = stored(index, str(upload.summary["agency"]), int(str(upload.summary["year"])))
    if source is None or source.sha256 != upload.sha256 or upload.summary.get("saved") == "unchanged":
        return "cannot_undo"
    before = index.undo(source.agency_id, source.year, by=by)
    gone: Any = upload.summary.get("samples") or ()
    come_back(index, [tuple(each) for each in gone])
    return "undone_removed" if before is None else "undone_restored"


def _not_a_name(agency: str | None) -> str | None:
    """Why what was written tells no body (我局, 区统计局); None if it does, or says nothing of it."""
    from index import whose  # loads the gazetteer

    try:
        if agency is not None:
            whose.checked(agency)
    except AgencyUnknown as error:
        return html.escape(str(error), quote=False)
    return None


def name_and_year(text: str) -> tuple[str | None, int | None]:
    """'示例市人民政府 2024' → ('示例市人民政府', 2024); either may be missing."""
    match = _YEAR.search(text)
    rest = (text[: match.start()] + text[match.end() :] if match else text).strip(" ，,。;；、\n")
    agency = rest if 2 <= len(rest) <= 60 and "\n" not in rest else None
    return agency, int(match[1]) if match else None
