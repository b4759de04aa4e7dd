"""A document from Telegram onto our disk: sizes checked before and after, its name only ever shown, ZIPs opened."""

from __future__ import annotations

import asyncio
import logging
import unicodedata
from pathlib import Path

from telegram import Document
from telegram.error import TelegramError

from index.errors import ReportError
from index.walk import Walk

log = logging.getLogger("nianbao.files")

LARGEST = 20 * 1024 * 1024
"""What Telegram lets a bot download."""
TRIES = 3


class DownloadFailed(Exception):
    """Telegram did not hand over the whole file."""


class TooLarge(Exception):
    """More bytes than Telegram promised, or than a bot may have."""


async def download(document: Document) -> bytes:
    """The whole content; raises DownloadFailed or TooLarge."""
    for attempt in range(TRIES):
        try:
            # a file link lives for an hour only, so it is asked for anew each time
            file = await document.get_file()
            if (file.file_size or 0) > LARGEST:
                raise TooLarge
            content = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            log.warning("a download failed (%s), try %s", type(error).__name__, attempt + 1)
            await asyncio.sleep(0.3 * attempt)
            continue
        if len(content) > LARGEST:
            raise TooLarge
        wanted = file.file_size or document.file_size
        if wanted is None or len(content) == wanted:
            return content
        log.warning("a download was cut short, try %s", attempt + 1)
    raise DownloadFailed


def shown_name(name: str | None, limit: int = 80) -> str:
    """A sender's file name, fit to be shown: no folders, no control characters, not endless."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(each for each in last if unicodedata.category(each)[0] != "C").strip(" .")
    if len(clean) > limit:
        stem, dot, suffix = clean.rpartition(".")
        clean = f"{(stem if dot else clean)[: limit - 10]}…{dot}{suffix[-8:] if dot else ''}"
    return clean or "未命名"


def unpack(path: Path, name: str) -> list[tuple[str, bytes]]:
    """The files in a ZIP with their names, or the file itself. Raises ReportError."""
    found = list(Walk([path]))
    if len(found) == 1 and found[0].name == str(path):
        if found[0].error is not None:
            raise ReportError(found[0].error.replace(path.name, name))
        return [(name, found[0].content)]
    good = [(shown_name(item.name), item.content) for item in found if item.error is None]
    if not good:
        raise ReportError(next((item.error for item in found if item.error), "").replace(path.name, name))
    return good
