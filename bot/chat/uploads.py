"""An administrator drops files: downloaded, read beside the questions, shown; only ✅ stores them.

document → who? size? → kept under its hash → read in a child process → preview → ✅ ✏️ ❌
Everything that waits lies in the memory: a restart reads on, and old buttons go on working.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from pathlib import Path

from telegram import Bot, Document, ForceReply, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

import index as program
from bot.chat.files import LARGEST, DownloadFailed, TooLarge, download, shown_name, unpack
from bot.chat.pressed import Pressed
from bot.chat.preview import is_doubtful, preview, stored, summarise, summary
from bot.chat.room import Room, is_private, language
from bot.chat.send import Outgoing, edit, send
from bot.memory.uploads import Upload
from bot.wording.chat import say
from index.errors import AgencyUnknown, NianbaoError, ReportError, YearUnknown
from index.report import Report
from index.store import Index, Saved

log = logging.getLogger("nianbao.uploads")

PAUSE = 1.5
"""Seconds between edits of a summary while many files are read."""
QUEUE = 300
"""Files that may wait to be read."""
_ASKED = re.compile(r"〔([A-Za-z0-9_-]{4,16})〕")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)\s*年?度?")


class Uploads:
    """Handlers of documents and of the buttons under their previews."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._memory = room.memory.uploads
        self._reading = asyncio.Semaphore(1)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._shown: dict[str, asyncio.Lock] = {}

    async def document(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A file from anybody; only an administrator's is fetched."""
        message = update.effective_message
        assert message is not None
        assert message.document is not None
        tongue = language(update)
        if not is_private(update):
            if self._room.may_load(update) and message.caption:
                await send(context.bot, message.chat_id, Outgoing(say("upload.private_only", tongue)), reply_to=message)
            return
        refusal = self._refusal(update, message.document)
        if refusal is not None:
            await send(context.bot, message.chat_id, Outgoing(refusal), reply_to=message)
            return
        await self._accept(update, context.bot, message, message.document)

    def _refusal(self, update: Update, document: Document) -> str | None:
        tongue, name, size = language(update), shown_name(document.file_name), document.file_size
        if not self._room.may_load(update):
            return say("upload.refused", tongue)
        if size is not None and size > LARGEST:
            return say("upload.too_large", tongue, file=name, size=f"{size / 1_048_576:.0f} MB")
        if size == 0:
            return say("upload.empty", tongue, file=name)
        waiting = len(self._memory.unfinished())
        return say("upload.queue_full", tongue, count=waiting) if waiting >= QUEUE else None

    async def _accept(self, update: Update, bot: Bot, message: Message, document: Document) -> None:
        tongue, name = language(update), shown_name(document.file_name)
        assert message.from_user is not None
        try:
            files = await self._fetch(document, name)
        except (DownloadFailed, TooLarge, ReportError) as error:
            failed = str(error) if isinstance(error, ReportError) else ""
            key = "too_large" if isinstance(error, TooLarge) else "failed" if failed else "download_failed"
            text = say(f"upload.{key}", tongue, file=name, size="20 MB+", reason=failed)
            await send(bot, message.chat_id, Outgoing(text), reply_to=message)
            return
        batch = f"{message.chat_id}:{message.media_group_id or message.message_id}"
        for file, content in files:
            sha256 = await asyncio.to_thread(self._memory.keep, content)
            self._memory.add(batch, sha256, file, message.from_user.id, message.chat_id)
        await self._show(bot, batch, reply_to=message)
        self._read_on(bot, batch)

    async def _fetch(self, document: Document, name: str) -> list[tuple[str, bytes]]:
        content = await download(document)
        if not content:
            raise ReportError("空文件")
        sha256 = await asyncio.to_thread(self._memory.keep, content)
        return await asyncio.to_thread(unpack, self._memory.path(sha256), name)

    # Reading, beside everything else

    def resume(self, bot: Bot) -> int:
        """Read on what a restart cut short."""
        batches = {upload.batch for upload in self._memory.unfinished()}
        for batch in sorted(batches):
            self._read_on(bot, batch)
        return len(batches)

    async def stop(self) -> None:
        """Let go of what is being read; it is read again after the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def settle(self) -> None:
        """Wait until nothing is being read (tests)."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values())

    def _read_on(self, bot: Bot, batch: str) -> None:
        if batch not in self._tasks:
            task = asyncio.create_task(self._read_batch(bot, batch))
            self._tasks[batch] = task

    async def _read_batch(self, bot: Bot, batch: str) -> None:
        try:
            shown = 0.0
            while waiting := [upload for upload in self._memory.batch(batch) if upload.state == "reading"]:
                async with self._reading:
                    await self._read(waiting[0])
                if len(waiting) == 1 or time.monotonic() - shown > PAUSE:
                    await self._show(bot, batch)
                    shown = time.monotonic()
        except TelegramError as error:
            log.warning("a preview could not be shown (%s)", type(error).__name__)
        except NianbaoError as error:
            log.error("reading stopped: %s", error)
        finally:
            # at once after the last look at what waits: a file that comes now starts a new task
            self._tasks.pop(batch, None)

    async def _read(self, upload: Upload) -> None:
        try:
            report = await asyncio.to_thread(read_again, upload, self._memory.path(upload.sha256))
            found = await self._room.desk.write(summarise, report, upload.sha256)
        except (AgencyUnknown, YearUnknown) as error:
            missing = "agency" if isinstance(error, AgencyUnknown) else "year"
            self._memory.set_summary(upload.id, "failed", {"error": str(error), "missing": missing})
        except ReportError as error:
            self._memory.set_summary(upload.id, "failed", {"error": str(error)})
        except Exception as error:
            log.exception("a file could not be read")
            self._memory.set_summary(upload.id, "failed", {"error": f"程序读它时出错（{type(error).__name__}）"})
        else:
            self._memory.set_summary(upload.id, "pending", found)

    async def _show(self, bot: Bot, batch: str, reply_to: Message | None = None) -> None:
        """Send or edit the one message of a batch; one at a time, so that the newest state is the last shown."""
        async with self._shown.setdefault(batch, asyncio.Lock()):
            uploads = self._memory.batch(batch)
            first = uploads[0]
            outgoing = preview(first, "zh") if len(uploads) == 1 else summary(uploads, "zh")
            known = next((upload.message_id for upload in uploads if upload.message_id is not None), None)
            if known is not None and await edit(bot, first.chat_id, known, outgoing):
                message_id = known
            else:
                message_id = (await send(bot, first.chat_id, outgoing, reply_to=reply_to)).message_id
            self._memory.set_message(batch, message_id)
        if not any(upload.state == "reading" for upload in uploads):
            self._shown.pop(batch, None)

    # Buttons

    async def on_store(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """✅ one file."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        if upload.state != "pending":
            return say("button.gone", language(update))
        await pressed.answer()
        await self._store(upload, update)
        await self._show(context.bot, upload.batch)
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
        await self._show(context.bot, upload.batch)
        return None

    async def on_drop(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """❌ one file."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        if not self._memory.move(upload.id, "pending", "dropped"):
            return say("button.gone", language(update))
        await self._show(context.bot, upload.batch)
        return None

    async def on_drop_all(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """❌ all that is still to be decided."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        for each in self._memory.batch(upload.batch):
            self._memory.move(each.id, "pending", "dropped")
        await self._show(context.bot, upload.batch)
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
        await self._show(context.bot, upload.batch)
        return None

    async def on_name(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """✏️ asks whose report it is."""
        upload = self._upload(update, pressed)
        if isinstance(upload, str):
            return upload
        if upload.state not in ("pending", "failed"):
            return say("button.gone", language(update))
        await pressed.answer()
        example = upload.summary.get("agency") or "示例市人民政府"
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
            await send(context.bot, message.chat_id, Outgoing(say("upload.name_unclear")), reply_to=message)
            return True
        self._memory.set_named(upload.id, agency, year)
        self._memory.set_message(upload.batch, (await self._announce(context.bot, upload, message)).message_id)
        self._read_on(context.bot, upload.batch)
        return True

    async def _announce(self, bot: Bot, upload: Upload, message: Message) -> Message:
        return await send(bot, message.chat_id, Outgoing(say("upload.reading", file=upload.file)), reply_to=message)

    async def undo(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/undo takes back the last ✅ of whoever asks."""
        chat, user, tongue = update.effective_chat, update.effective_user, language(update)
        assert chat is not None
        if not self._room.may_load(update) or user is None:
            await send(context.bot, chat.id, Outgoing(say("admin.only", tongue)))
            return
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

    async def _store(self, upload: Upload, update: Update) -> None:
        user = update.effective_user
        assert user is not None
        path = self._memory.path(upload.sha256)
        try:
            report = await asyncio.to_thread(read_again, upload, path)
            saved = await self._room.desk.write(save, report, path, upload.file, str(user.id))
        except NianbaoError as error:
            self._memory.set_summary(upload.id, "pending", {**upload.summary, "notes": [str(error)]})
            return
        found = {**upload.summary, "saved": saved.status, "revision": saved.source.revision}
        self._memory.set_summary(upload.id, "stored", found)


def read_again(upload: Upload, path: Path) -> Report:
    """The report in the kept bytes, read in a child process; raises ReportError."""
    from index.load import read_isolated

    return read_isolated(path.read_bytes(), upload.file, upload.agency, upload.year)


def save(index: Index, report: Report, path: Path, file: str, by: str) -> Saved:
    """Into the index, whole or not at all; the same bytes twice change nothing, so a second try is harmless."""
    return index.save(report, original=path.read_bytes(), file=file, reader=program.__version__, loaded_by=by)


def take_back(index: Index, upload: Upload, by: str) -> str:
    """Undo a ✅ unless something else happened to that report since; returns the key of what to say."""
    source = stored(index, str(upload.summary["agency"]), int(str(upload.summary["year"])))
    if source is None or source.sha256 != upload.sha256 or upload.summary.get("saved") == "unchanged":
        return "cannot_undo"
    before = index.undo(source.agency_id, source.year, by=by)
    return "undone_removed" if before is None else "undone_restored"


def name_and_year(text: str) -> tuple[str | None, int | None]:
    """'示例市人民政府 2024' → ('示例市人民政府', 2024); either may be missing."""
    match = _YEAR.search(text)
    rest = (text[: match.start()] + text[match.end() :] if match else text).strip(" ，,。;；、\n")
    agency = rest if 2 <= len(rest) <= 60 and "\n" not in rest else None
    return agency, int(match[1]) if match else None
