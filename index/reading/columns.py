"""Values of a row → cells of the form: which edition's columns, and which value stands in which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from index.forms.model import Column
from index.reading.assign import Assigned
from index.reading.layout import Line
from index.reading.script import key
from index.reading.stream import Fragment, Item, Run, Token, fragments

ALIKE = 80


TELLING = 3
"""So many rows with one value too few show that their table lacks a column."""
Shape = Literal["whole", "narrow", "headless", "unclear"]
"""`narrow`: without the column of totals; `unclear`: no row holds as many values as the form has columns.

`headless`: the same, and no head names the totals, but too few rows are full to tell that there are none.
"""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a row: the heads printed since the row before, as one text and one by one."""

    texts: tuple[str, ...]
    fragments: tuple[Fragment, ...]

    @property
    def joined(self) -> str:
        return "".join(self.texts)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row whose values have their columns, or do not have them yet."""

    row: Assigned
    edition: str
    cells: Mapping[str, Token]
    """Code → what is printed there; where `loose` is not empty, nothing."""
    loose: tuple[Token, ...] = ()
    """Values of a row that has too few or too many of them."""
    head: Head = Head((), ())
    inferred: frozenset[str] = frozenset()
    """Codes of cells that have a value for certain, while another cell's token may be the one that is missing."""
    totals: bool = True
    """Whether its table may have a column of totals, which the equations could then be tried with."""

    @property
    def codes(self) -> tuple[str, ...]:
        return self.row.line.codes(self.edition)


def place(rows: Iterable[Assigned], items: tuple[Item, ...], default: str) -> list[Placed]:
    """All rows with their columns. `default` is the edition of the year, for rows that tell nothing of theirs."""
    listed = list(rows)
    heads = {row.item: _head(row.item, items, listed) for row in listed}
    begins = _begins(listed)
    told = {row.item: _edition(row, heads[row.item]) for row in listed}
    shape = _shape(listed, heads)
    return [
        _placed(row, heads[row.item], told[row.item] or _near(row, listed, told) or default, begins, shape)
        for row in listed
    ]


def _shape(rows: list[Assigned], heads: Mapping[int, Head]) -> Shape:
    """Whether the table of requests has its column of totals: by its heads, and by how many values its rows hold."""
    requests = [row for row in rows if row.line.table == "requests"]
    filled = [sum(not token.empty for token in row.run.tokens) for row in requests]
    whole = max((width for row in requests for width in row.line.widths), default=0)
    if any(count >= whole for count in filled):
        return "whole"
    above = heads[requests[0].item] if requests else Head((), ())
    named = "自然人" in above.joined and not any(mark in above.joined for mark in ("总计", "合计", "总数"))
    broken = any(each.key in ("总", "计", "合") for each in above.fragments)
    if not named or broken:
        return "unclear"
    return "narrow" if filled.count(whole - 1) >= TELLING else "headless"


def _begins(rows: list[Assigned]) -> dict[tuple[int, int, int], int]:
    """(block, cells in the row, columns) → where the columns begin, told by the rows that leave no doubt.

    A row with empty cells at both ends may have its padding at either; its neighbours are padded as it is.
    """
    found: dict[tuple[int, int, int], set[int]] = {}
    for row in rows:
        for width in row.line.widths:
            starts = row.run.starts(width)
            if len(starts) == 1:
                found.setdefault((row.run.block, len(row.run.tokens), width), set()).add(starts[0])
    return {shape: next(iter(starts)) for shape, starts in found.items() if len(starts) == 1}


def _head(at: int, items: tuple[Item, ...], rows: list[Assigned]) -> Head:
    """The heads above a row: fragments before it, back to the values of the nearest row before that has heads."""
    taken = {row.item for row in rows}
    found: list[Fragment] = []
    position, seen_row = at - 1, False
    while position >= 0:
        item = items[position]
        if position in taken:
            seen_row = True
            if any(_is_head(each) for each in found):
                break
        elif not (seen_row and isinstance(item, Run) and not item.all_empty):
            found[:0] = fragments(item)
        if at - position > 120:
            break
        position -= 1
    return Head(tuple(each.key for each in found if not each.prose), tuple(found))


def _is_head(fragment: Fragment) -> bool:
    return not fragment.prose and any(mark in fragment.key for mark in ("数量", "件数", "金额", "自然人", "维持"))


def _edition(row: Assigned, head: Head) -> str | None:
    """The edition whose columns the heads name, or whose number of columns alone fits."""
    scores = {name: _columns_alike(columns, head) for name, columns in row.line.variants.items()}
    if len(set(row.line.variants.values())) == 1:
        return max(scores)
    best = max(scores.values())
    named = [name for name, score in scores.items() if score == best]
    if best >= ALIKE and len(named) == 1:
        return named[0]
    fitting = [name for name, columns in row.line.variants.items() if row.run.starts(len(columns))]
    return fitting[0] if len(fitting) == 1 else None


def _columns_alike(columns: tuple[Column, ...], head: Head) -> float:
    texts = [text for text in head.texts if text] or [""]
    joined = head.joined
    scores = []
    for column in columns:
        label = key(column.label)
        score = max(fuzz.ratio(label, text) for text in texts)
        if len(joined) >= len(label):
            score = max(score, fuzz.partial_ratio(label, joined))
        scores.append(score)
    return sum(scores) / len(scores)


def _near(row: Assigned, rows: list[Assigned], told: Mapping[int, str | None]) -> str | None:
    """The edition of the other rows of the same table."""
    names = [told[other.item] for other in rows if other.line.table == row.line.table and told[other.item]]
    names = [name for name in names if name in row.line.variants]
    return max(set(names), key=names.count) if names else None


def _placed(
    row: Assigned, head: Head, edition: str, begins: Mapping[tuple[int, int, int], int], shape: Shape
) -> Placed:
    line = row.line
    if edition not in line.variants:
        edition = max(line.variants)
    codes = line.codes(edition)
    if line.table != "requests":
        shape = "whole"
    elif shape == "narrow" or (shape == "headless" and len(row.run.tokens) < len(codes)):
        codes = tuple(code for code in codes if not code.endswith(".total"))
    by_grid = _by_grid(row.run, line, edition, head)
    if by_grid is not None:
        return Placed(row, edition, by_grid, head=head)
    tokens = row.run.trimmed(len(codes))
    start = begins.get((row.run.block, len(row.run.tokens), len(codes)))
    if tokens is None and start in row.run.starts(len(codes)):
        tokens = row.run.tokens[start : start + len(codes)]
    if tokens and _may_be_padding(row.run, tokens, shape):
        tokens = None
    if tokens:
        return Placed(row, edition, dict(zip(codes, tokens, strict=True)), head=head)
    return Placed(row, edition, {}, row.run.tokens, head, totals=shape not in ("narrow", "headless"))


def _may_be_padding(run: Run, tokens: tuple[Token, ...], shape: Shape) -> bool:
    """Whether an empty cell at an end is a cell, or padding beside a row that lacks a column: who could say."""
    ends = tokens[0].empty or tokens[-1].empty
    padded = len(run.tokens) > len(tokens)
    doubtful = (shape == "unclear" and padded) or (shape == "headless" and not run.exact)
    return ends and doubtful and not (shape == "headless" and run.all_empty)


def _by_grid(run: Run, line: Line, edition: str, head: Head) -> dict[str, Token] | None:
    """By the columns of an exact table's own heads, where these say something else than mere order."""
    if not run.exact:
        return _in_line(run, line, edition, head)
    if line.table == "disputes":
        return _results_by_grid(run, line, edition, head)
    heads = _head_columns(run, line.variants[edition], head)
    if len(heads) < 3:
        return None
    width = len(line.variants[edition])
    order = sorted(heads, key=lambda code: heads[code].column)
    in_order = [column.code for column in line.variants[edition] if column.code in heads] == order
    if len(run.tokens) == width and in_order and len(heads) == width:
        return None  # the plain case
    cells: dict[str, Token] = {}
    for code, above in heads.items():
        under = [token for token in run.tokens if token.column == above.column]
        if len(under) == 1:
            cells[f"{line.code}.{code}"] = under[0]
    whole = len(heads) == width or len(run.tokens) <= len(heads)
    return cells if whole and len(cells) == len(heads) else None


def _in_line(run: Run, line: Line, edition: str, head: Head) -> dict[str, Token] | None:
    """Where one line of separated cells prints every head in an order of its own, the values stand in that order."""
    columns = line.variants[edition]
    if line.table != "requests" or len(run.tokens) != len(columns):
        return None
    named = [
        (each.place.line, each.column, column.code)
        for each in head.fragments
        for column in columns
        if each.in_table and each.block == run.block and each.key in map(key, (column.label, *column.also))
    ]
    order = [code for _, _, code in sorted(named, key=lambda each: each[1])]
    plain = [column.code for column in columns]
    if len({at for at, _, _ in named}) != 1 or sorted(order) != sorted(plain) or order == plain:
        return None
    return dict(zip((f"{line.code}.{code}" for code in order), run.tokens, strict=True))


def _results_by_grid(run: Run, line: Line, edition: str, head: Head) -> dict[str, Token] | None:
    """Reviews and suits whose results are printed in another order: 总计 first, say."""
    columns = line.variants[edition]
    above: dict[int, str] = {}
    for each in head.fragments:
        if each.block == run.block and each.in_table and each.width == 1:
            found = [column.code for column in columns if each.key in map(key, (column.label, *column.also))]
            above |= {each.column: found[0]} if found else {}
    order = [above[token.column] for token in run.tokens if token.column in above]
    parts = line.code.split("+")
    width = len(columns)
    if len(order) != len(run.tokens) or len(order) != len(parts) * width:
        return None
    chunks = [order[at : at + width] for at in range(0, len(order), width)]
    plain = [column.code for column in columns]
    if all(chunk == plain for chunk in chunks) or any(sorted(chunk) != sorted(plain) for chunk in chunks):
        return None
    codes = [f"{part}.{code}" for part, chunk in zip(parts, chunks, strict=True) for code in chunk]
    return dict(zip(codes, run.tokens, strict=True))


def _head_columns(run: Run, columns: tuple[Column, ...], head: Head) -> dict[str, Fragment]:
    """Column code → its head in the same table."""
    found: dict[str, Fragment] = {}
    for column in columns:
        labels = [key(text) for text in (column.label, *column.also)]
        alike = [
            each
            for each in head.fragments
            if each.block == run.block
            and each.width == 1
            and any(fuzz.ratio(label, each.key) >= ALIKE for label in labels)
        ]
        if alike and len({each.column for each in alike}) == 1:  # heads may be repeated
            found[column.code] = alike[-1]
    return found
