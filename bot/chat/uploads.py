"""An administrator drops files: downloaded, read beside the questions, shown; only ✅ stores them.

document → who? size? → kept under its hash → read in a child process → preview → ✅ ✏️ ❌
Everything that waits lies in the memory: a restart reads on, and old buttons go on working.
"""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from typing import Any

from telegram import Bot, Document, Message, ReplyParameters, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.chat.doubts import pictures
from bot.chat.files import LARGEST, DownloadFailed, TooLarge, download, shown_name, unpack
from bot.chat.preview import preview, summarise, summary
from bot.chat.room import Room, is_private, language
from bot.chat.send import Outgoing, edit, send
from bot.memory.uploads import Upload
from bot.wording.chat import Language, say
from index.errors import AgencyUnknown, NianbaoError, ReportError, YearUnknown
from index.report import Report

log = logging.getLogger("nianbao.uploads")

PAUSE = 1.5
"""Seconds between edits of a summary while many files are read."""
QUEUE = 300
"""Files that may wait to be read."""


class Uploads:
    """The handler of documents, and their reading beside everything else."""

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
            files = await self._fetch(document, name, tongue)
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
        await self.show(bot, batch, reply_to=message)
        self.read_on(bot, batch)

    async def _fetch(self, document: Document, name: str, tongue: Language) -> list[tuple[str, bytes]]:
        content = await download(document)
        if not content:
            raise ReportError(say("upload.nothing_in_it", tongue))
        sha256 = await asyncio.to_thread(self._memory.keep, content)
        return await asyncio.to_thread(unpack, self._memory.path(sha256), name)

    # Reading, beside everything else

    def resume(self, bot: Bot) -> int:
        """Read on what a restart cut short."""
        batches = {upload.batch for upload in self._memory.unfinished()}
        for batch in sorted(batches):
            self.read_on(bot, batch)
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

    def read_on(self, bot: Bot, batch: str) -> None:
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
                    await self.show(bot, batch)
                    shown = time.monotonic()
            uploads = self._memory.batch(batch)
            if len(uploads) == 1 and uploads[0].state == "pending":
                await self.show_doubts(bot, uploads[0])
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
            self._memory.set_summary(upload.id, "failed", {"error": say("upload.broke", kind=type(error).__name__)})
        else:
            self._memory.set_summary(upload.id, "pending", found)

    async def show(self, bot: Bot, batch: str, reply_to: Message | None = None) -> None:
        """Send or edit the one message of a batch; one at a time, so that the newest state is the last shown."""
        async with self._shown.setdefault(batch, asyncio.Lock()):
            uploads = self._memory.batch(batch)
            first = uploads[0]
            tongue = self._room.tongue(first.user_id)
            outgoing = preview(first, tongue) if len(uploads) == 1 else summary(uploads, tongue)
            known = next((upload.message_id for upload in uploads if upload.message_id is not None), None)
            if known is not None and await edit(bot, first.chat_id, known, outgoing):
                message_id = known
            else:
                message_id = (await send(bot, first.chat_id, outgoing, reply_to=reply_to)).message_id
            self._memory.set_message(batch, message_id)
        if not any(upload.state == "reading" for upload in uploads):
            self._shown.pop(batch, None)

    async def show_doubts(self, bot: Bot, upload: Upload, under: Message | None = None) -> bool:
        """The cells of failed checks and those not read, as they are printed; False where none can be drawn."""
        told: list[dict[str, Any]] = upload.summary.get("doubts") or []  # type: ignore[assignment]
        if not told:
            return False
        drawn = await asyncio.to_thread(pictures, self._memory.path(upload.sha256), upload.file, told)
        number = under.message_id if under else upload.message_id
        quoted = ReplyParameters(number, allow_sending_without_reply=True) if number else None
        tongue = self._room.tongue(upload.user_id)
        for label, png in drawn:
            caption = say("upload.doubt", tongue, label=label)
            await bot.send_photo(upload.chat_id, png, caption=caption, reply_parameters=quoted)
        return bool(drawn)


def read_again(upload: Upload, path: Path) -> Report:
    """The report in the kept bytes, read in a child process; raises ReportError."""
    from index.load import read_isolated

    return read_isolated(path.read_bytes(), upload.file, upload.agency, upload.year)
