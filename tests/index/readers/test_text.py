"""Texts: charsets, separators, padding; what is a cell stays a cell, an empty one too."""

from __future__ import annotations

import pytest

from index.document import Document, Paragraph, Table
from index.readers import read_bytes

LINE = "示例市甲区政府信息公开工作年度报告，本年新收政府信息公开申请数量12件"


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for block in document.blocks if isinstance(block, Table) for row in block.rows]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_charset_in_use_is_read(encoding: str) -> None:
    assert lines(read_bytes(f"{LINE}\n第二行1\n".encode(encoding), "年报.txt")) == [LINE, "第二行1"]


def test_big5_is_told_from_gbk() -> None:
    text = "棲霞區政府信息公開工作年度報告，一年來收到申請的數量為十二件，其中自然人十件"
    assert lines(read_bytes(text.encode("big5hkscs"), "年報.txt")) == [text]


def test_a_text_cut_inside_a_character_is_read_to_there() -> None:
    assert lines(read_bytes((LINE * 3).encode()[:-1], "年报.txt"))[0].startswith(LINE)


def test_tabs_keep_empty_cells_and_say_their_line() -> None:
    document = read_bytes("标题\n\t（一）予以公开\t1\t\t0\n".encode(), "年报.txt")
    assert rows(document) == [["", "（一）予以公开", "1", "", "0"]]
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert not table.exact
    assert table.rows[0][2].place.line == 2


def test_padding_at_the_end_of_piped_rows_is_dropped_and_blanks_are_not() -> None:
    text = "规章 | 0 | 0 | 6 | ||\n行政许可 | 7 | ||\n行政强制 | 1 | ||\n行政事业性收费 |  |  | ||\n"
    assert rows(read_bytes(text.encode(), "年报.txt")) == [
        ["规章", "0", "0", "6"],
        ["行政许可", "7"],
        ["行政强制", "1"],
        ["行政事业性收费", "", ""],
    ]


def test_a_bare_pipe_at_the_margin_ends_a_row_and_an_indented_one_is_an_empty_cell() -> None:
    assert rows(read_bytes("|\n规章 |\n0 |\n|\n行政许可 |\n7 |\n|\n".encode(), "a.txt")) == [
        ["规章", "0"],
        ["行政许可", "7"],
    ]
    assert rows(read_bytes("（一）予以公开 |\n |\n0 |\n".encode(), "a.txt")) == [["（一）予以公开"], [""], ["0"]]


def test_pipes_alone_between_lines_part_cells_that_stay_lines() -> None:
    document = read_bytes("规章\n|\n0\n|\n6\n".encode(), "a.txt")
    assert lines(document) == ["规章", "0", "6"]


def test_markdown_loses_its_marks_and_keeps_its_cells() -> None:
    document = read_bytes(
        "# 年度报告\n\n| 规章 | **0** | | 6 |\n|---|---|---|---|\n| 1\\.属于国家秘密 | 0 | 1 | 2 |\n".encode(), "a.md"
    )
    assert document.kind == "markdown"
    assert document.blocks[0] == Paragraph("年度报告", document.blocks[0].place, heading=True)
    assert rows(document) == [["规章", "0", "", "6"], ["1.属于国家秘密", "0", "1", "2"]]


def test_drawn_borders_are_no_rows() -> None:
    assert rows(read_bytes("┌──┬──┐\n│规章│0│\n├──┼──┤\n│许可│1│\n└──┴──┘\n".encode(), "a.txt")) == [
        ["规章", "0"],
        ["许可", "1"],
    ]


def test_form_feeds_count_pages() -> None:
    document = read_bytes("第一页\n\f第二页\n".encode(), "a.txt")
    assert [block.place.page for block in document.blocks] == [1, 2]


@pytest.mark.parametrize("name", ["年报.csv", "年报.txt"])
def test_commas_separate_the_cells_of_a_saved_sheet(name: str) -> None:
    rows = ["信息内容,本年制发件数,本年废止件数,现行有效件数", "规章,0,1,2", '行政规范性文件,3,"1,286",5'] * 4
    (table,) = read_bytes("\n".join(rows).encode(), name).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[2]] == ["行政规范性文件", "3", "1,286", "5"]
