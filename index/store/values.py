"""How numbers, marks and places are written in the index: exactly, and in few bytes.

A figure's column holds a whole number (money: 分, a millionth of 万元), or the number as text where it is not whole.
NULL is a blank or absent cell; `marks` tells which, one character a field number: 'b' blank, 'd' derived.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from index.document import Place
from index.report import Figure, Number, Status

CENTS = 1_000_000
"""分 in a 万元."""
MONEY = "万元"
BLANK, DERIVED = "b", "d"
Stored = int | str | None
_CELL = re.compile(r'\[(\d+),(?:[^\[\]"]++|"(?:[^"\\]++|\\.)*+")*+\]')
"""A cell of the evidence: a list that begins with the field's number and holds no list. Most cells are not asked for,
and making objects of two hundred for one of them was half of the time of an answer over a group."""
_FEW = 8
"""Fields up to which each is looked for by itself, eight times as fast for one; with a backslash in the evidence
quotation marks are not so easily told apart."""


def to_stored(value: Number | None, unit: str) -> Stored:
    """`Decimal('7730.28')` 万元 → 7730280000; 30 件 → 30; what is not whole, or too big for SQLite, as text."""
    if value is None:
        return None
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"not a number: {value}")
    scaled = number * CENTS if unit == MONEY else number
    if scaled == scaled.to_integral_value() and abs(scaled) < 2**63:
        return int(scaled)
    return f"{number:f}"


def from_stored(stored: Stored, unit: str) -> Number | None:
    """The number as it was given, without trailing zeros."""
    if stored is None:
        return None
    if isinstance(stored, str):
        return int(stored) if unit != MONEY and stored.lstrip("-").isdecimal() else Decimal(stored)
    return money(stored) if unit == MONEY else stored


def money(cents: int) -> Decimal:
    """7730280000 分 → Decimal('7730.28') 万元."""
    whole, rest = divmod(cents, CENTS)
    return Decimal(whole) if not rest else Decimal(cents).scaleb(-6).normalize()


def marks_of(figures: Iterable[Figure], numbers: Mapping[str, int]) -> str | None:
    """None when every figure is simply printed, which is the usual case."""
    marks: dict[int, str] = {}
    for figure in figures:
        if figure.status != "printed":
            marks[numbers[figure.code]] = BLANK if figure.status == "blank" else DERIVED
    if not marks:
        return None
    return "".join(marks.get(number, " ") for number in range(1, max(marks) + 1))


def status_of(stored: Stored, mark: str) -> Status | None:
    """None when the field is absent."""
    if stored is not None:
        return "derived" if mark == DERIVED else "printed"
    return "blank" if mark == BLANK else None


def mark_at(marks: str | None, number: int) -> str:
    return marks[number - 1 : number] if marks else ""


def place_to_list(place: Place | None) -> list[Any]:
    """[page, line, table, row, column, sheet, left, top, right, bottom], without what is missing at the end."""
    if place is None:
        return []
    box = tuple(round(side, 2) for side in place.box) if place.box else ()
    parts = [place.page, place.line, place.table, place.row, place.column, place.sheet, *box]
    while parts and parts[-1] is None:
        parts.pop()
    return parts


def place_from_list(parts: list[Any]) -> Place | None:
    if not parts:
        return None
    missing: list[Any] = [None] * (6 - len(parts))
    page, line, table, row, column, sheet, *box = parts + missing
    area = (box[0], box[1], box[2], box[3]) if len(box) == 4 else None
    return Place(page, area, line, table, row, column, sheet)


def pack_evidence(figures: Iterable[Figure], numbers: Mapping[str, int]) -> bytes:
    """Of each cell what was printed and where; what was printed is left out where it is the number itself."""
    cells = [
        [numbers[each.code], None if each.raw == str(each.value) else each.raw, *place_to_list(each.place)]
        for each in figures
    ]
    return zlib.compress(json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack_evidence(packed: bytes, wanted: Collection[int]) -> dict[int, tuple[str | None, Place | None]]:
    """By field number, of the fields wanted: what was printed (None: the number itself) and where."""
    text = zlib.decompress(packed).decode()
    if len(wanted) <= _FEW and "\\" not in text:
        cells = [_cell_at(text, start) for number in wanted if (start := _outside(text, f"[{number},", 0)) >= 0]
    else:
        cells = [cell[0] for cell in _CELL.finditer(text) if int(cell[1]) in wanted]
    found = {}
    for cell in cells:
        number, raw, *place = json.loads(cell)
        found[number] = (raw, place_from_list(place))
    return found


def _cell_at(text: str, start: int) -> str:
    return text[start : _outside(text, "]", start) + 1]


def _outside(text: str, sought: str, start: int) -> int:
    """Where it stands from there on and not within quotation marks; -1 if nowhere."""
    at = text.find(sought, start)
    while at >= 0 and text.count('"', start, at) % 2:
        at = text.find(sought, at + 1)
    return at


def place_text(place: Place | None) -> str | None:
    """For a column of the index: '[2]' is page 2."""
    parts = place_to_list(place)
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")) if parts else None


def place_from_text(text: str | None) -> Place | None:
    return place_from_list(json.loads(text)) if text else None
