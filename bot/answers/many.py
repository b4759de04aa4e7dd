"""Lists over very many agencies: compare bare values first, read cells only of those shown."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.cells import bottom_of, leaves, top_of, ways
from bot.question.query import Condition, Item, Query
from index.forms import fields
from index.store import Index

MANY = 300
"""From this many agencies on."""
SPARE = 30
"""How many more than asked are read, so that ties at the cut are seen."""

Row = dict[str, float | None]


def leading(index: Index, year: int, agencies: Sequence[int], query: Query) -> tuple[list[int], int]:
    """The agencies that come first, enough of them for ties at the cut; and how many have a value."""
    item = query.items[0]
    values = [
        (value, agency)
        for agency, row in _rows(index, [item], year, agencies)
        if (value := _value(item, row)) is not None
    ]
    rising = query.order == "asc"
    values.sort(key=lambda each: each[0] if rising else -each[0])
    wanted = (query.nth or query.top or 20) + SPARE
    chosen = values[:SPARE] + values[-SPARE:] if query.order == "both" else values[:wanted]
    return list(dict.fromkeys(agency for _, agency in chosen)), len(values)


def passing(index: Index, year: int, agencies: Sequence[int], query: Query) -> tuple[list[int], int]:
    """The agencies that fulfil the conditions, and how many could be judged."""
    judged = 0
    chosen: list[int] = []
    for agency, row in _rows(index, [each.item for each in query.conditions], year, agencies):
        values = [(condition, _value(condition.item, row)) for condition in query.conditions]
        judged += all(value is not None for _, value in values)
        holds = [_holds(condition, value) for condition, value in values]
        if any(holds) if query.either else all(holds):
            chosen.append(agency)
    return chosen, judged


def _holds(condition: Condition, value: float | None) -> bool:
    return value is not None and condition.holds(value)


def _rows(index: Index, items: Sequence[Item], year: int, agencies: Sequence[int]) -> list[tuple[int, Row]]:
    wanted = {leaf for item in items for code in (*top_of(item), *bottom_of(item)) for leaf in leaves(code)}
    codes = sorted(wanted & fields().keys())
    known = frozenset(agencies)
    found = []
    for row in index.values(year, codes):
        if row[0] in known:
            values = [None if value is None else float(value) for value in row[1:]]
            found.append((row[0], dict(zip(codes, values, strict=True))))
    return found


def _value(item: Item, row: Row) -> float | None:
    tops = [_number(code, row) for code in top_of(item)]
    bottoms = [_number(code, row) for code in bottom_of(item)]
    if any(each is None for each in (*tops, *bottoms)):
        return None
    top = sum(each for each in tops if each is not None)
    bottom = sum(each for each in bottoms if each is not None)
    if not bottoms:
        return top
    return top / bottom * 100 if bottom else None


def _number(code: str, row: Row) -> float | None:
    own = row.get(code)
    if own is not None:
        return float(own)
    for way in ways(code):
        parts = [_number(part, row) for part in way]
        if all(part is not None for part in parts):
            return sum(part for part in parts if part is not None)
    return None
