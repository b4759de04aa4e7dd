"""Rankings, places in a ranking, and lists of those that fulfil conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.context import Context, figures_of, lacking, notes_of
from bot.answers.coverage import coverage_of, judged_rows
from bot.answers.many import MANY, leading, passing
from bot.answers.model import Answer, Coverage, Note, Result
from bot.question.query import Item, Query
from index.agencies import is_all_of, kin_label


def ranking(query: Query, context: Context) -> Answer:
    """From first to last as asked; equal values in the order of their names, ties at the cut shown."""
    results, counted, total, left_out = _pool(query, context)
    good = [each for each in results if each.value is not None]
    if not good:
        return lacking(query, results)
    shown = _cut(_sorted(good, query.order), query)
    facts = {"count": counted, "nth": query.nth, "top": query.top, "both": query.order == "both"}
    answer = Answer(
        "answer", "ranking", query, tuple(shown), figures_of(shown), notes=_notes(query, shown, left_out), facts=facts
    )
    warnings = context.results((), (), ())[1].warnings(shown)
    flagged = tuple(dict.fromkeys(each.agency for each in warnings if not each.beside))
    covered = coverage_of(query, results, flagged)
    if total > len(results):
        covered = Coverage(covered.label, counted, total, flagged=covered.flagged)
    return replace(answer, coverage=covered, warnings=warnings)


def _notes(query: Query, shown: Sequence[Result], left_out: int) -> tuple[Note, ...]:
    notes = list(notes_of(query))
    if any(each.small for each in shown):
        notes.append(Note("small_in_ranking", {}))
    if query.nth is None and query.top is not None and query.order != "both" and len(shown) > query.top:
        notes.append(Note("tie", {"count": len(shown)}))
    if left_out:
        notes.append(Note("tie_left_out", {"count": left_out}))
    return tuple(notes)


def _pool(query: Query, context: Context) -> tuple[list[Result], int, int, int]:
    """What is ranked, how many have a value, how many there are.

    Of very many only those that may be shown; and how many more are equal to the last of them.
    """
    if query.over == "years":
        results, _ = context.results(query.agencies[:1], query.years, query.items[:1])
    elif query.over == "items":
        results, _ = context.results(query.agencies[:1], query.years[:1], query.items)
    else:
        agencies, year = members(query), query.years[-1]
        if len(agencies) > MANY:
            first = leading(context.index, year, agencies, query)
            results, _ = context.results(first.agencies or agencies[:1], (year,), query.items[:1])
            return results, first.counted, len(agencies), first.left_out
        results, _ = context.results(agencies, (year,), query.items[:1])
    return results, sum(each.value is not None for each in results), len(results), 0


def members(query: Query) -> Sequence[int]:
    """The agencies a list runs over: those named, or the group."""
    if len(query.agencies) > 1:
        return query.agencies
    return query.group.members if query.group else query.agencies


def _sorted(results: Sequence[Result], order: str) -> list[Result]:
    named = sorted(results, key=lambda each: (each.agency, each.year))
    return sorted(named, key=lambda each: float(each.value or 0), reverse=order != "asc")


def _cut(ordered: list[Result], query: Query) -> list[Result]:
    if query.order == "both":
        width = min(query.top or 1, len(ordered))
        last = _sorted(ordered, "asc")[:width][::-1]
        return [*ordered[:width], *(each for each in last if each not in ordered[:width])]
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
    if query.topic and is_all_of(context.directory, agency, query.topic):
        said = {"name": context.name(agency), "word": query.topic, "likes": kin_label(context.directory, agency)}
        return Answer("clarify", "place", query, verdict="within", facts=said)
    others = query.group.members if query.group else context.directory.siblings(agency)
    pool = tuple(dict.fromkeys((*others, agency))) if query.over == "agencies" else (agency,)
    years = query.years[-1:] if query.over == "agencies" else context.agency(agency).years
    results, cells = context.results(pool, years, query.items[:1])
    good = _sorted([each for each in results if each.value is not None], query.order)
    own = next((each for each in good if (each.agency_id, each.year) == (agency, query.years[-1])), None)
    if own is None:
        return lacking(query, [each for each in results if each.agency_id == agency])
    better = [each for each in good if float(each.value or 0) > float(own.value or 0)]
    if query.order == "asc":
        better = [each for each in good if float(each.value or 0) < float(own.value or 0)]
    stands = len(better) + 1
    facts = {"place": stands, "count": len(good), "likes": kin_label(context.directory, agency)}
    answer = Answer(
        "answer", "place", query, (own,), figures_of([own]), stands, "名", facts=facts, notes=notes_of(query)
    )
    if query.claim == "within":
        wanted = stands == query.nth if query.nth else stands <= (query.top or 1)
        answer = replace(answer, value=int(wanted), unit="", verdict="yes" if wanted else "no")
    return replace(answer, coverage=coverage_of(query, results), warnings=cells.warnings([own]))


def threshold(query: Query, context: Context) -> Answer:
    """All agencies (or years) that fulfil the conditions, and nothing else."""
    items = list(dict.fromkeys(condition.item for condition in query.conditions))
    years = query.years if query.over == "years" else query.years[-1:]
    agencies = query.agencies[:1] if query.over == "years" else members(query)
    covered = None
    if len(agencies) > MANY:
        total = len(agencies)
        agencies, judged = passing(context.index, years[-1], agencies, query)
        covered = Coverage(query.group.label if query.group else "", judged, total)
    results, cells = context.results(agencies, years, items)
    rows = [results[start : start + len(items)] for start in range(0, len(results), len(items) or 1)]
    if not covered and not any(all(each.value is not None for each in row) for row in rows):
        return lacking(query, results)
    kept = [row for row in rows if _passes(query, items, row)]
    kept.sort(key=lambda row: (-float(row[0].value or 0), row[0].agency, row[0].year))
    shown = [each for row in kept for each in row if each.value is not None]
    found = Answer("answer", "threshold", query, tuple(shown), figures_of(shown), notes=notes_of(query))
    facts = {"count": len(kept), "width": len(items)}
    if query.topic == "count":
        found = replace(found, value=len(kept), unit="年" if query.over == "years" else "个")
    if query.topic == "any":
        found = replace(found, value=int(bool(kept)))
    whole = covered or coverage_of(query, judged_rows(results, len(items)))
    return replace(found, facts=facts, coverage=whole, warnings=cells.warnings(shown))


def _passes(query: Query, items: Sequence[Item], row: Sequence[Result]) -> bool:
    """`items` as asked: a result of the older form carries that form's own item."""
    values = {item: each.value for item, each in zip(items, row, strict=True)}
    judged = [
        (value := values[condition.item]) is not None and condition.holds(float(value))
        for condition in query.conditions
    ]
    return any(judged) if query.either else all(judged)
