"""The head of an answer: 〔机关 · 年度 · 项目〕, the figure by itself, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.model import Answer, Result
from bot.question.names import label
from bot.render.words import apart, item_name, number_text, say, short_value, sides_of, value_text

MOST_NAMES = 3
VALUED = ("difference", "ratio", "yoy", "sum", "average", "place", "yes_no", "more", "portion")
"""Kinds of answer that are one value, with the figures it comes from in the line after it."""


def head_lines(answer: Answer) -> list[str]:
    """Title and figure, or nothing where the rows of a list say it themselves."""
    single = is_single(answer)
    if not answer.results or answer.verdict == "source" or not (single or answer.kind in VALUED):
        return []
    return [_title(answer), *([figure] if (figure := large(answer)) else [])]


def is_single(answer: Answer) -> bool:
    """One figure or one rate of one report."""
    return answer.kind in ("figures", "trend") and len(answer.results) == 1 and answer.verdict != "source"


def large(answer: Answer) -> str:
    """The figure that is shown large; '' where an answer has several."""
    if is_single(answer):
        return value_text(answer.results[0])
    if answer.kind == "more":
        key = "tied" if answer.facts["tied"] else "least" if answer.query and answer.query.order == "asc" else "most"
        return say(f"more.{key}{'_rate' if answer.results[0].unit == '%' else ''}", first=apart(answer.results)[0])
    if answer.kind == "yes_no" and answer.verdict in ("is", "is_not") and answer.query:
        bound = answer.query.conditions[0]
        return say(f"heading.{answer.verdict}", value=number_text(bound.low, answer.results[0].unit))
    if answer.outcome != "answer" or answer.value is None:
        return ""
    if answer.kind == "yes_no":
        exists = answer.query is not None and answer.query.claim == "exists"
        said = say(f"heading.exists_{answer.verdict}" if exists else f"heading.{answer.verdict}")
        part = answer.coverage if answer.coverage and answer.coverage.covered < answer.coverage.total else None
        return said + say("heading.of_loaded", count=part.covered) if part else said
    if answer.kind in ("place", "sum", "average") and answer.verdict:
        return say(f"heading.{answer.verdict}")
    if answer.kind == "place":
        return say("heading.place", place=answer.value)
    if answer.kind == "ratio":
        return say("heading.ratio", value=number_text(float(answer.value)))
    if answer.kind == "difference":
        gap = answer.facts["gap"]
        key = "more" if gap > 0 else "less" if gap < 0 else "same"
        return say(f"heading.difference_{key}", value=number_text(answer.value, answer.unit))
    sign = "+" if answer.kind == "yoy" and answer.value > 0 else ""
    return sign + number_text(answer.value, answer.unit) if answer.kind in VALUED else ""


def beside_line(answer: Answer) -> str:
    """Applicants, share and last year: 其中自然人 9 件，法人或其他组织 1 件；占办理结果总计的 …."""
    found = [_beside(answer.results[0], each) for each in answer.beside]
    return say("beside.line", parts="；".join(found)) if found else ""


def _beside(own: Result, other: Result) -> str:
    if other.year != own.year:
        return say("beside.earlier", year=other.year, value=short_value(other))
    if other.item.kind == "field":
        return say("beside.applicant", item=item_name(other.item).rpartition(" · ")[2], value=short_value(other))
    top, bottom = sides_of(other)
    name = say("beside.of", item=label(other.item.of)) if other.item.kind == "share" else item_name(other.item)
    return say(
        "beside.small" if other.small else "beside.share", item=name, value=short_value(other), top=top, bottom=bottom
    )


def _title(answer: Answer) -> str:
    shown = answer.results
    query = answer.query
    agencies = _unique(each.agency for each in shown)
    who = query.group.label if query and query.group and not query.agencies else joined(agencies)
    years = sorted({each.year for each in shown})
    when = f"{years[0]}—{years[-1]}年" if len(years) > MOST_NAMES else "、".join(f"{year}年" for year in years)
    return say("heading.title", agency=who, year=when, item=joined(_unique(item_name(each.item) for each in shown)))


def joined(names: list[str]) -> str:
    """甲、乙、丙等5家: a few names, and how many there are."""
    return "、".join(names[:MOST_NAMES]) + (f"等{len(names)}个" if len(names) > MOST_NAMES else "")


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
