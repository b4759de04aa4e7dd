"""Sums and averages over agencies, years or items, and bounds on them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.answers.context import Context, figures_of, lacking, notes_of
from bot.answers.coverage import coverage_of
from bot.answers.model import Answer, Note
from bot.question.query import Query
from index.report import Number


def answer(query: Query, context: Context) -> Answer:
    """The sum, or the mean, of all results with a value; the others are named in the coverage line."""
    agencies = query.agencies or (query.group.members if query.group else ())
    results, cells = context.results(agencies, query.years, query.items)
    good = [each for each in results if each.value is not None]
    if not good or (query.conditions and query.agencies and len(good) < len(results)):
        return lacking(query, [each for each in results if each.value is None])
    if len({each.unit for each in good}) > 1 or (query.kind == "sum" and good[0].unit == "%"):
        return Answer("not_in_report", query.kind, query, tuple(results), verdict="unlike")
    total: Number | float = sum(Decimal(str(each.value)) for each in good)
    if good[0].unit == "%":
        total = float(total)
    elif total == int(total):
        total = int(total)
    value = total if query.kind == "sum" else float(total) / len(good)
    notes = list(notes_of(query))
    if query.kind == "average" and good[0].unit == "%":
        notes.append(Note("mean_of_rates", {}))
    base = Answer(
        "answer",
        query.kind,
        query,
        tuple(good),
        figures_of(good),
        value,
        good[0].unit,
        facts={"total": total, "count": len(good)},
    )
    covered = coverage_of(query, results)
    found = replace(base, coverage=covered, notes=tuple(notes), warnings=cells.warnings(good))
    return _claimed(found) if query.conditions else found


def _claimed(found: Answer) -> Answer:
    """两个区加起来超过200件吗: whether the sum, or the mean, is within the bounds."""
    query, value = found.query, found.value
    assert query is not None
    assert value is not None
    judged = [condition.holds(round(float(value), 4)) for condition in query.conditions]
    holds = any(judged) if query.either else all(judged)
    facts = {**found.facts, "value": value, "unit": found.unit}
    return replace(found, value=int(holds), unit="", verdict="yes" if holds else "no", facts=facts)
