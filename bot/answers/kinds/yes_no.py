"""Yes or no: is there any, is it more than, is it so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import cycle
from operator import ge, gt, le, lt

from bot.answers.context import Context, figures_of, lacking, notes_of
from bot.answers.coverage import coverage_of, judged_rows
from bot.answers.model import Answer, Result
from bot.question.query import Condition, Item, Query


def answer(query: Query, context: Context) -> Answer:
    """1 if the claim holds, else 0, with the figures that decide."""
    items = tuple(dict.fromkeys(condition.item for condition in query.conditions)) or query.items
    agencies = query.agencies or (query.group.members if query.group else ())
    if query.years_from == "span" and query.over == "years" and not query.claim.startswith("steady"):
        query = replace(query, years=(query.years[-1], query.years[0]))  # 2022到2024年增长了吗: the last and the first
    if query.claim.startswith("steady") and (gaps := query.skipped or _gaps(query.years)):
        return Answer("no_report", "yes_no", query, verdict="year", facts={"years": gaps, "agencies": agencies})
    results, cells = context.results(agencies, query.years, items)
    covered = None
    if query.group and not query.agencies:
        covered = coverage_of(query, judged_rows(results, len(items)))
        results = [each for each in results if each.problem != "no_report"] or results
    good = [each for each in results if each.value is not None]
    if not good or (len(good) < len(results) and not _settled(query, good)):
        return lacking(query, [each for each in results if each.value is None] or results)
    holds = _holds(query, items, good)
    if holds is None:
        return lacking(query, results)
    value, verdict = int(holds), "yes" if holds else "no"
    if query.claim == "unsure":  # 不是205件吧: which way it is meant is not certain, the figure is
        return Answer(
            "answer", "yes_no", query, tuple(good), figures_of(good), verdict="is" if holds else "is_not",
            notes=notes_of(query), warnings=cells.warnings(good),
        )  # fmt: skip
    return Answer(
        "answer", "yes_no", query, tuple(good), figures_of(good), value, "", verdict,
        notes=notes_of(query), warnings=cells.warnings(good), facts=_sums(query, good),
        coverage=covered,
    )  # fmt: skip


def _gaps(years: Sequence[int]) -> tuple[int, ...]:
    """一直在增长吗 needs every year between the first and the last."""
    return tuple(year for year in range(min(years), max(years)) if year not in years) if years else ()


def _sums(query: Query, results: Sequence[Result]) -> dict[str, float]:
    """What was held against the bounds: the gap, the change in percent, the ratio."""
    wanted = dict.fromkeys(condition.of for condition in query.conditions if condition.of != "value")
    if len(results) != 2:
        return {}
    found = {of: _measured(Condition(results[0].item, of=of), *results) for of in wanted}
    return {of: value for of, value in found.items() if value is not None}


def _settled(query: Query, good: list[Result]) -> bool:
    """Whether one figure decides, whatever those say that are not printed: one case is enough for 有没有."""
    return query.claim in ("exists", "none") and any(float(each.value or 0) > 0 for each in good)


def _holds(query: Query, items: Sequence[Item], results: list[Result]) -> bool | None:
    """`items` as asked, of which every report has one result each, in their order; None where nothing decides."""
    if query.claim == "exists":
        return any(float(each.value or 0) > 0 for each in results)
    if query.claim == "none":
        return all(float(each.value or 0) == 0 for each in results)
    if query.claim == "holds" and any(condition.of != "value" for condition in query.conditions):
        return _compared(query, results)
    if query.claim in ("holds", "unsure"):
        judged = [
            condition.holds(round(float(each.value or 0), 2))
            for condition in query.conditions
            for each, item in zip(results, cycle(items), strict=False)
            if item == condition.item
        ]
        return any(judged) if query.either else all(judged)
    if len(results) < 2 or query.claim.removeprefix("steady_") not in _TRUE:
        return None  # a claim inherited without its bound decides nothing
    if query.claim.startswith("steady"):
        ordered = [float(each.value or 0) for each in sorted(results, key=lambda each: each.year)]
        return all(map(_TRUE[query.claim.removeprefix("steady_")], ordered[1:], ordered))
    first, *others = (float(each.value or 0) for each in results)
    return all(_TRUE[query.claim](first, other) for other in others)


_TRUE: dict[str, Callable[[float, float], bool]] = {"more": gt, "less": lt, "not_more": le, "not_less": ge}


def _compared(query: Query, results: Sequence[Result]) -> bool | None:
    """Two figures against bounds on their gap, change or ratio; None where there are not just two, or no base."""
    if len(results) != 2:
        return None
    held = [_measured(condition, *results) for condition in query.conditions]
    if any(each is None for each in held):
        return None
    judged = [
        condition.holds(value) for condition, value in zip(query.conditions, held, strict=True) if value is not None
    ]
    return any(judged) if query.either else all(judged)


def _measured(condition: Condition, first: Result, second: Result) -> float | None:
    now, base = float(first.value or 0), float(second.value or 0)
    if condition.of != "gap" and not base:
        return None
    value = {"value": now, "gap": now - base, "change": (now - base) / (base or 1) * 100, "times": now / (base or 1)}[
        condition.of
    ]
    value = abs(value) if condition.either_way else -value if condition.falling else value
    return round(value, 4)
