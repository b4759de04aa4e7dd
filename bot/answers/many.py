"""Lists over very many agencies: compare bare values first, read cells only of those shown."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from bot.answers.cells import bottom_of, leaves, top_of, ways
from bot.question import form
from bot.question.query import Item, Query
from index.forms import all_fields
from index.store import Index

MANY = 300
"""From this many agencies on."""
SPARE = 30
"""How many more than asked are read where they are equal to the last."""
LISTED = 50
"""How many are read of a ranking that does not say how many it wants."""

Row = dict[str, float | None]


class Leading(NamedTuple):
    """The first of very many agencies."""

    agencies: list[int]
    counted: int
    """How many have a value."""
    left_out: int = 0
    """How many more are equal to the last one."""


def leading(index: Index, year: int, agencies: Sequence[int], query: Query) -> Leading:
    """The agencies that come first, with those equal to the last; of many equals the first in the order given."""
    found = values(index, query.items[0], year, agencies)
    if query.order == "both":
        ends = [*heapq.nlargest(SPARE, found), *heapq.nsmallest(SPARE, found)]
        return Leading(list(dict.fromkeys(agency for _, agency in ends)), len(found))
    wanted = query.nth or query.top
    pick = heapq.nsmallest if query.order == "asc" else heapq.nlargest
    best = pick(wanted or LISTED, [value for value, _ in found])
    if not best:
        return Leading([], 0)
    edge = best[-1]
    within = [each for each in found if (each[0] <= edge if query.order == "asc" else each[0] >= edge)]
    before = [agency for value, agency in within if value != edge]
    equal = {agency for value, agency in within if value == edge}
    room = len(best) - len(before) + (SPARE if wanted else 0)
    kept = [agency for agency in agencies if agency in equal][:room] if len(equal) > room else list(equal)
    return Leading([*before, *kept], len(found), len(equal) - len(kept) if wanted else 0)


def passing(index: Index, year: int, agencies: Sequence[int], query: Query) -> tuple[list[int], int]:
    """The agencies that fulfil the conditions, and how many could be judged."""
    items = dict.fromkeys(condition.item for condition in query.conditions)
    known = {item: values(index, item, year, agencies) for item in items}
    judged = set.intersection(*({agency for _, agency in values} for values in known.values()))
    fitting = [
        {agency for value, agency in known[condition.item] if condition.holds(value)} for condition in query.conditions
    ]
    chosen = set.union(*fitting) if query.either else set.intersection(*fitting)
    return [agency for agency in agencies if agency in chosen], len(judged)


def values(index: Index, item: Item, year: int, agencies: Sequence[int]) -> list[tuple[float, int]]:
    """(value, agency) of every agency that has one. Where all sums are printed, or all of their parts, is quick."""
    top = [each for code in top_of(item) for each in _printed(code)]
    bottom = [each for code in bottom_of(item) for each in _printed(code)]
    codes = list(dict.fromkeys((*top, *bottom)))
    members = frozenset(agencies)
    rows = [row for row in index.values(year, codes) if row[0] in members]
    partial = [row[0] for row in rows if None in row]
    if len(top) == 1 and not bottom:
        found = [(float(value), agency) for agency, value in rows if value is not None]
    else:
        found = _computed(rows, codes, top, bottom)
    for agency, row in _rows(index, item, year, partial) if partial else ():
        value = _value(item, row)
        value = _older(item, row) if value is None else value
        if value is not None:
            found.append((value, agency))
    return found


def _computed(
    rows: Sequence[tuple[Any, ...]], codes: Sequence[str], top: Sequence[str], bottom: Sequence[str]
) -> list[tuple[float, int]]:
    """The sums and rates of the rows that have all cells."""
    quick = _quotient([codes.index(each) + 1 for each in top], [codes.index(each) + 1 for each in bottom])
    return [(value, row[0]) for row in rows if None not in row and (value := quick(row)) is not None]


def _printed(code: str) -> Sequence[str]:
    """The field itself, or the fields that a sum without a cell of its own is made of."""
    if code in all_fields():
        return (code,)
    return [field for part in ways(code)[0] for field in _printed(part)]


def _quotient(top: Sequence[int], bottom: Sequence[int]) -> Callable[[tuple[Any, ...]], float | None]:
    """What computes a value from a row that has all cells; None where it would divide by nothing."""
    if not bottom:
        return lambda row: float(sum(row[at] for at in top))

    def rate(row: tuple[Any, ...]) -> float | None:
        below = float(sum(row[at] for at in bottom))
        return float(sum(row[at] for at in top)) / below * 100 if below else None

    return rate


def _rows(index: Index, item: Item, year: int, agencies: Sequence[int]) -> list[tuple[int, Row]]:
    wanted = {leaf for code in (*top_of(item), *bottom_of(item)) for leaf in leaves(code)}
    wanted |= set(_older_codes(item))
    codes = sorted(wanted & all_fields().keys())
    found = []
    for agency, *cells in index.values(year, codes, agencies):
        values = [None if value is None else float(value) for value in cells]
        found.append((agency, dict(zip(codes, values, strict=True))))
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


def _older_codes(item: Item) -> tuple[str, ...]:
    return form.older(item.code) if item.kind == "field" else ()


def _older(item: Item, row: Row) -> float | None:
    """The same thing in the statistics table, where that table says it in one way."""
    printed = {value for code in _older_codes(item) if (value := row.get(code)) is not None}
    return printed.pop() if len(printed) == 1 else None


def _number(code: str, row: Row) -> float | None:
    own = row.get(code)
    if own is not None:
        return float(own)
    for way in ways(code):
        parts = [_number(part, row) for part in way]
        if all(part is not None for part in parts):
            return sum(part for part in parts if part is not None)
    return None
