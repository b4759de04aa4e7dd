"""Rankings, places in a ranking, and lists of those that fulfil conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.context import Context, figures_of, lacking, notes_of
from bot.answers.coverage import coverage_of
from bot.answers.model import Answer, Note, Result
from bot.question.query import Query

MANY = 300
"""From this many agencies on, only the values are read first and the cells of those shown later."""


def ranking(query: Query, context: Context) -> Answer:
    """From first to last as asked; equal values in the order of their names, ties at the cut shown."""
    results, pool = _pool(query, context)
    good = [each for each in results if each.value is not None]
    if not good:
        return lacking(query, results)
    ordered = _sorted(good, query.order)
    shown = _cut(ordered, query)
    facts = {"count": len(good), "nth": query.nth, "top": query.top, "both": query.order == "both"}
    notes = list(notes_of(query))
    if any(each.small for each in shown):
        notes.append(Note("small_in_ranking", {}))
    tied = query.nth is None and query.top is not None and len(shown) > query.top
    if tied:
        notes.append(Note("tie", {"count": len(shown)}))
    answer = Answer("answer", "ranking", query, tuple(shown), figures_of(shown), notes=tuple(notes), facts=facts)
    warnings = context.results((), (), ())[1].warnings(shown)
    flagged = tuple(dict.fromkeys(each.agency for each in warnings))
    return replace(answer, coverage=coverage_of(_of_group(query, pool), results, context, flagged), warnings=warnings)


def _of_group(query: Query, pool: Sequence[int]) -> Query:
    return replace(query, agencies=tuple(query.agencies)) if query.agencies else query


def _pool(query: Query, context: Context) -> tuple[list[Result], Sequence[int]]:
    """Everything that is ranked."""
    if query.over == "years":
        results, _ = context.results(query.agencies[:1], query.years, query.items[:1])
        return results, query.agencies
    if query.over == "items":
        results, _ = context.results(query.agencies[:1], query.years[:1], query.items)
        return results, query.agencies
    agencies = _members(query, context)
    year = query.years[-1]
    if len(agencies) > MANY:
        return _many(query, context, agencies, year), agencies
    results, _ = context.results(agencies, (year,), query.items[:1])
    return results, agencies


def _members(query: Query, context: Context) -> Sequence[int]:
    if len(query.agencies) > 1:
        return query.agencies
    return query.group.members if query.group else query.agencies


def _many(query: Query, context: Context, agencies: Sequence[int], year: int) -> list[Result]:
    """Only those that may be shown: the values of all are compared first, without their evidence."""
    from bot.answers.many import leading

    chosen = leading(context.index, query.items[0], year, agencies, query)
    results, _ = context.results(chosen, (year,), query.items[:1])
    return results


def _sorted(results: Sequence[Result], order: str) -> list[Result]:
    named = sorted(results, key=lambda each: (each.agency, each.year))
    return sorted(named, key=lambda each: float(each.value or 0), reverse=order != "asc")


def _cut(ordered: list[Result], query: Query) -> list[Result]:
    if query.order == "both":
        last = _sorted(ordered, "asc")[0]
        return [ordered[0], last] if last is not ordered[0] else ordered[:1]
    if query.nth is not None:
        return (
            [each for each in ordered if each.value == ordered[query.nth - 1].value]
            if query.nth <= len(ordered)
            else ordered[-1:]
        )
    if query.top is None or query.top >= len(ordered):
        return ordered
    edge = ordered[query.top - 1].value
    return [each for number, each in enumerate(ordered) if number < query.top or each.value == edge]


def place(query: Query, context: Context) -> Answer:
    """Which place an agency takes in its group; without one among its like under the same parent."""
    if not query.agencies:
        return Answer("clarify", "place", query, verdict="agency")
    agency = query.agencies[0]
    others = query.group.members if query.group else context.directory.siblings(agency)
    pool = tuple(dict.fromkeys((*others, agency)))
    results, cells = context.results(pool, query.years[-1:], query.items[:1])
    good = _sorted([each for each in results if each.value is not None], query.order)
    own = next((each for each in good if each.agency_id == agency), None)
    if own is None:
        return lacking(query, [each for each in results if each.agency_id == agency])
    better = [each for each in good if float(each.value or 0) > float(own.value or 0)]
    if query.order == "asc":
        better = [each for each in good if float(each.value or 0) < float(own.value or 0)]
    facts = {"place": len(better) + 1, "count": len(good)}
    answer = Answer(
        "answer", "place", query, (own,), figures_of([own]), len(better) + 1, "名", facts=facts, notes=notes_of(query)
    )
    return replace(answer, coverage=coverage_of(query, results, context), warnings=cells.warnings([own]))


def threshold(query: Query, context: Context) -> Answer:
    """All agencies (or years) that fulfil the conditions, and nothing else."""
    items = [condition.item for condition in query.conditions]
    years = query.years if query.over == "years" else query.years[-1:]
    agencies = query.agencies[:1] if query.over == "years" else _members(query, context)
    results, cells = context.results(agencies, years, items)
    rows = [results[start : start + len(items)] for start in range(0, len(results), len(items))]
    passing = [row for row in rows if _passes(query, row)]
    judged = [row for row in rows if all(each.value is not None for each in row)]
    if not judged:
        return lacking(query, results)
    passing.sort(key=lambda row: (-float(row[0].value or 0), row[0].agency, row[0].year))
    shown = [each for row in passing for each in row if each.value is not None]
    covered = coverage_of(
        query,
        [row[0] if all(e.value is not None for e in row) else next(e for e in row if e.value is None) for row in rows],
        context,
    )
    answer = Answer(
        "answer",
        "threshold",
        query,
        tuple(shown),
        figures_of(shown),
        notes=notes_of(query),
        facts={"count": len(passing)},
    )
    return replace(answer, coverage=covered, warnings=cells.warnings(shown))


def _passes(query: Query, row: Sequence[Result]) -> bool:
    judged = [
        each.value is not None and condition.holds(float(each.value))
        for condition, each in zip(query.conditions, row, strict=True)
    ]
    return any(judged) if query.either else all(judged)
