"""Rankings over very many agencies: compare bare values first, read cells only of those shown."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.cells import bottom_of, leaves, top_of, ways
from index.forms import fields
from bot.question.query import Item, Query
from index.store import Index

SPARE = 30
"""How many more than asked are read, so that ties at the cut are seen."""


def leading(index: Index, item: Item, year: int, agencies: Sequence[int], query: Query) -> list[int]:
    """The agencies that come first, enough of them for ties at the cut."""
    wanted = (query.nth or query.top or 20) + SPARE
    codes = sorted({leaf for code in (*top_of(item), *bottom_of(item)) for leaf in leaves(code) if leaf in fields()})
    known = frozenset(agencies)
    values: list[tuple[float, int]] = []
    for row in index.values(year, codes):
        if row[0] not in known:
            continue
        value = _value(item, dict(zip(codes, row[1:], strict=True)))
        if value is not None:
            values.append((value, row[0]))
    rising = query.order == "asc"
    values.sort(key=lambda each: each[0] if rising else -each[0])
    chosen = values[:wanted]
    if query.order == "both":
        chosen = values[:SPARE] + values[-SPARE:]
    return [agency for _, agency in chosen]


def _value(item: Item, row: dict[str, float | None]) -> float | None:
    tops = [_number(code, row) for code in top_of(item)]
    bottoms = [_number(code, row) for code in bottom_of(item)]
    if any(each is None for each in (*tops, *bottoms)):
        return None
    top = sum(each for each in tops if each is not None)
    bottom = sum(each for each in bottoms if each is not None)
    if not bottoms:
        return top
    return top / bottom if bottom else None


def _number(code: str, row: dict[str, float | None]) -> float | None:
    own = row.get(code)
    if own is not None:
        return float(own)
    for way in ways(code):
        parts = [_number(part, row) for part in way]
        if all(part is not None for part in parts):
            return sum(part for part in parts if part is not None)
    return None
