"""A list of changes: +107 件（343 → 450，+31.2%）."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.answers.kinds.growth import by_percent
from bot.answers.model import Answer, Result
from bot.question.form import unit_of
from bot.question.query import Condition, Query
from bot.render.heading import joined
from bot.render.words import bound_text, item_name, number_text, say


def growth_lines(answer: Answer) -> list[str]:
    """Head and rows; every row with both figures, the change and its percentage."""
    query = answer.query
    assert query is not None
    pairs = list(zip(answer.results[::2], answer.results[1::2], strict=True))
    over_years = query.over == "years"
    values = {
        "label": query.group.label if query.group and not query.agencies else joined([now.agency for now, _ in pairs]),
        "agency": answer.facts.get("agency", ""), "year": max(query.years), "earlier": min(query.years),
        "item": item_name(query.items[0]), "what": _what(query, len(pairs)),
    }  # fmt: skip
    if not pairs:
        values["what"] = _sought(query)
        return [say("growth.none_years" if over_years else "growth.none", **values)]
    if answer.value is not None:
        return _total(answer, pairs, values)
    head = say("growth.head_years" if over_years else "growth.head", **values)
    key = "growth.listed" if query.conditions else "growth.row"
    rows = [
        say(key, place=place, name=_name(now, then, over_years), **_row(query, now, then))
        for place, (now, then) in zip(_places(query, pairs), pairs, strict=True)
    ]
    return [head, *rows]


def _total(answer: Answer, pairs: list[tuple[Result, Result]], values: dict[str, Any]) -> list[str]:
    query, unit = answer.query, pairs[0][0].unit
    assert query is not None
    sides = {"then": number_text(answer.facts["then"], unit), "now": number_text(answer.facts["now"], unit)}
    rows = [say("growth.listed", name=now.agency, **_row(query, now, then)) for now, then in pairs]
    sign = "+" if answer.value and answer.value > 0 else ""
    large = sign + number_text(answer.value, answer.unit)
    return [say("growth.total", **values), large, say("growth.sums", count=len(pairs), **sides), *rows]


def _name(now: Result, then: Result, over_years: bool) -> str:
    return say("growth.step", year=now.year, earlier=then.year) if over_years else now.agency


def _row(query: Query, now: Result, then: Result) -> dict[str, str]:
    number, percent = _amount(now, then), _percent(now, then)
    first, second = (percent, number) if by_percent(query) else (number, percent)
    shown = {"then": number_text(then.value, then.unit), "now": number_text(now.value, now.unit)}
    return {**shown, "change": first, "other": f"，{second}" if second else ""}


def _amount(now: Result, then: Result) -> str:
    rate = now.unit == "%"
    gap = float(now.value or 0) - float(then.value or 0) if rate else now.value - then.value  # type: ignore[operator]
    return _sign(gap) + number_text(gap, "个百分点" if rate else now.unit)


def _percent(now: Result, then: Result) -> str:
    if not then.value or now.unit == "%":
        return ""
    change = (float(now.value or 0) - float(then.value)) / float(then.value) * 100
    return _sign(change) + number_text(change, "%")


def _sign(value: object) -> str:
    return "+" if float(value) > 0 else ""  # type: ignore[arg-type]


def _places(query: Query, pairs: list[tuple[Result, Result]]) -> list[int]:
    """Equal changes share a place."""
    texts = [_row(query, now, then)["change"] for now, then in pairs]
    return [(query.nth or 1) + texts.index(text) for text in texts]


def _what(query: Query, count: int) -> str:
    """How the list is ordered, or what all in it fulfil."""
    if query.conditions:
        return say("growth.fitting", what=_sought(query), count=count)
    return say(f"growth.{'percent' if by_percent(query) else 'number'}_{query.order}")


def _sought(query: Query) -> str:
    if not query.conditions:
        return say("growth.down" if query.order == "asc" else "growth.up")
    joint = say("threshold.or" if query.either else "threshold.and")
    return joint.join(_bound(query, each) for each in query.conditions)


def _bound(query: Query, condition: Condition) -> str:
    if condition.low is None and condition.high == 0:
        return say("growth.down" if condition.high_open else "growth.not_up")
    if condition.high is None and condition.low == 0:
        return say("growth.up" if condition.low_open else "growth.not_down")
    unit = "%" if by_percent(query) else "个百分点" if query.items[0].kind != "field" else unit_of(query.items[0].code)
    if condition.high is not None and condition.high <= 0:
        return bound_text(_turned(condition), say("growth.down"), unit)
    return bound_text(condition, say("growth.up"), unit)


def _turned(condition: Condition) -> Condition:
    """A change below -10 as a fall by more than 10."""
    low, high = condition.low, condition.high
    return replace(
        condition, low=None if high is None else -high, high=None if low is None else -low,
        low_open=condition.high_open, high_open=condition.low_open,
    )  # fmt: skip
