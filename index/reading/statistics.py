"""The statistics table of reports up to 2018 (政府信息公开情况统计表): 统计指标, 单位, 统计数, one number a row.

Rows are told by their labels. Labels printed twice (被依法纠错数) are told by the rows around them, and where these
leave a choice, the row is not read. Years and places word the labels a little differently: rows.csv knows how.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from index import forms
from index.checks import equations
from index.document import Document
from index.forms.model import Field, Row
from index.reading.figures import UNITLESS_MONEY
from index.reading.resolve import solve
from index.reading.script import key, plain, simplified
from index.reading.sections import section_of
from index.reading.stream import Fragment, Item, Run, Token
from index.reading.values import in_unit
from index.reading.words import words
from index.report import Figure, Unread

LEAST_ROWS = 8
"""Fewer rows of the table than this are no such table."""
ALIKE = 88
LINES = 5
"""A label and its unit stand on so many lines at most."""
NUMBERING = re.compile(
    r"^(?:其中[:：]?)?(?:[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+[、.．]|\d{1,2}[.．、])?"
)
REMARK = re.compile(r"[(（\[【][^()（）]*[)）\]】]?")


@dataclass(frozen=True, slots=True)
class Found:
    """A run of one value, and the rows of the table its label may be that of."""

    item: int
    token: Token
    rows: tuple[int, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """The table as read."""

    figures: dict[str, Figure]
    unread: tuple[Unread, ...]
    blocks: frozenset[int]
    """Blocks of the document that belong to it."""


def read_statistics(document: Document, items: tuple[Item, ...]) -> Statistics | None:
    """The figures of the statistics table; None where the document prints none."""
    found = [each for at in range(len(items)) if (each := _found(items, at))]
    sure = _in_order([each for each in found if len(each.rows) == 1])
    if len(sure) < LEAST_ROWS:
        return None
    placed = {each.item: each.rows[0] for each in sure}
    for each in found:
        between = [row for row in each.rows if _fits(row, each.item, placed)]
        if len(between) == 1:
            placed[each.item] = between[0]
    return _reading(items, found, placed, _blocks(document, items, placed))


def _found(items: tuple[Item, ...], at: int) -> Found | None:
    item = items[at]
    if not isinstance(item, Run):
        return None
    token = _only(item)
    if token is None:
        return None
    texts = [each.text for each in item.own]
    start = at - 1
    while True:
        label, unit = _without_unit(texts)
        rows = _rows_of(label)
        if rows or len(texts) >= LINES or start < 0:
            break
        before = items[start]
        if not isinstance(before, Fragment) or before.prose:
            break
        texts.insert(0, before.text)
        start -= 1
    return Found(at, token, rows, unit) if rows else None


def _only(run: Run) -> Token | None:
    """The run's one value; a remark behind it, or empty padding, is none of it."""
    filled = [token for token in run.tokens if not token.empty]
    numbers = [token for token in filled if token.printed is not None]
    if len(numbers) == 1 and filled[0] is numbers[0] and len(filled) <= (2 if run.exact else 1):
        return numbers[0]
    return run.tokens[0] if not filled or len(run.tokens) == 1 else None


def _without_unit(texts: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """The texts of a label without the unit behind it, on its own or at the end of a line."""
    pieces = [simplified(word) for text in texts for word in text.split()]
    if pieces and plain(pieces[-1]) in words()["statistics"]["units"]:
        return tuple(pieces[:-1]), plain(pieces[-1])
    return tuple(pieces), ""


@cache
def _rows_of(texts: tuple[str, ...]) -> tuple[int, ...]:
    """The rows of the table whose label the texts print: the last of them, or several joined."""
    for start in range(len(texts) - 1, -1, -1):
        rows = _alike("".join(texts[start:]))
        if rows:
            return rows
    return ()


def _alike(text: str) -> tuple[int, ...]:
    asked = _bare(text)
    likes = [max(fuzz.ratio(asked, label) for label in labels) for labels in _labels()]
    best = max(likes)
    if not asked or best < ALIKE:
        return ()
    if best < 100 and sum(like >= best - 4 for like in likes) > len(_twins(likes.index(best))):
        return ()  # a misprint that may be of two rows
    return tuple(at for at, like in enumerate(likes) if like == best)


def _twins(at: int) -> tuple[int, ...]:
    """Rows with the same label as this one, itself among them."""
    return tuple(other for other, labels in enumerate(_labels()) if labels[0] == _labels()[at][0])


def _bare(text: str) -> str:
    """A label as compared: without number, 其中 and remarks in brackets."""
    cleaned = simplified(plain(text))
    while (shorter := NUMBERING.sub("", cleaned, count=1)) != cleaned:
        cleaned = shorter
    return key(REMARK.sub("", cleaned))


@cache
def _rows() -> tuple[Row, ...]:
    return forms.edition(forms.STATISTICS).rows


@cache
def _labels() -> tuple[tuple[str, ...], ...]:
    """By row its wordings as compared."""
    return tuple(tuple(dict.fromkeys(_bare(text) for text in (row.label, *row.also))) for row in _rows())


def _in_order(found: list[Found]) -> list[Found]:
    """The longest series of rows in the table's own order; a row printed twice is in none."""
    counts = [each.rows[0] for each in found]
    found = [each for each in found if counts.count(each.rows[0]) == 1]
    best: list[list[Found]] = []
    for each in found:
        before = [chain for chain in best if chain[-1].rows[0] < each.rows[0]]
        best.append([*max(before, key=len, default=[]), each])
    return max(best, key=len, default=[])


def _fits(row: int, item: int, placed: dict[int, int]) -> bool:
    """Whether a row may stand at that place in the stream, between the rows that are told for certain."""
    before = max((other for at, other in placed.items() if at < item), default=-1)
    after = min((other for at, other in placed.items() if at > item), default=len(_rows()))
    return before < row < after and item not in placed


def _blocks(document: Document, items: tuple[Item, ...], placed: dict[int, int]) -> frozenset[int]:
    """What stands between the first row and the last, headings and sentences between them excepted."""
    own = {items[at].block for at in placed}
    last = max(placed)
    for item in items[max(0, min(placed) - 2 * LINES) : last + 1]:
        prose = isinstance(item, Fragment) and (item.prose or section_of(item.text) is not None)
        if not prose and 0 <= item.block < len(document.blocks):
            own.add(item.block)
    return frozenset(own)


def _reading(items: tuple[Item, ...], found: list[Found], placed: dict[int, int], blocks: frozenset[int]) -> Statistics:
    figures: dict[str, Figure] = {}
    unread: list[Unread] = []
    for each in found:
        if each.item not in placed:
            label = " ".join(part.text for part in _run(items, each.item).own)
            why = "这一行数未能对应到统计表中的行"
            unread.append(Unread(f"{label} {each.token.text}".strip(), why, each.token.place))
            continue
        code = _rows()[placed[each.item]].codes[0]
        figure = _figure(forms.field(code), each)
        if isinstance(figure, Figure):
            figures[code] = figure
        else:
            unread.append(figure)
    figures = {code: figures[code] for code in forms.all_fields() if code in figures}
    return Statistics(_derived(figures), (*unread, *_unknown(items, found, placed)), blocks)


def _run(items: tuple[Item, ...], at: int) -> Run:
    item = items[at]
    assert isinstance(item, Run)
    return item


def _figure(field: Field, found: Found) -> Figure | Unread:
    token = found.token
    if token.empty:
        return Figure(field.code, None, "blank", "", token.place)
    value = in_unit(token.printed, field.unit, found.unit) if token.printed and _possible(found, field) else None
    if value is None or value < 0 or (token.printed and token.printed.broken):
        return Unread(token.text, "这一格不是能确认的数", token.place, field.code)
    return Figure(field.code, value, "printed", token.text, token.place)


def _possible(found: Found, field: Field) -> bool:
    """Money stands in a row of money, and counts in the others."""
    if not found.unit and field.unit == "万元":
        printed = found.token.printed
        return printed is None or bool(printed.unit) or printed.number < UNITLESS_MONEY
    return not found.unit or (found.unit in words()["money"]) == (field.unit == "万元")


def _derived(figures: dict[str, Figure]) -> dict[str, Figure]:
    """Empty cells for which the equations leave one value."""
    known = {code: each.value for code, each in figures.items() if isinstance(each.value, int)}
    rules = [rule for rule in equations(forms.STATISTICS, figures) if set(rule.codes) <= figures.keys()]
    solved: dict[str, int] = solve(known, rules)
    return {
        code: Figure(code, solved[code], "derived", each.raw, each.place)
        if each.status == "blank" and code in solved
        else each
        for code, each in figures.items()
    }


def _unknown(items: tuple[Item, ...], found: list[Found], placed: dict[int, int]) -> Iterator[Unread]:
    """Numbers between the rows of the table whose label is none of its rows."""
    known = {each.item for each in found}
    for at in range(min(placed), max(placed)):
        item = items[at]
        if at not in known and isinstance(item, Run) and any(token.printed for token in item.tokens):
            texts = [*(each.text for each in item.own), *(token.text for token in item.tokens)]
            yield Unread(" ".join(texts), "这一行数未能对应到统计表中的行", item.place)
