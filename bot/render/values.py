"""Lines of answers that are one value made of several: differences, rates of growth, sums, places, yes and no.

The title above them names agency, year and item, so that these lines name only what tells their results apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.model import Answer, Result
from bot.render.claims import measured_lines
from bot.render.words import (
    apart,
    formula_of,
    item_name,
    number_text,
    parts_text,
    say,
    short_value,
    sides_of,
    value_text,
)

MOST_ROWS = 30
"""Rows of a list that are shown."""


def shortened(rows: list[str]) -> list[str]:
    """The first rows, and how many there are."""
    return rows if len(rows) <= MOST_ROWS else [*rows[:MOST_ROWS], say("several.more", count=len(rows))]


def result_lines(result: Result, name: str) -> list[str]:
    """A value under a name, and what it is made of."""
    found = [say("figure.line", name=name, value=value_text(result))]
    if result.problem:
        return found
    if result.item.kind in ("measure", "share"):
        found.append(formula_line(result))
    elif result.figures and len(result.figures[0].parts) > 1 and result.value:
        found.append(say("figure.sum", value=number_text(result.value), parts=parts_text(result.figures[0])))
    return found


def formula_line(result: Result) -> str:
    """公开率 = （予以公开 + 部分公开）/ 办理结果总计 = （10 + 0）/29 = 34.48%"""
    top, bottom = sides_of(result)
    line = f"{item_name(result.item)} = {formula_of(result)} = {top} / {bottom} = {number_text(result.value, '%')}"
    return line + ("。" + say("figure.small") if result.small else "")


def formula_of_all(results: Sequence[Result]) -> list[str]:
    """What a list of rates divides, once; nothing for counts."""
    kinds = {each.item for each in results}
    first = next((each for each in results if each.value is not None), None)
    if first is None or len(kinds) > 1 or first.item.kind not in ("measure", "share"):
        return []
    return [f"{item_name(first.item)} = {formula_of(first)}"]


def _formulas(results: Sequence[Result]) -> list[str]:
    return [
        say("figure.line", name=name, value=formula_line(each))
        for name, each in zip(apart(results), results, strict=True)
        if each.item.kind in ("measure", "share") and each.value is not None
    ][:MOST_ROWS]


def difference(answer: Answer) -> list[str]:
    first, second = answer.results[:2]
    names, gap = apart(answer.results[:2]), answer.facts["gap"]
    key = "more" if gap > 0 else "less" if gap < 0 else "same"
    a, b = number_text(first.value, first.unit), number_text(second.value, second.unit)
    shown = number_text(answer.value, answer.unit)
    line = say(f"difference.{key}", first=names[0], second=names[1], gap=shown, a=a, b=b)
    return [line, *_formulas(answer.results)]


def ratio(answer: Answer) -> list[str]:
    first, second = answer.results[:2]
    names = apart(answer.results[:2])
    a, b = number_text(first.value, first.unit), number_text(second.value, second.unit)
    value = number_text(float(answer.value or 0))
    line = say("ratio.line", first=names[0], second=names[1], value=value, a=a, b=b)
    return [line, *_formulas(answer.results)]


def more(answer: Answer) -> list[str]:
    named = zip(apart(answer.results), answer.results, strict=True)
    rows = [say("figure.line", name=name, value=short_value(each)) for name, each in named]
    return _formulas(answer.results) or rows


def yoy(answer: Answer) -> list[str]:
    now, then = answer.results[:2]
    gap = float(answer.facts["gap"])
    if now.agency_id != then.agency_id:
        return _against_another(answer)
    values = {
        "year": now.year, "earlier": then.year,
        "now": number_text(now.value, now.unit), "then": number_text(then.value, then.unit),
    }  # fmt: skip
    if answer.verdict == "points":
        return [say("yoy.points", gap=number_text(gap), **values), *_formulas(answer.results)]
    key = "up" if gap > 0 else "down" if gap < 0 else "same"
    shown = number_text(abs(float(answer.value or 0)), "%")
    plain = number_text(now.value), number_text(then.value)
    values |= {"now": plain[0], "then": plain[1]} if key != "same" else {}
    exact = abs((now.value or 0) - (then.value or 0))  # type: ignore[operator]
    key += "" if now.year - then.year == 1 else "_since"  # 同比 is against the year before
    return [say(f"yoy.{key}", value=shown, gap=number_text(exact, now.unit), **values)]


def _against_another(answer: Answer) -> list[str]:
    """甲区比乙区高出 20%: two agencies instead of two years."""
    now, then = answer.results[:2]
    way = "up" if answer.facts["gap"] > 0 else "down" if answer.facts["gap"] < 0 else "same"
    a, b = number_text(now.value, now.unit), number_text(then.value, then.unit)
    rows = [f"{each.agency}{each.year}年：{short_value(each)}" for each in (now, then)]
    if answer.verdict == "points":
        return [*rows, say(f"yes_no.gap_{way}", value=number_text(abs(float(answer.value or 0)), "个百分点"), a=a, b=b)]
    a, b = number_text(now.value), number_text(then.value)
    return [*rows, say(f"yes_no.change_{way}", value=number_text(abs(float(answer.value or 0)), "%"), a=a, b=b)]


def total(answer: Answer) -> list[str]:
    rows = [
        say("figure.line", name=name, value=short_value(each))
        for name, each in zip(apart(answer.results), answer.results, strict=True)
    ]
    value = number_text(answer.facts.get("value", answer.value), answer.facts.get("unit", answer.unit))
    if answer.kind == "sum":
        parts = " + ".join(number_text(each.value) for each in answer.results[:MOST_ROWS])
        more = len(answer.results) > MOST_ROWS
        return [say("sum.line", value=value, parts=parts + (" + ……" if more else "")), *shortened(rows)]
    line = say("average.line", value=value, total=number_text(answer.facts["total"]), count=answer.facts["count"])
    return [line, *shortened(rows)]


def place(answer: Answer) -> list[str]:
    own = answer.results[0]
    query, facts = answer.query, answer.facts
    if query and query.over == "years":
        return [say("place.years", value=short_value(own), place=facts["place"], count=facts["count"])]
    label = query.group.label if query and query.group else facts["likes"] or say("place.likes")
    return [say("place.line", value=short_value(own), place=facts["place"], count=facts["count"], label=label)]


def portion(answer: Answer) -> list[str]:
    """占各部门合计的 13.89%：68 件 / 456 件."""
    own, query = answer.results[0], answer.query
    rows = [say("figure.line", name=each.agency, value=short_value(each)) for each in answer.results]
    return [
        say(
            "portion.line", label=query.group.label if query and query.group else "", own=short_value(own),
            value=number_text(answer.value, "%"), total=number_text(answer.facts["total"], own.unit),
            count=answer.facts["count"],
        ),
        *shortened(rows),
    ]  # fmt: skip


def yes_no(answer: Answer) -> list[str]:
    named = zip(apart(answer.results), answer.results, strict=True)
    return [line for name, each in named for line in result_lines(each, name)] + measured_lines(answer)
