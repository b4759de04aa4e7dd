"""Spreadsheets (XLSX, XLS): worksheets in order, prose as paragraphs and the rest as tables."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from index.document import Block, Cell, Document, Paragraph, Place, Table
from index.errors import FileUnreadable
from index.readers.zipsafe import check_container

__all__ = ["read"]

MAX_ROWS = 5000
LONG = 45
"""Characters no label of a form has: a row of one such cell is prose."""

Span = tuple[int, int]
"""Rows and columns a merged cell covers."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a worksheet that is not empty."""

    number: int
    texts: tuple[str, ...]

    @property
    def filled(self) -> tuple[int, ...]:
        return tuple(column for column, text in enumerate(self.texts) if text)


def read(data: bytes, name: str) -> Document:
    """All visible worksheets; numbers as they are stored, a whole one without its '.0'."""
    import python_calamine as calamine

    if data.startswith(b"PK"):
        check_container(data, name)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            blocks = _blocks(book)
    except calamine.PasswordError:
        raise FileUnreadable(f"Excel 文件“{name}”设有密码，无法读取：请去掉密码后再试。") from None
    except (calamine.CalamineError, OSError, ValueError):
        raise FileUnreadable(f"Excel 文件“{name}”已损坏，无法打开：请用 Excel 或 WPS 重新保存后再试。") from None
    if not blocks:
        raise FileUnreadable(f"Excel 文件“{name}”里没有内容：请换一份完整的文件。")
    return Document(tuple(blocks), "xlsx", name)


def _blocks(book: Any) -> list[Block]:
    from python_calamine import SheetVisibleEnum

    blocks: list[Block] = []
    for metadata in book.sheets_metadata:
        if metadata.visible == SheetVisibleEnum.Visible:
            blocks += _sheet_blocks(book.get_sheet_by_name(metadata.name), blocks)
    return blocks


def _sheet_blocks(sheet: Any, before: Sequence[Block]) -> list[Block]:
    values = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
    rows = [Row(number, tuple(_text(value) for value in row)) for number, row in enumerate(values, start=1)]
    merged: dict[Span, Span] = {
        (top, left): (bottom - top + 1, right - left + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    }
    tables = sum(isinstance(block, Table) for block in before)
    blocks: list[Block] = []
    for empty, group in groupby(rows, key=lambda row: not row.filled):
        if not empty:
            found = _stretch(list(group), merged, sheet.name, tables)
            tables += sum(isinstance(block, Table) for block in found)
            blocks += found
    return blocks


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).strip(" \t\n\u3000\xa0")


def _stretch(rows: Sequence[Row], merged: dict[Span, Span], sheet: str, tables: int) -> list[Block]:
    """Rows up to an empty one: headings above, remarks below and prose between are paragraphs."""
    width = max(row.filled[-1] + 1 for row in rows)
    wide = [row for row in rows if len(row.filled) > 1]
    first, last = (wide[0].number, wide[-1].number) if wide else (rows[-1].number + 1, 0)
    blocks: list[Block] = []
    for apart, group in groupby(rows, key=lambda row: _stands_apart(row, merged, width, first, last)):
        part = list(group)
        if apart:
            blocks += [
                Paragraph(row.texts[row.filled[0]], Place(sheet=sheet, row=row.number, column=row.filled[0] + 1))
                for row in part
            ]
        else:
            tables += 1
            blocks.append(_table(part, merged, sheet, tables))
    return blocks


def _stands_apart(row: Row, merged: dict[Span, Span], width: int, first: int, last: int) -> bool:
    if len(row.filled) > 1:
        return False
    column = row.filled[0]
    text, span = row.texts[column], merged.get((row.number - 1, column), (1, 1))
    across = span[1] >= width and width > 1
    return row.number < first or len(text) > LONG or (row.number > last and (across or len(text) > 20))


def _table(rows: Sequence[Row], merged: dict[Span, Span], sheet: str, number: int) -> Table:
    """Cells at their columns; those under a merged cell are not repeated."""
    covered = {
        (top + down, left + across)
        for (top, left), (height, width) in merged.items()
        for down in range(min(height, MAX_ROWS))
        for across in range(min(width, 500))
        if (down, across) != (0, 0)
    }
    numbers = {row.number for row in rows}
    width = max(row.filled[-1] + 1 for row in rows)
    placed = tuple(
        tuple(
            _cell(text, row, column, merged.get((row.number - 1, column), (1, 1)), numbers, sheet, number)
            for column, text in enumerate(row.texts[:width])
            if (row.number - 1, column) not in covered
        )
        for row in rows
    )
    return Table(placed, Place(sheet=sheet, table=number, row=rows[0].number))


def _cell(text: str, row: Row, column: int, span: Span, numbers: set[int], sheet: str, number: int) -> Cell:
    below = sum(row.number + down in numbers for down in range(min(span[0], MAX_ROWS)))
    return Cell(
        text, Place(sheet=sheet, table=number, row=row.number, column=column + 1), column, span[1], max(1, below)
    )
