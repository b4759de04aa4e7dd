"""同比: the change from the year before, in percent."""

from __future__ import annotations

from bot.answers.context import Context, figures_of, lacking, notes_of
from bot.answers.model import Answer
from bot.question.query import Query


def answer(query: Query, context: Context) -> Answer:
    """(later − earlier) / earlier, or of two agencies; of a rate in 百分点. From zero there is no percentage."""
    years = sorted(query.years)
    later, earlier = years[-1], years[0]
    agency = query.agencies[0] if query.agencies else None
    if agency is None:
        return Answer("clarify", "yoy", query, verdict="agency")
    sides = len(query.agencies) == 2
    agencies, when = (query.agencies, (later,)) if sides else ((agency,), (later, earlier))
    results, cells = context.results(agencies, when, query.items[:1])
    if len(results) != 2:
        return Answer("clarify", "yoy", query, verdict="agency")
    if any(each.value is None for each in results):
        return lacking(query, [each for each in results if each.value is None])
    now, then = results
    assert now.value is not None
    assert then.value is not None
    base = Answer(
        "answer",
        "yoy",
        query,
        tuple(results),
        figures_of(results),
        notes=notes_of(query),
        warnings=cells.warnings(results),
    )
    gap = float(now.value) - float(then.value)
    from dataclasses import replace

    if now.unit == "%":
        return replace(base, value=gap, unit="个百分点", verdict="points", facts={"gap": gap})
    if not then.value:
        return replace(base, outcome="not_in_report", figures=(), verdict="from_zero", facts={"gap": gap})
    return replace(base, value=gap / float(then.value) * 100, unit="%", facts={"gap": gap})
