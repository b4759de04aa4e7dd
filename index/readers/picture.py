"""A figure's evidence as a picture: the printed cell boxed on its page, or its table or lines drawn with it marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from index.document import Box, Cell, Document, Paragraph, Place, Table
from index.drawing import fitted, load_font, png
from index.errors import FileUnreadable
from index.readers.pdfpage import upright

SCALE = 2.0
"""Pixels a point: an A4 page is 1190 pixels wide, readable on a phone."""
MARGIN = 150.0
"""Points of the page shown above and below the cell."""
MARK = (214, 40, 40)
LINES_AROUND = 6
ROWS_AROUND = 5
TEXT_SIZE = 26
WIDTH = 1180
WIDEST_LABEL = 300
Marks = Collection[tuple[int | None, int | None]]
"""Row and column of the cells to be marked."""


def picture_of_page(path: Path, place: Place, also: Sequence[Place] = ()) -> bytes:
    """PNG of the part of a PDF's page round a cell, the cell boxed. Raises FileUnreadable without page or box.

    `also`: cells to be boxed as well, where they are on the same page.
    """
    if place.page is None or place.box is None:
        raise FileUnreadable("这一格没有记下页面位置，无法画图。")
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[place.page - 1]
        page.set_rotation(90 * upright(page))
        image = page.render(scale=SCALE).to_pil().convert("RGB")
    except (IndexError, pypdfium2.PdfiumError) as error:
        raise FileUnreadable(f"原件没有第{place.page}页，无法画图。") from error
    finally:
        document.close()
    others = [each.box for each in also if each.page == place.page and each.box is not None]
    return png(_boxed(image, [place.box, *others]))


def _boxed(image: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    draw = ImageDraw.Draw(image)
    scaled = [tuple(value * SCALE for value in box) for box in boxes]
    for left, top, right, bottom in scaled:
        for grow in range(2, 6):
            draw.rectangle((left - grow, top - grow, right + grow, bottom + grow), outline=MARK)
    upper = max(0, int(min(top for _, top, _, _ in scaled) - MARGIN * SCALE))
    lower = min(image.height, int(max(bottom for _, _, _, bottom in scaled) + MARGIN * SCALE))
    return image.crop((0, upper, image.width, lower))


def picture_of_table(document: Document, place: Place, also: Sequence[Place] = ()) -> bytes:
    """PNG of the table a cell stands in, drawn anew, the cell marked; for HTML, Word and spreadsheets.

    `also`: cells to be marked as well, where they are in the same table.
    """
    tables = [block for block in document.blocks if isinstance(block, Table)]
    table = next((each for each in tables if _same_table(each, place)), None)
    if table is None or place.table is None or place.row is None:
        raise FileUnreadable("这一格没有记下在哪张表，无法画图。")
    marks = [place, *(each for each in also if (each.table, each.sheet) == (place.table, place.sheet))]
    rows = [each.row for each in marks if each.row is not None]
    near = [
        row
        for row in table.rows
        if any(min(rows) - ROWS_AROUND <= (cell.place.row or 0) <= max(rows) + ROWS_AROUND for cell in row)
    ]  # fmt: skip
    return png(_draw_rows(near, {(each.row, each.column) for each in marks}))


def _same_table(table: Table, place: Place) -> bool:
    return any(
        cell.place.table == place.table and cell.place.sheet == place.sheet for row in table.rows for cell in row
    )


def picture_of_lines(document: Document, place: Place, also: Sequence[Place] = ()) -> bytes:
    """PNG of the lines round a figure of a plain text, its line marked, and those of `also`."""
    lines = sorted(_lines(document).items())
    if place.line is None or not lines:
        raise FileUnreadable("这一格没有记下在哪一行，无法画图。")
    marks = {place.line, *(each.line for each in also if each.line is not None)}
    first, last = min(marks) - LINES_AROUND, max(marks) + LINES_AROUND
    near = [(number, text) for number, text in lines if first <= number <= last]
    font = load_font(TEXT_SIZE)
    step = TEXT_SIZE + 14
    image = Image.new("RGB", (WIDTH, step * len(near) + 30), "white")
    draw = ImageDraw.Draw(image)
    for at, (number, text) in enumerate(near):
        top = 15 + at * step
        if number in marks:
            draw.rectangle((6, top - 3, WIDTH - 6, top + TEXT_SIZE + 7), outline=MARK, width=3)
        draw.text((16, top), f"{number:>4}  {text}", fill="black", font=font)
    return png(image)


def _lines(document: Document) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.place.line is not None:
                found[block.place.line] = block.text
            continue
        for row in block.rows:
            for cell in row:
                if cell.place.line is not None:
                    before = found.get(cell.place.line)
                    found[cell.place.line] = cell.text if before is None else f"{before}    {cell.text}"
    return found


def _draw_rows(rows: Sequence[tuple[Cell, ...]], marks: Marks) -> Image.Image:
    font = load_font(TEXT_SIZE)
    columns = max(cell.column + cell.colspan for row in rows for cell in row)
    widths = _widths(rows, columns, font)
    starts = [sum(widths[:at]) for at in range(columns + 1)]
    step = TEXT_SIZE + 18
    numbers = sorted({cell.place.row or 0 for row in rows for cell in row})
    tops = {number: 10 + at * step for at, number in enumerate(numbers)}
    image = Image.new("RGB", (starts[-1] + 20, step * len(numbers) + 20), "white")
    draw = ImageDraw.Draw(image)
    for row in rows:
        for cell in row:
            _draw_cell(draw, cell, marks, starts, tops, step, font)
    return image


def _draw_cell(
    draw: ImageDraw.ImageDraw,
    cell: Cell,
    marks: Marks,
    starts: list[int],
    tops: dict[int, int],
    step: int,
    font: ImageFont.FreeTypeFont,
) -> None:
    top = tops[cell.place.row or 0]
    bottom = min(top + step * cell.rowspan, max(tops.values()) + step)
    left = 10 + starts[cell.column]
    right = 10 + starts[min(cell.column + cell.colspan, len(starts) - 1)]
    marked = (cell.place.row, cell.place.column) in marks
    draw.rectangle((left, top, right, bottom), outline="black")
    text = cell.text.replace("\n", "")
    draw.text((left + 8, top + 7), fitted(text, right - left - 16, font), fill="black", font=font)
    if marked:
        draw.rectangle((left + 2, top + 2, right - 2, bottom - 2), outline=MARK, width=4)


def _widths(rows: Sequence[tuple[Cell, ...]], columns: int, font: ImageFont.FreeTypeFont) -> list[int]:
    widths = [60] * columns
    for row in rows:
        for cell in row:
            if cell.colspan == 1:
                wanted = int(font.getlength(cell.text.replace("\n", ""))) + 20
                widths[cell.column] = max(widths[cell.column], min(wanted, WIDEST_LABEL))
    return widths
