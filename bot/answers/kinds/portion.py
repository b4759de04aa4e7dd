"""Which part of a group's figure is one agency's: 甲局的申请占各部门的多少."""

from __future__ import annotations

from decimal import Decimal

from bot.answers.context import Context, figures_of, lacking, notes_of
from bot.answers.coverage import coverage_of
from bot.answers.model import Answer
from bot.question.query import Query


def answer(query: Query, context: Context) -> Answer:
    """Its own figure ÷ the sum over the group, in percent; a rate is no part of a sum."""
    own_id = query.agencies[0]
    members = query.group.members if query.group else ()
    results, cells = context.results(tuple(dict.fromkeys((own_id, *members))), query.years[-1:], query.items[:1])
    own, good = results[0], [each for each in results if each.value is not None]
    if own.value is None or own_id not in members:
        return lacking(query, [own])
    if own.unit == "%":
        return Answer("not_in_report", "portion", query, (own,), verdict="unlike")
    whole = sum(Decimal(str(each.value)) for each in good)
    if not whole:
        return Answer("not_in_report", "portion", query, (own,), verdict="unlike")
    shown = (own, *(each for each in good if each is not own))
    total = int(whole) if whole == int(whole) else whole
    return Answer(
        "answer", "portion", query, shown, figures_of(good), float(Decimal(str(own.value)) / whole * 100), "%",
        facts={"total": total, "count": len(good)}, coverage=coverage_of(query, results),
        notes=notes_of(query), warnings=cells.warnings(good),
    )  # fmt: skip
