"""Placed values → figures in the field's unit, with status, what is printed, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index import forms
from index.document import Place
from index.reading.belief import SURE
from index.reading.columns import Placed
from index.reading.likeness import own_likenesses
from index.reading.overflow import adds_up
from index.reading.script import plain, simplified
from index.reading.stream import Token
from index.reading.values import Printed, in_unit, may_print
from index.report import Figure, Number, Unread

HEAD_UNIT = re.compile(r"(?:单位[:：]?(?:人民币)?|[(（])(亿元|万元|元)")
UNITLESS_MONEY = 10_000
"""Money without any unit, whole and at least this much, may be 元: nobody can say."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The figures of the tables, and what could not be read."""

    figures: Mapping[str, Figure]
    unread: tuple[Unread, ...]


def figures_of(placed: Iterable[Placed], derived: Mapping[str, int]) -> Reading:
    """All figures, in the form's order."""
    figures: dict[str, Figure] = {}
    unread: list[Unread] = []
    for row in placed:
        if row.loose:
            unread.append(_loose(row))
            continue
        for code in row.codes:
            token = row.cells.get(code)
            found = _figure(code, token, row) if token else None
            open_cell = found is None or (isinstance(found, Figure) and found.value is None)
            if isinstance(found, Unread) and code in derived:
                open_cell = may_print(found.text, derived[code])
            if code in derived and open_cell:
                place = token.place if token else row.row.run.place
                raw = token.text if token else ""
                figures[code] = Figure(code, derived[code], "derived", raw, place)
            elif isinstance(found, Unread):
                unread.append(found)
            elif found is not None:
                figures[code] = found
    order = {code: at for at, code in enumerate(forms.fields())}
    listed = sorted(figures, key=lambda code: order.get(code, len(order)))
    return Reading({code: figures[code] for code in listed}, tuple(unread))


def _loose(row: Placed) -> Unread:
    printed = " ".join(token.text or "空" for token in row.loose)
    why = f"“{_label(row)}”一行有 {len(row.loose)} 个数，应有 {len(row.codes)} 个，无法确定各是哪一列"
    return Unread(printed, why, row.loose[0].place, row.row.line.code)


def _label(row: Placed) -> str:
    names = {each.code: each.label for edition in forms.editions() for each in edition.rows}
    return names.get(row.row.line.code, "行政复议、行政诉讼")


def _figure(code: str, token: Token, row: Placed) -> Figure | Unread:
    if token.empty:
        return Figure(code, None, "blank", "", token.place)
    if token.printed is None:
        return Unread(token.text, "这一格不是能确认的数", token.place, code)
    value = _value(code, token.printed, row)
    if value is None:
        return Unread(token.text, "这一格的数或单位无法确认", token.place, code)
    return Figure(code, value, "derived" if code in row.inferred else "printed", token.text, token.place)


def _value(code: str, printed: Printed, row: Placed) -> Number | None:
    field = forms.field(code)
    head_unit = _head_unit(row) if field.unit == "万元" else ""
    value = in_unit(printed, field.unit, head_unit)
    if value is None or (value < 0 and field.column.code != "change"):
        return None
    if printed.broken and not (adds_up(row.cells) if _has_totals(row) else _sure_of_row(row)):
        return None
    if field.unit == "万元" and not (printed.unit or head_unit):
        whole = printed.number == int(printed.number)
        return None if whole and printed.number >= UNITLESS_MONEY else value
    return value


def _head_unit(row: Placed) -> str:
    """The unit of money printed nearest above the row, or in its own label."""
    for fragment in reversed((*row.head.fragments, *row.row.run.own)):
        found = HEAD_UNIT.search(simplified(plain(fragment.text)))
        if found:
            return found[1]
    return ""


def _has_totals(row: Placed) -> bool:
    return any(code.endswith(".total") for code in row.cells)


def _sure_of_row(row: Placed) -> bool:
    """Whether the row is one row for certain, so that digits on two lines of a cell are one number."""
    keys = tuple(each.key for each in row.row.run.own if each.key)
    likes = sorted(own_likenesses(keys), reverse=True) if keys and row.row.run.exact else [0.0]
    return likes[0] >= SURE and likes[1] < likes[0]


def place_of(row: Placed) -> Place:
    """Where a row is printed."""
    return row.row.run.place
