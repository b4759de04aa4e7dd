"""The statistics table of reports up to 2018, printed in several ways."""

import random
from collections.abc import Callable

import pytest

from index import forms
from index.document import Block, Cell, Document, Paragraph, Place, Table
from index.readers.text import document_of
from index.reading import Reading, read_figures

EDITION = forms.edition(forms.STATISTICS)
TITLE = "示例市甲区民政局2016年政府信息公开工作年度报告"
PROSE = [
    "一、概述",
    "2016年，我局主动公开政府信息 512 条，收到申请数 9 件。",
    "二、主动公开政府信息情况",
    "通过政府网站公开政府信息 300 条。",
    "四、因政府信息公开申请行政复议、提起行政诉讼情况",
    "行政复议数量为0。",
]


def truth(seed: int) -> dict[str, int]:
    """Figures that add up, as far as the form has equations."""
    rng = random.Random(seed)
    values = {code: rng.randint(0, 60) for code in EDITION.fields}
    for equation in reversed(EDITION.equations):
        values[equation.left[0]] = sum(values[code] for code in equation.right)
    return values


def rows(values: dict[str, int]) -> list[tuple[str, str, str]]:
    """(label, unit, number), heads of groups among them."""
    printed: list[tuple[str, str, str]] = []
    for row in EDITION.rows:
        group = row.parent
        if group and group not in {each.label for each in EDITION.rows} and (group, "", "") not in printed:
            printed.append((group, "", ""))
        printed.append((row.label, row.columns[0].unit, str(values[row.codes[0]])))
    return printed


def as_table(printed: list[tuple[str, str, str]]) -> list[Block]:
    lines = [("统计指标", "单位", "统计数"), *printed]
    return [
        Table(tuple(tuple(Cell(text, Place(table=1, row=at + 1), column) for column, text in enumerate(line))
                    for at, line in enumerate(lines)))
    ]  # fmt: skip


def as_lines(printed: list[tuple[str, str, str]]) -> list[Block]:
    return list(document_of("\n".join(" ".join(line) for line in printed), "a.txt").blocks)


def as_wrapped(printed: list[tuple[str, str, str]]) -> list[Block]:
    lines = []
    for label, unit, number in printed:
        cut = 14 if len(label) > 20 else len(label)
        lines += [label[:cut], f"{label[cut:]} {unit} {number}"]
    return list(document_of("\n".join(lines), "a.txt").blocks)


def as_cells(printed: list[tuple[str, str, str]]) -> list[Block]:
    return [Paragraph(text) for line in printed for text in line if text]


def as_tabs(printed: list[tuple[str, str, str]]) -> list[Block]:
    return list(document_of("\n".join("\t".join(line) for line in printed), "a.txt").blocks)


LAYOUTS: dict[str, Callable[[list[tuple[str, str, str]]], list[Block]]] = {
    "table": as_table, "lines": as_lines, "wrapped": as_wrapped, "cells": as_cells, "tabs": as_tabs,
}  # fmt: skip


def read(blocks: list[Block], title: str = TITLE) -> Reading:
    return read_figures(Document((Paragraph(title), *map(Paragraph, PROSE), *blocks), kind="text", file="a.txt"))


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("seed", range(3))
def test_every_row_is_read_in_any_layout(layout: str, seed: int) -> None:
    values = truth(seed)
    reading = read(LAYOUTS[layout](rows(values)))
    assert {code: figure.value for code, figure in reading.figures.items()} == values
    assert (reading.agency, reading.year, reading.edition) == ("示例市甲区民政局", 2016, "statistics")
    assert [check.holds for check in reading.checks] == [True] * len(EDITION.equations)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("seed", range(4))
def test_rows_that_are_missing_or_misprinted_make_no_figure_wrong(layout: str, seed: int) -> None:
    rng = random.Random(seed)
    values = truth(seed)
    printed = [line for line in rows(values) if rng.random() > 0.15]
    spoilt = []
    for label, unit, number in printed:
        if len(label) > 8 and rng.random() < 0.15:
            at = rng.randrange(4, len(label))
            label = label[:at] + rng.choice(["", "某", "的"]) + label[at + 1 :]
        spoilt.append((label, unit, number))
    reading = read(LAYOUTS[layout](spoilt))
    assert len(reading.figures) > 30
    wrong = {code: figure.value for code, figure in reading.figures.items() if figure.value != values[code]}
    assert wrong == {}


def test_wordings_of_other_years_are_known() -> None:
    values = truth(1)
    printed = []
    for label, unit, number in rows(values):
        among = "主要负责同志" in label or "涉及" in label
        printed.append((f"其中：{label}" if among else label.split("（不")[0], unit, number))
    figures = read(as_table(printed)).figures
    assert {code: figure.value for code, figure in figures.items()} == values


def test_an_empty_cell_is_blank_unless_an_equation_leaves_one_value() -> None:
    printed = [
        (label, unit, "" if label in ("2.传真申请数", "3.政务微博公开政府信息数") else number)
        for label, unit, number in rows(truth(2))
    ]
    figures = read(as_table(printed)).figures
    assert figures["statistics.requests.received_by_fax.number"].status == "derived"
    assert (
        figures["statistics.requests.received_by_fax.number"].value
        == truth(2)["statistics.requests.received_by_fax.number"]
    )
    assert figures["statistics.channel.microblog.number"].status == "blank"


def test_money_in_yuan_is_given_in_ten_thousands() -> None:
    printed = [
        (label, "元", "12000") if unit == "万元" else (label, unit, number) for label, unit, number in rows(truth(3))
    ]
    for layout in (as_table, as_lines):
        figure = read(layout(printed)).figures["statistics.staff.budget.number"]
        assert (str(figure.value), figure.raw) == ("1.2", "12000")


def test_the_prose_of_that_time_keeps_its_sections() -> None:
    found = {each.topic: each.section for each in read(as_table(rows(truth(1)))).passages}
    assert found == {"overview": "一、概述", "disclosure": PROSE[2], "disputes": PROSE[4]}


def test_the_table_is_not_looked_for_in_reports_of_today() -> None:
    requests = "一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3\n（一）予以公开 3 0 0 0 0 0 3\n"
    document = document_of(f"{TITLE.replace('2016', '2022')}\n三、申请情况\n{requests}", "a.txt")
    assert read_figures(document).edition == "2021"
