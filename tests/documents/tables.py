"""A report → headings, paragraphs and the form's tables with their merged cells, before any format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.forms.model import Column, Row
from tests.documents.report import Printed

OUTCOME = "三、本年度办理结果"
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True)
class Title:
    text: str


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Box:
    """A cell of a table; `row` and `column` count from 0 in the full grid."""

    text: str
    row: int
    column: int
    colspan: int = 1
    rowspan: int = 1
    number: bool = False
    upright: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of the form."""

    boxes: tuple[Box, ...]
    columns: int
    heads: int
    """Rows at its top that are its head, repeated where a layout repeats heads."""
    labels: int = 1
    """Columns at its left that hold labels."""

    @property
    def rows(self) -> list[list[Box]]:
        """Cells row by row, each at the row and column where it begins."""
        count = max(box.row + box.rowspan for box in self.boxes)
        ordered = sorted(self.boxes, key=lambda box: (box.row, box.column))
        return [[box for box in ordered if box.row == row] for row in range(count)]


Part = Title | Heading | Text | Grid


def parts(report: Printed) -> Iterator[Part]:
    """Everything a document prints, in order."""
    sections = report.form.sections
    yield Title(report.title)
    for topic, heading in sections.items():
        yield Heading(report.label(heading))
        if topic == "disclosure":
            yield from _around(disclosure(report), report, unit=False)
        elif topic == "requests":
            yield from _around([requests(report)], report)
        elif topic == "disputes":
            yield from _around(disputes(report), report)
        else:
            yield from (Text(text) for text in report.prose.get(topic, ()))
    if report.signed:
        yield Text(report.agency)
        yield Text(f"{report.year + 1}年1月15日")


def _around(grids: Sequence[Grid], report: Printed, unit: bool = True) -> Iterator[Part]:
    if report.unit_line and unit:
        yield Text("单位：件")
    yield from grids
    yield from (Text(note) for note in report.notes)


def disclosure(report: Printed) -> list[Grid]:
    """Table two: a band for each clause, with a head of its own; one table, or one a clause."""
    bands: dict[str, list[Row]] = {}
    for row in report.form.rows:
        if row.table == "disclosure" and row.code not in report.without:
            bands.setdefault(row.parent, []).append(row)
    if report.split:
        return [_bands({clause: rows}, report) for clause, rows in bands.items()]
    return [_bands(bands, report)]


def _bands(bands: dict[str, list[Row]], report: Printed) -> Grid:
    width = 1 + max(len(row.columns) for rows in bands.values() for row in rows)
    boxes: list[Box] = []
    at = 0
    for clause, rows in bands.items():
        boxes.append(Box(report.label(clause), at, 0, width))
        boxes += _spread(at + 1, "信息内容", [_head(column, report) for column in rows[0].columns], width, number=False)
        at += 2
        for row in rows:
            texts = [report.cells[code] for code in row.codes]
            boxes += _spread(at, report.label(row.label), texts, width, number=True)
            at += 1
    return Grid(tuple(boxes), width, heads=0)


def _head(column: Column, report: Printed) -> str:
    label = report.label(column.label)
    return f"{label}（单位：万元）" if column.code == "amount" and report.edition == "2021" else label


def _spread(row: int, label: str, texts: Sequence[str], width: int, number: bool) -> list[Box]:
    """A label and its cells over the width of the table, the last cell taking what is left."""
    boxes = [Box(label, row, 0)]
    for at, text in enumerate(texts):
        last = at == len(texts) - 1
        boxes.append(Box(text, row, 1 + at, width - 1 - at if last else 1, number=number))
    return boxes


def requests(report: Printed) -> Grid:
    """Table three: three columns of labels, seven of numbers, a head of three rows."""
    rows = [row for row in report.form.rows if row.table == "requests" and row.code not in report.without]
    columns = [column for column in rows[0].columns if not (report.without_total and column.code == "total")]
    boxes = [Box(NOTE, 0, 0, 3, 3), *_applicants(columns, report)]
    inside = [row for row in rows if row.parent]
    for at, row in enumerate(rows, start=3):
        if row.parent and row is inside[0]:
            boxes.append(Box(report.label(OUTCOME), at, 0, 1, len(inside), upright=report.vertical))
        boxes += _labels(row, at, rows, report)
        codes = [f"{row.code}.{column.code}" for column in columns]
        boxes += [Box(report.cells[code], at, 3 + index, number=True) for index, code in enumerate(codes)]
    return Grid(tuple(boxes), 3 + len(columns), heads=3, labels=3)


def _applicants(columns: Sequence[Column], report: Printed) -> Iterator[Box]:
    yield Box("申请人情况", 0, 3, len(columns))
    grouped = [column for column in columns if column.parent]
    for at, column in enumerate(columns, start=3):
        label = report.label(column.label)
        if not column.parent:
            yield Box(label, 1, at, 1, 2)
            continue
        if column is grouped[0]:
            yield Box(report.label(column.parent), 1, at, len(grouped))
        yield Box(label, 2, at)


def _labels(row: Row, at: int, rows: Sequence[Row], report: Printed) -> Iterator[Box]:
    if not row.parent:
        yield Box(report.label(row.label), at, 0, 3)
    elif row.parent == OUTCOME:
        yield Box(report.label(row.label), at, 1, 2)
    else:
        group = [other for other in rows if other.parent == row.parent]
        if row is group[0]:
            yield Box(report.label(row.parent), at, 1, 1, len(group))
        yield Box(report.label(row.label), at, 2)


def disputes(report: Printed) -> list[Grid]:
    """Table four in one of three shapes."""
    rows = [row for row in report.form.rows if row.table == "disputes"]
    if report.disputes == "row":
        return [_dispute_row(rows, report)]
    if report.disputes == "rows":
        return [_dispute_rows(rows, report)]
    return [_dispute_block(row, report) for row in rows]


def _dispute_row(rows: Sequence[Row], report: Printed) -> Grid:
    boxes = [Box("行政复议", 0, 0, 5), Box("行政诉讼", 0, 5, 10)]
    for index, row in enumerate(rows):
        start = 5 * index
        if row.parent:
            boxes.append(Box(report.label(row.label), 1, start, 5))
        for at, column in enumerate(row.columns, start=start):
            boxes.append(Box(report.label(column.label), 2 if row.parent else 1, at, 1, 1 if row.parent else 2))
            boxes.append(Box(report.cells[f"{row.code}.{column.code}"], 3, at, number=True))
    return Grid(tuple(boxes), 15, heads=3, labels=0)


def _dispute_rows(rows: Sequence[Row], report: Printed) -> Grid:
    boxes = [Box("", 0, 0, 2)]
    boxes += [Box(report.label(column.label), 0, 2 + at) for at, column in enumerate(rows[0].columns)]
    for at, row in enumerate(rows, start=1):
        if not row.parent:
            boxes.append(Box(report.label(row.label), at, 0, 2))
        else:
            if at == 2:
                boxes.append(Box(row.parent, at, 0, 1, 2))
            boxes.append(Box(report.label(row.label), at, 1))
        boxes += [Box(report.cells[code], at, 2 + index, number=True) for index, code in enumerate(row.codes)]
    return Grid(tuple(boxes), 7, heads=1, labels=2)


def _dispute_block(row: Row, report: Printed) -> Grid:
    head = f"{row.parent}（{row.label}）" if row.parent else row.label
    boxes = [Box(head, 0, 0, len(row.columns))]
    for at, column in enumerate(row.columns):
        boxes.append(Box(report.label(column.label), 1, at))
        boxes.append(Box(report.cells[f"{row.code}.{column.code}"], 2, at, number=True))
    return Grid(tuple(boxes), len(row.columns), heads=2, labels=0)
