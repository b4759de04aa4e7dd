"""Reports made up for tests: figures that add up, printed in many layouts, so that every reading can be compared.

`made(seed)` chooses everything at random; the choices are in `Made.what`, for the message of a failing test.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

import opencc

from index import forms
from index.document import Block, Cell, Document, Paragraph, Place, Table
from index.forms.model import Row

GROUPS = {"requests.refused": 8, "requests.unavailable": 3, "requests.rejected": 5, "requests.other": 3}
HEADS = ["自然人", "法人或其他组织", "总计"]
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
convert = opencc.OpenCC("s2t").convert
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@dataclass(frozen=True)
class Printed:
    """A row as it is to be printed."""

    code: str
    group: str
    label: str
    cells: tuple[tuple[str, str], ...]
    """(code, text)."""


@dataclass
class Made:
    """A document with what it prints."""

    document: Document
    printed: dict[str, float]
    blank: set[str]
    truth: dict[str, int]
    """What its cells would be if all were printed."""
    what: list[str] = field(default_factory=list)


def figures(rng: random.Random, edition: str, big: bool) -> dict[str, int]:
    """Figures of a report that add up."""
    top = 400 if big else 3

    def some(share: float) -> int:
        return rng.randint(0, top) if rng.random() < share else 0

    values: dict[str, int] = {}
    rows = forms.edition(edition).rows
    for row in rows:
        if row.table == "disclosure":
            values |= {code: rng.randint(0, top * 40) if rng.random() < 0.7 else 0 for code in row.codes}
    applicants = [column.code for column in next(row for row in rows if row.table == "requests").columns][:-1]
    outcomes = [row.code for row in rows if row.table == "requests"][2:-2]
    for at, applicant in enumerate(applicants):
        share = 0.8 if at == 0 else 0.3
        for code in outcomes:
            values[f"{code}.{applicant}"] = some(share * 0.5)
        handled = sum(values[f"{code}.{applicant}"] for code in outcomes)
        carried_in, carried_out = some(share * 0.4), some(share * 0.4)
        carried_in = min(carried_in, handled + carried_out)
        values |= {
            f"requests.handled.{applicant}": handled,
            f"requests.carried_in.{applicant}": carried_in,
            f"requests.carried_out.{applicant}": carried_out,
            f"requests.received.{applicant}": handled + carried_out - carried_in,
        }
    for row in rows:
        if row.table == "requests":
            values[f"{row.code}.total"] = sum(values[f"{row.code}.{each}"] for each in applicants)
        elif row.table == "disputes":
            for code in row.codes[:-1]:
                values[code] = some(0.5)
            values[row.codes[-1]] = sum(values[code] for code in row.codes[:-1])
    return values


class Maker:
    """One document, its choices made by a seeded random generator."""

    def __init__(self, seed: int, layout: str | None = None) -> None:
        self.rng = random.Random(seed)
        self.layout = layout or self.rng.choice(sorted(LAYOUTS))
        self.edition = self.rng.choice(["2021", "2021", "2021", "2019"])
        self.big = self.rng.random() < 0.5
        self.what = [f"seed {seed}", self.layout, self.edition, "big" if self.big else "small"]
        self.truth = figures(self.rng, self.edition, self.big)
        self.text_of = self._style()
        self.typos = self._choose("typos", 0.3)
        self.spaced = self._choose("spaced", 0.2)
        self.garbled = self._choose("garbled", 0.15)
        self.unprinted: set[str] = set()
        self.line = 0

    def _choose(self, name: str, share: float) -> bool:
        chosen = self.rng.random() < share
        if chosen:
            self.what.append(name)
        return chosen

    def _style(self) -> dict[str, str]:
        style = self.rng.choice(
            ["plain", "plain", "dash", "blank", "fullwidth", "thousands", "slash", "remark", "zeros blank"]
        )
        self.what.append(style)
        texts = {}
        for code, value in self.truth.items():
            text = str(value)
            if style == "dash" and value == 0 and self.rng.random() < 0.7:
                text = self.rng.choice("-—－")
            elif style == "slash" and value == 0 and self.rng.random() < 0.7:
                text = self.rng.choice(["/", "无"])
            elif style == "blank" and value == 0 and self.layout in CAN_BE_BLANK and self.rng.random() < 0.6:
                text = ""
            elif style == "fullwidth" and self.rng.random() < 0.5:
                text = text.translate(FULL_WIDTH)
            elif style == "zeros blank" and value == 0 and self.layout in CAN_BE_BLANK:
                text = ""
            elif style == "remark" and self.rng.random() < 0.1 and not code.endswith(".amount"):
                text = self.rng.choice([f"{value}件", f"{value}（其中网络申请{value}件）", f"{value} "])
            elif style == "thousands":
                text = f"{value:,}"
            texts[code] = text
        return texts

    def label(self, text: str) -> str:
        if self.typos and len(text) > 6 and self.rng.random() < 0.3:
            at = self.rng.randrange(2, len(text))
            text = text[:at] + self.rng.choice(["", "某"]) + text[at + 1 :]
        if self.garbled:
            return self.garble(text)
        if self.spaced and self.rng.random() < 0.4:
            at = self.rng.randrange(1, len(text))
            text = f"{text[:at]} {text[at:]}"
        return text

    def garble(self, text: str) -> str:
        """A label as a poor scan gives it: every seventh character or so wrong, missing or doubled."""
        letters = list(text)
        for _ in range(max(1, len(text) // 7) if len(text) > 4 else 0):
            at = self.rng.randrange(len(letters))
            letters[at] = self.rng.choice(["某", "木", "口", "", "", letters[at] + "日"])
        return "".join(letters)

    def rows(self, table: str) -> list[Printed]:
        return [self.row(row) for row in forms.edition(self.edition).rows if row.table == table]

    def row(self, row: Row) -> Printed:
        return Printed(
            row.code, row.parent, self.label(row.label), tuple((code, self.text_of[code]) for code in row.codes)
        )

    def make(self) -> Made:
        blocks: list[Block] = [
            self.paragraph("示例市甲区人民政府2023年政府信息公开工作年度报告"),
            self.paragraph("一、总体情况"),
            self.paragraph("2023年，全区共收到政府信息公开申请 12 件，行政许可 5 件。"),
        ]
        blocks += self._distraction()
        dropped = self._dropped()
        tables = {name: [row for row in self.rows(name) if row.code not in dropped] for name in TABLES}
        for name, heading in zip(
            TABLES,
            ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、行政复议、行政诉讼情况"],
            strict=True,
        ):
            blocks.append(self.paragraph(heading))
            blocks += LAYOUTS[self.layout](self, name, tables[name])
        blocks += [self.paragraph("五、存在的主要问题及改进情况"), self.paragraph("公开意识有待加强，全年培训 3 次。")]
        blocks = self._damaged(blocks)
        cells = {
            code: text
            for name in TABLES
            for row in tables[name]
            for code, text in row.cells
            if code not in self.unprinted
        }
        printed = {code: self.truth[code] for code, text in cells.items() if text}
        blank = {code for code, text in cells.items() if not text}
        if self._choose("traditional", 0.1):
            blocks = [traditional(block) for block in blocks]
        return Made(Document(tuple(blocks), kind="text", file="a.txt"), printed, blank, self.truth, self.what)

    def _distraction(self) -> list[Block]:
        """Tables that are not the form's: prose in a frame, or a comparison with the year before."""
        if self._choose("prose in a frame", 0.15):
            return [Table(grid([[("2023年，全区主动公开政府信息 300 条，行政处罚 12 件，其他 3 件。", 4, 1)]]))]
        if self._choose("comparison", 0.15):
            rows = [["项目", "2022年", "2023年"], ["行政许可", "11", "12"], ["重复申请", "3", "4"], ["其他", "5", "6"]]
            return [Table(grid([[(text, 1, 1) for text in row] for row in rows]))]
        return []

    def _damaged(self, blocks: list[Block]) -> list[Block]:
        """A document that breaks off, or has lost cells: then only what is read counts, not what is missed."""
        if self.rng.random() < 0.15:
            self.what.append("cut short")
            return blocks[: self.rng.randrange(4, len(blocks))]
        if self.layout in ("lines", "cells", "detached") and self.rng.random() < 0.3:
            self.what.append("cells lost")
            return [self._without_a_number(block) for block in blocks if not self._loses(block)]
        return blocks

    def _without_a_number(self, block: Block) -> Block:
        """A line of numbers that has lost one of them."""
        if not isinstance(block, Paragraph) or self.layout == "cells" or self.rng.random() > 0.08:
            return block
        words = block.text.split()
        numbers = [at for at, word in enumerate(words) if at and word.isdigit()]
        if len(numbers) < 5:
            return block
        words.pop(self.rng.choice(numbers))
        return Paragraph(" ".join(words), block.place)

    def _loses(self, block: Block) -> bool:
        return (
            self.layout == "cells"
            and isinstance(block, Paragraph)
            and block.text.isdigit()
            and self.rng.random() < 0.03
        )

    def _dropped(self) -> set[str]:
        if not self._choose("rows dropped", 0.25):
            return set()
        codes = [row.code for row in forms.edition(self.edition).rows if row.table != "disputes"]
        return set(self.rng.sample(codes, self.rng.randint(1, 6)))

    def place(self) -> Place:
        self.line += 1
        return Place(line=self.line)

    def paragraph(self, text: str) -> Paragraph:
        return Paragraph(text, self.place())


def traditional(block: Block) -> Block:
    """The same in 繁體."""
    if isinstance(block, Paragraph):
        return replace(block, text=convert(block.text))
    rows = tuple(tuple(replace(cell, text=convert(cell.text)) for cell in row) for row in block.rows)
    return replace(block, rows=rows)


TABLES = ["disclosure", "requests", "disputes"]


def heads_of(maker: Maker, row: Printed) -> list[str]:
    columns = next(each for each in forms.edition(maker.edition).rows if each.code == row.code).columns
    units = {"amount": "（单位：万元）"}
    return [column.label + units.get(column.code, "") for column in columns]


def grid(cells: list[list[tuple[str, int, int]]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of (text, colspan, rowspan) → cells with their columns in the full grid."""
    taken: set[tuple[int, int]] = set()
    rows = []
    for at, row in enumerate(cells):
        column, made = 0, []
        for text, wide, high in row:
            while (at, column) in taken:
                column += 1
            made.append(Cell(text, Place(table=1, row=at + 1, column=column + 1), column, wide, high))
            taken |= {(at + down, column + right) for down in range(high) for right in range(wide)}
            column += wide
        rows.append(tuple(made))
    return tuple(rows)


def exact(maker: Maker, name: str, rows: list[Printed]) -> list[Block]:
    return {"disclosure": exact_disclosure, "requests": exact_requests, "disputes": exact_disputes}[name](maker, rows)


def exact_disclosure(maker: Maker, rows: list[Printed]) -> list[Block]:
    split = maker._choose("split disclosure", 0.3)
    tables, cells = [], []
    for group, part in groups(rows):
        cells.append([(group, 4, 1)])
        heads = heads_of(maker, part[0])
        wide = spread(len(heads), 3)
        cells.append([("信息内容", 1, 1), *((head, width, 1) for head, width in zip(heads, wide, strict=True))])
        for row in part:
            cells.append(
                [(row.label, 1, 1), *((text, width, 1) for (_, text), width in zip(row.cells, wide, strict=True))]
            )
        if split:
            tables.append(Table(grid(cells)))
            cells = []
    return [*tables, Table(grid(cells))] if cells else list(tables)


def groups(rows: list[Printed]) -> list[tuple[str, list[Printed]]]:
    found: list[tuple[str, list[Printed]]] = []
    for row in rows:
        if not found or found[-1][0] != row.group or len(found[-1][1][0].cells) != len(row.cells):
            found.append((row.group, []))
        found[-1][1].append(row)
    return found


def spread(count: int, columns: int) -> list[int]:
    return {1: [columns], 2: [1, columns - 1], 3: [1, 1, columns - 2]}[count]


def request_heads(total: bool = True, remark: bool = False) -> list[list[tuple[str, int, int]]]:
    last = [("总计", 1, 2)] if total else []
    return [
        [(NOTE, 3, 3), ("申请人情况", 6 + total, 1), *([("备注", 1, 3)] if remark else [])],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), *last],
        [(text, 1, 1) for text in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]


def exact_requests(maker: Maker, rows: list[Printed]) -> list[Block]:
    total = maker.layout != "exact" or not maker._choose("no total column", 0.1)
    remark = maker.layout == "exact" and maker._choose("remark column", 0.1)
    cells = request_heads(total, remark)
    tables: list[Block] = []
    cut = maker.rng.randrange(3, max(4, len(rows))) if maker._choose("cut by a page", 0.4) else -1
    repeat = maker._choose("heads repeated", 0.5)
    for at, row in enumerate(rows):
        values = [(text, 1, 1) for _, text in row.cells[: None if total else -1]]
        values += [(maker.rng.choice(["", "", "含转办"]), 1, 1)] if remark else []
        if not total:
            maker.unprinted.add(row.cells[-1][0])
        if at == cut:
            tables += [Table(grid(cells)), maker.paragraph(f"— {at} —")]
            cells = request_heads(total, remark) if repeat else []
        if row.group.startswith("（"):
            first = ("三、本年度办理结果", 1, 1) if maker.rng.random() < 0.1 else ("", 1, 1)
            cells.append([first, (row.group, 1, 1), (row.label, 1, 1), *values])
        elif row.group:
            cells.append([("", 1, 1), (row.label, 2, 1), *values])
        else:
            cells.append([(row.label, 3, 1), *values])
        if at == cut - 1 and len(row.label) > 12 and total and not remark and maker.rng.random() < 0.5:
            # The page breaks inside the row: the end of its label stands on the next page, with empty cells.
            cells[-1][-8] = (row.label[:-4], 1 if row.group.startswith("（") else cells[-1][-8][1], 1)
            maker.what.append("label cut")
            tables += [Table(grid(cells)), maker.paragraph("3")]
            cells = [[(row.label[-4:], 3, 1), *[("", 1, 1)] * 7]]
            cut = -1
    return [*tables, Table(grid(cells))]


def exact_disputes(maker: Maker, rows: list[Printed]) -> list[Block]:
    five = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    review, direct, after = ([text for _, text in row.cells] for row in rows)
    way = maker.rng.choice(["one row", "stacked", "rows", "two tables"])
    maker.what.append(way)
    if way == "one row":
        cells = [
            [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
            [*((head, 1, 2) for head in five), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
            [(head, 1, 1) for head in five * 2],
            [(text, 1, 1) for text in (*review, *direct, *after)],
        ]
        return [Table(grid(cells))]
    if way == "stacked":
        names = ["行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"]
        return [
            Table(grid([[(name, 5, 1)], [(head, 1, 1) for head in five], [(text, 1, 1) for text in texts]]))
            for name, texts in zip(names, (review, direct, after), strict=True)
        ]
    if way == "two tables":
        first = [[("行政复议", 5, 1)], [(head, 1, 1) for head in five], [(text, 1, 1) for text in review]]
        second = [
            [("行政诉讼", 10, 1)],
            [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
            [(head, 1, 1) for head in five * 2],
            [(text, 1, 1) for text in (*direct, *after)],
        ]
        return [Table(grid(first)), Table(grid(second))]
    cells = [[("", 2, 1), *((head, 1, 1) for head in five)], [("行政复议", 2, 1), *((text, 1, 1) for text in review)]]
    cells += [[("行政诉讼", 1, 2), ("未经复议直接起诉", 1, 1), *((text, 1, 1) for text in direct)]]
    cells += [[("复议后起诉", 1, 1), *((text, 1, 1) for text in after)]]
    return [Table(grid(cells))]


def separated(maker: Maker, name: str, rows: list[Printed]) -> list[Block]:
    """Tabs or pipes: cells in order, groups' labels left as empty cells or left out, perhaps padding at the end."""
    table = exact({"disclosure": maker, "requests": maker, "disputes": maker}[name], name, rows)
    keep = maker.rng.random() < 0.5
    padding = maker.rng.choice([0, 0, 0, 1, 2]) if name != "disputes" else 0
    found: list[Block] = []
    for block in table:
        if isinstance(block, Paragraph):
            found.append(block)
            continue
        made = []
        for row in block.rows:
            texts = [cell.text for cell in row]
            if not keep:
                while texts and not texts[0] and len(texts) > 7:
                    texts.pop(0)
            texts += [""] * padding
            place = maker.place()
            made.append(tuple(Cell(text, place, at) for at, text in enumerate(texts)))
        found.append(Table(tuple(made), exact=False))
    return found


def flat_heads(name: str) -> list[str]:
    if name == "requests":
        return [
            NOTE,
            "申请人情况",
            "自然人",
            "法人或其他组织",
            "总计",
            "商业企业",
            "科研机构",
            "社会公益组织",
            "法律服务机构",
            "其他",
        ]
    five = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return ["行政复议", "行政诉讼", *five, "未经复议直接起诉", "复议后起诉", *five, *five]


def labels_of(row: Printed, before: Printed | None) -> list[str]:
    new = row.group.startswith("（") and (before is None or before.group != row.group)
    return [row.group, row.label] if new else [row.label]


def as_lines(maker: Maker, name: str, rows: list[Printed]) -> list[Block]:
    """A text from a PDF: one row a line, long labels wrapped with the numbers after or between their lines."""
    wrap = maker.rng.choice([14, 18, 60])
    between = maker._choose("numbers between", 0.4)
    texts: list[str] = []
    if name == "disclosure":
        for group, part in groups(rows):
            texts += [group, " ".join(["信息内容", *heads_of(maker, part[0])])]
            for row in part:
                texts += wrapped(row.label, [text for _, text in row.cells], wrap, between)
    elif name == "requests":
        texts += flat_heads(name)
        before = None
        for at, row in enumerate(rows):
            labels = labels_of(row, before)
            texts += [piece for label in labels[:-1] for piece in (label[:4], label[4:])]
            texts += wrapped(labels[-1], [text for _, text in row.cells], wrap, between)
            before = row
            if maker.rng.random() < 0.04:
                texts += [f"- {at} -", *flat_heads(name)]
    else:
        texts += flat_heads(name)
        texts.append(" ".join(text for row in rows for _, text in row.cells))
    return [maker.paragraph(text) for text in texts if text]


def wrapped(label: str, values: list[str], wrap: int, between: bool) -> list[str]:
    numbers = " ".join(values)
    pieces = [label[at : at + wrap] for at in range(0, len(label), wrap)]
    if len(pieces) == 1:
        return [f"{label} {numbers}"]
    if between:
        return [*pieces[:-1], numbers, pieces[-1]]
    return [*pieces, numbers]


def as_cells(maker: Maker, name: str, rows: list[Printed]) -> list[Block]:
    """One cell a line, long labels over several lines, page numbers between."""
    pieces = maker.rng.choice([12, 99])
    texts: list[str] = []
    if name == "disclosure":
        for group, part in groups(rows):
            texts += [group, "信息内容", *heads_of(maker, part[0])]
            for row in part:
                texts += [row.label, *(text for _, text in row.cells)]
    elif name == "requests":
        texts += flat_heads(name)
        before = None
        for row in rows:
            for label in labels_of(row, before):
                texts += [label[at : at + pieces] for at in range(0, len(label), pieces)]
            texts += [text for _, text in row.cells]
            before = row
    else:
        texts += [*flat_heads(name), *(text for row in rows for _, text in row.cells)]
    return [maker.paragraph(text) for text in texts]


def as_words(maker: Maker, name: str, rows: list[Printed]) -> list[Block]:
    """A PDF without ruling: a row a printed line, a cell a run of words; long labels over several lines."""
    wrap = maker.rng.choice([9, 14, 60])
    made: list[list[str]] = []
    if name == "disclosure":
        for group, part in groups(rows):
            made += [[group], ["信息内容", *heads_of(maker, part[0])]]
            for row in part:
                made += middle(row.label, [text for _, text in row.cells], wrap)
    elif name == "requests":
        made += [[NOTE[:20]], [NOTE[20:], "申请人情况"], ["自然人", "法人或其他组织", "总计"]]
        made += [["商业", "科研", "社会公", "法律服", "其他"], ["企业", "机构", "益组织", "务机构"]]
        before = None
        for row in rows:
            labels = labels_of(row, before)
            made += middle(labels[-1], [text for _, text in row.cells], wrap)
            if len(labels) > 1:
                # The group's name stands in the middle of its rows, wrapped as it likes.
                made[-1].insert(0, labels[0][:4])
            before = row
    else:
        made += [
            ["行政复议", "行政诉讼"],
            ["未经复议直接起诉", "复议后起诉"],
            ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3,
        ]
        made += [[text for row in rows for _, text in row.cells]]
    table = []
    for texts in made:
        place = maker.place()
        table.append(tuple(Cell(text, place, at) for at, text in enumerate(texts) if text))
    return [Table(tuple(row for row in table if row), exact=False)]


def middle(label: str, values: list[str], wrap: int) -> list[list[str]]:
    """A label over several lines with its numbers beside the middle one."""
    pieces = [label[at : at + wrap] for at in range(0, len(label), wrap)]
    at = len(pieces) // 2
    return [[piece, *values] if place == at else [piece] for place, piece in enumerate(pieces)]


def detached(maker: Maker, name: str, rows: list[Printed]) -> list[Block]:
    """Labels that are broken over lines stand apart from their numbers, some lines later or earlier."""
    if name != "requests":
        return as_lines(maker, name, rows)
    lines: list[str] = flat_heads(name)
    waiting: list[str] = []
    for row in rows:
        numbers = " ".join(text for _, text in row.cells)
        long = len(row.label) > 10 and maker.rng.random() < 0.5
        if long:
            waiting += [row.label[:10], row.label[10:]]
            lines.append(numbers)
            if maker.rng.random() < 0.5:
                lines += waiting
                waiting = []
        else:
            lines.append(f"{row.label} {numbers}")
    return [maker.paragraph(text) for text in [*lines, *waiting]]


LAYOUTS = {
    "exact": exact,
    "separated": separated,
    "lines": as_lines,
    "cells": as_cells,
    "words": as_words,
    "detached": detached,
}
CAN_BE_BLANK = {"exact", "separated"}


def made(seed: int, layout: str | None = None) -> Made:
    """A document and what it prints."""
    return Maker(seed, layout).make()
