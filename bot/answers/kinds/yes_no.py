"""Yes or no: is there any, is it more than, is it so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from bot.answers.context import Context, figures_of, lacking, notes_of
from bot.answers.model import Answer, Result
from bot.question.query import Item, Query


def answer(query: Query, context: Context) -> Answer:
    """1 if the claim holds, else 0, with the figures that decide."""
    items = tuple(dict.fromkeys(condition.item for condition in query.conditions)) or query.items
    results, cells = context.results(query.agencies, query.years, items)
    good = [each for each in results if each.value is not None]
    if not good or (len(good) < len(results) and not _settled(query, good)):
        return lacking(query, [each for each in results if each.value is None] or results)
    holds = _holds(query, items, good)
    if holds is None:
        return lacking(query, results)
    return Answer(
        "answer", "yes_no", query, tuple(good), figures_of(good), int(holds), "", "yes" if holds else "no",
        notes=notes_of(query), warnings=cells.warnings(good),
    )  # fmt: skip


def _settled(query: Query, good: list[Result]) -> bool:
    """Whether one figure decides, whatever those say that are not printed: one case is enough for 有没有."""
    return query.claim in ("exists", "none") and any(float(each.value or 0) > 0 for each in good)


def _holds(query: Query, items: Sequence[Item], results: list[Result]) -> bool | None:
    """`items` as asked, of which every report has one result each, in their order; None where nothing decides."""
    if query.claim == "exists":
        return any(float(each.value or 0) > 0 for each in results)
    if query.claim == "none":
        return all(float(each.value or 0) == 0 for each in results)
    if query.claim == "holds":
        judged = [
            condition.holds(round(float(each.value or 0), 2))
            for condition in query.conditions
            for each, item in zip(results, cycle(items), strict=False)
            if item == condition.item
        ]
        return any(judged) if query.either else all(judged)
    if len(results) < 2:
        return None
    first, second = results[0], results[1]
    larger = float(first.value or 0) > float(second.value or 0)
    return larger if query.claim == "more" else float(first.value or 0) < float(second.value or 0)
