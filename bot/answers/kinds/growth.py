"""How much a figure changed from one year to another, agency by agency or year by year: ranked, or those that fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.answers.context import Context, figures_of, lacking, notes_of
from bot.answers.coverage import missing_of, named
from bot.answers.kinds.lists import members
from bot.answers.many import values
from bot.answers.model import Answer, Coverage, Note, Result
from bot.question.query import Item, Query
from index.report import Number

FEW = 50
"""Agencies of whom it is said why they have no value."""


class Change(NamedTuple):
    """Two figures of one agency; `size` is what is ranked: the percentage, or the number."""

    agency: int
    earlier: int
    later: int
    size: float


def answer(query: Query, context: Context) -> Answer:
    """Both figures of each, the later one first. From zero there is no percentage: a note names such agencies."""
    pairs = list(_pairs(query, context))
    measured = [change for change in pairs if isinstance(change, Change)]
    if not pairs:
        return lacking(query, context.results(members(query)[:FEW], query.years, query.items[:1])[0])
    kept = _kept(query, measured, context)
    results, cells = [], None
    for change in kept:
        found, cells = context.results((change.agency,), (change.later, change.earlier), query.items[:1])
        results += found
    if query.topic == "total" and query.over == "agencies":
        return _total(query, context, measured)
    facts = {"count": len(kept), "agency": context.name(query.agencies[0]) if query.agencies else ""}
    return Answer(
        "answer", "growth", query, tuple(results), figures_of(results),
        facts=facts, coverage=_coverage(query, pairs, context),
        notes=(*_from_zero(pairs, context), *notes_of(query)),
        warnings=cells.warnings(results) if cells else (),
    )  # fmt: skip


def _pairs(query: Query, context: Context) -> Iterator[Change | int]:
    """A change, or the agency alone where the earlier figure is zero and a percentage is asked for."""
    item = query.items[0]
    if query.over == "years":
        (agency,) = query.agencies[:1]
        found = {year: dict(_values(context, item, year, (agency,))).get(agency) for year in query.years}
        steps = [(agency, year - 1, year, found.get(year - 1), found[year]) for year in query.years]
    else:
        earlier, later = min(query.years), max(query.years)
        asked = members(query)
        before, now = (dict(_values(context, item, year, asked)) for year in (earlier, later))
        steps = [(agency, earlier, later, before.get(agency), now.get(agency)) for agency in asked]
    for agency, earlier, later, then, value in steps:
        if then is None or value is None:
            continue
        if by_percent(query):
            yield Change(agency, earlier, later, (value - then) / then * 100) if then else agency
        else:
            yield Change(agency, earlier, later, value - then)


def by_percent(query: Query) -> bool:
    """Rates change by 百分点, whatever is asked."""
    return query.claim == "percent" and query.items[0].kind == "field"


def _values(context: Context, item: Item, year: int, agencies: Sequence[int]) -> list[tuple[int, float]]:
    return [(agency, value) for value, agency in values(context.index, item, year, agencies)]


def _total(query: Query, context: Context, changes: Sequence[Change]) -> Answer:
    """All agencies with both figures taken together; the change of their sums is the value."""
    agencies = [each.agency for each in changes]
    earlier, later = min(query.years), max(query.years)
    results, cells = context.results(agencies, (later, earlier), query.items[:1])
    if results[0].unit == "%":
        return Answer("not_in_report", "growth", query, tuple(results), verdict="unlike")
    now, then = (_sum(results, year) for year in (later, earlier))
    percent = query.claim == "percent" and bool(then)
    value = float(now - then) / float(then) * 100 if percent else now - then
    return Answer(
        "answer", "growth", query, tuple(results), figures_of(results), value, "%" if percent else results[0].unit,
        facts={"count": len(agencies), "now": now, "then": then}, coverage=_coverage(query, agencies, context),
        notes=notes_of(query), warnings=cells.warnings(results),
    )  # fmt: skip


def _sum(results: Sequence[Result], year: int) -> Number:
    found = [Decimal(str(each.value)) for each in results if each.year == year and each.value is not None]
    whole = sum(found, Decimal(0))
    return int(whole) if whole == int(whole) else whole


def _kept(query: Query, changes: Sequence[Change], context: Context) -> list[Change]:
    """Those that fulfil the conditions; else the first of the ranking, of 增长最快的 only such as grew."""
    down = query.order == "asc"
    ordered = sorted(changes, key=lambda each: (each.size if down else -each.size, context.name(each.agency)))
    if query.conditions:
        judge = any if query.either else all
        return [each for each in ordered if judge(one.holds(round(each.size, 6)) for one in query.conditions)]
    if (query.top or query.nth) and query.topic != "ends":
        ordered = [each for each in ordered if (each.size < 0 if down else each.size > 0)]
    place = query.nth or query.top
    if not place or place > len(ordered):
        return [] if query.nth else ordered
    edge = ordered[place - 1].size
    if query.nth:
        return [each for each in ordered if each.size == edge]
    return [each for number, each in enumerate(ordered) if number < place or each.size == edge]


def _coverage(query: Query, pairs: Sequence[Change | int], context: Context) -> Coverage | None:
    if query.over == "years":
        return None
    asked = members(query)
    seen = {each.agency if isinstance(each, Change) else each for each in pairs}
    years = {min(query.years), max(query.years)}
    rest = [context.agency(each) for each in asked if each not in seen]
    group = query.group if not query.agencies else None
    unloaded = group.missing if group else ()
    return Coverage(
        group.label if group else "", len(seen), len(asked) + len(unloaded), named(unloaded),
        missing_of([(year, each.name) for each in rest for year in years - set(each.years)]),
        named(each.name for each in rest if years <= set(each.years)),
    )  # fmt: skip


def _from_zero(pairs: Sequence[Change | int], context: Context) -> tuple[Note, ...]:
    """A percentage counted from zero is none."""
    names = named(context.name(each) for each in pairs if not isinstance(each, Change))
    key = "growth_from_zero" if names.count == len(names.shown) else "growth_from_zero_many"
    return (Note(key, {"names": "、".join(names.shown), "count": names.count}),) if names.count else ()
