"""Spreadsheets: numbers as stored, merged cells once, prose apart from tables."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from index.document import Document, Paragraph, Table
from index.readers import read_bytes


@pytest.fixture
def book() -> Any:
    return openpyxl.Workbook()


def saved(book: Any) -> Document:
    stream = io.BytesIO()
    book.save(stream)
    return read_bytes(stream.getvalue(), "年报.xlsx")


def test_numbers_lose_no_digit_and_whole_ones_have_no_point(book: Any) -> None:
    book.active.append(["行政许可", 20608, 34543.54, 0.0, 7730.28, "－", "1,286"])
    (table,) = saved(book).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["行政许可", "20608", "34543.54", "0", "7730.28", "－", "1,286"]


def test_merged_cells_stand_once_and_blank_ones_stay(book: Any) -> None:
    sheet = book.active
    sheet.append(["三、本年度办理结果", "（一）予以公开", None, 1])
    sheet.append([None, "（二）部分公开", None, None])
    sheet.append([None, None, None, 2])
    sheet.merge_cells("A1:A3")
    (table,) = saved(book).blocks
    assert isinstance(table, Table)
    assert [(cell.text, cell.column, cell.rowspan) for cell in table.rows[0]] == [
        ("三、本年度办理结果", 0, 3),
        ("（一）予以公开", 1, 1),
        ("", 2, 1),
        ("1", 3, 1),
    ]
    assert [cell.text for cell in table.rows[1]] == ["（二）部分公开", "", ""]
    assert table.rows[1][0].place.row == 2


def test_titles_and_prose_are_paragraphs_and_hidden_sheets_are_not_read(book: Any) -> None:
    sheet = book.active
    sheet.append(["示例市甲区2024年政府信息公开工作年度报告"])
    sheet.append(["信息内容", "本年处理决定数量"])
    sheet.append(["行政许可", 7])
    hidden = book.create_sheet("草稿")
    hidden.append(["行政许可", 999])
    hidden.sheet_state = "hidden"
    document = saved(book)
    assert document.blocks[0] == Paragraph("示例市甲区2024年政府信息公开工作年度报告", document.blocks[0].place)
    assert len(document.blocks) == 2
    assert document.blocks[1].place.sheet == "Sheet"
