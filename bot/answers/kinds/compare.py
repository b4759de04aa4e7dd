"""Two or more results side by side: difference, ratio, who is more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.context import Context, figures_of, lacking, notes_of
from bot.answers.model import Answer, Note, Result
from bot.question.query import Query


def difference(query: Query, context: Context) -> Answer:
    """first − second, as an absolute value; of two rates in 百分点."""
    results, base = _results(query, context, "difference")
    if base is None:
        return lacking(query, results)
    if len(results) > 2:
        return _listed(base)
    first, second = results[0], results[1]
    assert first.value is not None
    assert second.value is not None
    value = float(first.value) - float(second.value) if first.unit == "%" else first.value - second.value  # type: ignore[operator]
    unit = "个百分点" if first.unit == "%" else first.unit
    facts = {"gap": value, "absolute": abs(value)}
    return _with(base, abs(value), unit, facts)


def ratio(query: Query, context: Context) -> Answer:
    """first ÷ second. A zero below the line has no answer."""
    results, base = _results(query, context, "ratio")
    if base is None:
        return lacking(query, results)
    if len(results) > 2:
        return _listed(base)
    first, second = results[0], results[1]
    assert first.value is not None
    if not second.value:
        return Answer("not_in_report", "ratio", query, tuple(results), verdict="zero")
    return _with(base, float(first.value) / float(second.value), "倍", {})


def more(query: Query, context: Context) -> Answer:
    """Both figures, the larger (or smaller, as asked) first."""
    results, base = _results(query, context, "more")
    if base is None:
        return lacking(query, results)
    good = [each for each in results if each.value is not None]
    ordered = sorted(good, key=lambda each: float(each.value or 0), reverse=query.order == "desc")
    tied = len({each.value for each in good}) == 1
    facts = {"tied": tied, "gap": abs(float(ordered[0].value or 0) - float(ordered[1].value or 0))}
    return Answer(
        "answer",
        "more",
        query,
        tuple(ordered),
        figures_of(ordered),
        notes=base.notes,
        warnings=base.warnings,
        facts=facts,
    )


def _results(query: Query, context: Context, kind: str) -> tuple[list[Result], Answer | None]:
    """At least two results with values, or no answer. 同一家 over two years: the years as asked."""
    agencies = query.agencies or (query.group.members if query.group else ())
    results, cells = context.results(agencies, query.years, query.items)
    results = _pair(query, results)
    if len(results) < 2 or any(each.value is None for each in results):
        return [each for each in results if each.value is None] or results, None
    notes = list(notes_of(query))
    if any(each.small for each in results):
        notes.append(Note("small", {}))
    base = Answer(
        "answer", kind, query, tuple(results), figures_of(results), notes=tuple(notes), warnings=cells.warnings(results)
    )
    return results, base


def _listed(base: Answer) -> Answer:
    """A difference or ratio is of two figures; of more, which two is not said: all are shown."""
    return replace(base, kind="figures", notes=(*base.notes, Note("only_two", {})))


def _pair(query: Query, results: Sequence[Result]) -> list[Result]:
    """The two sides in the order of the question; years the later first."""
    one = len({each.agency_id for each in results}) == 1 and len({each.item for each in results}) == 1
    if query.over == "years" and query.kind in ("difference", "ratio") and one:
        first_year = query.years[0]
        return (
            sorted(results, key=lambda each: (each.year != first_year, each.year))[:2]
            if len(query.years) == 2
            else _ends(results)
        )
    return list(results)


def _ends(results: Sequence[Result]) -> list[Result]:
    """From the first to the last of several years: the last, the first."""
    ordered = sorted(results, key=lambda each: each.year)
    return [ordered[-1], ordered[0]] if len(ordered) > 1 else list(ordered)


def _with(base: Answer, value: object, unit: str, facts: dict[str, object]) -> Answer:
    return replace(base, value=value, unit=unit, facts=facts)  # type: ignore[arg-type]
