"""原文: the printed cell as a picture, and the original file. Drawn beside the questions, never in their way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot, InputFile, InputMediaDocument, Message, ReplyParameters
from telegram.error import BadRequest, TelegramError

from bot.chart import Chart
from bot.chat.cell import Cell
from bot.chat.pages import length
from bot.chat.room import Room
from bot.chat.send import Outgoing, send
from bot.chat.sheets import as_csv, as_xlsx
from bot.render import Table
from bot.wording.chat import Language, say
from index.document import Place
from index.errors import NianbaoError
from index.store import Index

log = logging.getLogger("nianbao.evidence")

PICTURES = 4
CAPTION = 1000
"""Characters under a picture; Telegram's limit is 1024."""
CHARTS_KNOWN = 2000
LARGEST_SENT = 50 * 1024 * 1024


class Evidence:
    """Sends pictures and originals."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._tasks: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()
        self._uploaded: dict[Chart, str] = {}

    async def send(self, bot: Bot, message: Message, cells: Sequence[Cell], tongue: Language, said: Outgoing) -> None:
        """A picture of each cell (a few at most), then each original once.

        What is `said` of the one cell stands under its picture; of several, or where nothing can be drawn, above.
        """
        alone = len(cells) == 1 and length(said.html) <= CAPTION
        pictures = [await self._room.desk.write(picture_of, cell, tongue) for cell in cells[:PICTURES]]
        if not alone or pictures == [None]:
            await send(bot, message.chat_id, said, reply_to=message)
        await self._pictures(bot, message, cells, pictures, said.html if alone else "", tongue)
        for cell in {cell.sha256: cell for cell in cells}.values():
            await self._original(bot, message.chat_id, cell, tongue)

    async def _pictures(
        self,
        bot: Bot,
        message: Message,
        cells: Sequence[Cell],
        pictures: Sequence[Picture | None],
        said: str,
        tongue: Language,
    ) -> None:
        quoted = ReplyParameters(message.message_id, allow_sending_without_reply=True)
        for cell, picture in zip(cells, pictures, strict=False):
            if picture is not None:
                where = say("evidence.caption", tongue, agency=cell.agency, year=cell.year, place=picture.place)
                await bot.send_photo(message.chat_id, picture.png, caption=said or where, reply_parameters=quoted)

    async def table(self, bot: Bot, message: Message, table: Table, tongue: Language) -> None:
        """A long list as files for a spreadsheet, XLSX and CSV side by side."""
        topic = message.message_thread_id if message.is_topic_message else None
        csv, xlsx = await self._room.desk.write(lambda _: _files(table))
        caption = say("evidence.table", tongue, count=len(table.rows))
        files = [
            InputMediaDocument(xlsx, filename=f"{table.name}.xlsx"),
            InputMediaDocument(csv, caption=caption, filename=f"{table.name}.csv"),
        ]
        try:
            await bot.send_media_group(message.chat_id, files, message_thread_id=topic)
        except TelegramError as error:  # the answer itself is there already
            log.warning("no files: %s", type(error).__name__)

    def chart(self, bot: Bot, message: Message, chart: Chart) -> None:
        """The chart under its answer, a little later: nobody's next question waits for a picture."""
        task = asyncio.create_task(self._draw(bot, message, chart))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until no chart is under way."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self.settle()

    async def _draw(self, bot: Bot, message: Message, chart: Chart) -> None:
        """Nothing on a machine without a Chinese font: the text says it all."""
        topic = message.message_thread_id if message.is_topic_message else None
        try:
            async with self._one_at_a_time:
                photo: str | bytes | None = self._uploaded.get(chart)  # Telegram has it already: no second upload
                if photo is None:
                    photo = await self._room.desk.write(lambda _: _chart(chart))
                sent = await bot.send_photo(message.chat_id, photo, message_thread_id=topic)
        except (NianbaoError, TelegramError) as error:
            log.warning("no chart: %s", type(error).__name__)
            self._uploaded.pop(chart, None)
        else:
            if sent.photo and len(self._uploaded) < CHARTS_KNOWN:
                self._uploaded[chart] = sent.photo[-1].file_id

    async def _original(self, bot: Bot, chat_id: int, cell: Cell, tongue: Language) -> None:
        caption = say("evidence.original", tongue, agency=cell.agency, year=cell.year)
        key = f"file {cell.sha256}"
        known = self._room.memory.notes.get(key)  # Telegram has it already: no second upload
        if known is not None:
            with suppress(BadRequest):
                await bot.send_document(chat_id, known, caption=caption)
                return
        content = await self._room.desk.write(original_of, cell)
        if content is None:
            return
        sent = await bot.send_document(chat_id, InputFile(content, filename=cell.file or "original"), caption=caption)
        if sent.document is not None:
            self._room.memory.notes.put(key, sent.document.file_id)


@dataclass(frozen=True, slots=True)
class Picture:
    """A cell as PNG, and where it is printed in words."""

    png: bytes
    place: str


def picture_of(index: Index, cell: Cell, tongue: Language) -> Picture | None:
    """The cell boxed on its page, or marked in its table or among its lines; None where it cannot be drawn."""
    found = index.figures([cell.agency_id], [cell.year], [cell.code], evidence=True) if cell.code else ()
    place = found[0].place if found else None
    if place is None:
        return None
    try:
        return Picture(_drawn(index.original(cell.sha256), place, cell.file), _where(place, tongue))
    except (NianbaoError, OSError, ValueError) as error:
        log.warning("a cell could not be drawn (%s)", type(error).__name__)
        return None


def _drawn(path: Path, place: Place, name: str) -> bytes:
    from index.readers import picture, read_bytes

    if place.box is not None:
        return picture.picture_of_page(path, place)
    document = read_bytes(path.read_bytes(), name)
    return picture.picture_of_lines(document, place) if place.line else picture.picture_of_table(document, place)


def _where(place: Place, tongue: Language) -> str:
    if place.page:
        return say("evidence.page", tongue, page=place.page)
    if place.table:
        return say("evidence.table_place", tongue, table=place.table, row=place.row or "?")
    return say("evidence.line", tongue, line=place.line) if place.line else ""


def _files(table: Table) -> tuple[bytes, bytes]:
    return as_csv([table.heads, *table.rows]), as_xlsx(table.heads, table.rows)


def _chart(chart: Chart) -> bytes:
    from bot.chart import draw

    return draw(chart)


def original_of(index: Index, cell: Cell) -> bytes | None:
    """The file as loaded; None when it is gone or larger than Telegram takes."""
    try:
        content = index.original(cell.sha256).read_bytes()
    except (NianbaoError, OSError):
        return None
    return content if len(content) <= LARGEST_SENT else None
