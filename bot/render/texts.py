"""Answer → plain text for the terminal; render.buttons makes Telegram's HTML of the same lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.answers.model import Answer, Coverage, Named, Note, Warning
from bot.render.growth import growth_lines
from bot.render.heading import beside_line, head_lines, is_single
from bot.render.listing import collection, ranked_value, ranking, threshold
from bot.render.refusals import refusal_lines
from bot.render.values import (
    difference,
    formula_of_all,
    more,
    place,
    portion,
    ratio,
    result_lines,
    shortened,
    total,
    yes_no,
    yoy,
)
from bot.render.words import (
    apart,
    common_head,
    item_name,
    place_text,
    say,
    sources,
    sources_of_quotes,
    sources_text,
    value_text,
)
from bot.wording import data

MOST_WARNINGS = 3
"""Warnings, and remarks beside them, that an answer shows."""


def text(answer: Answer) -> str:
    """The whole answer as plain lines."""
    return "\n".join(lines(answer))


def lines(answer: Answer) -> list[str]:
    """〔机关 · 年度 · 项目〕, the figure, its context or rows, where it is printed, warnings, coverage, notes."""
    if answer.parts:
        return [line for number, part in enumerate(answer.parts, 1) for line in numbered(number, lines(part))]
    if answer.outcome != "answer":
        return refusal_lines(answer) + note_lines(answer.notes)
    main = head_lines(answer) + KINDS[answer.verdict if answer.verdict == "source" else answer.kind](answer)
    after = [line] if (line := source_line(answer)) else []
    return main + after + warning_lines(answer) + coverage_lines(answer.coverage) + note_lines(answer.notes)


def numbered(number: int, found: list[str]) -> list[str]:
    """The lines of one of several answers."""
    return [say("several.row", number=number, text=found[0]), *found[1:]] if found else []


def source_line(answer: Answer) -> str:
    """出处: where the figures are printed; '' where an answer has none, or is about nothing else."""
    if answer.outcome != "answer" or answer.verdict == "source":
        return ""
    found = sources(answer.figures) or sources_of_quotes(answer.quotes)
    return say("figure.source", sources=sources_text(found)) if found else ""


def _figures(answer: Answer) -> list[str]:
    results = answer.results
    if is_single(answer):
        line = beside_line(answer)
        return result_lines(results[0], "")[1:] + ([line] if line else [])
    if answer.kind == "trend" and len({each.item for each in results}) == 1 and len(results) > 1:
        head = say("trend.head", agency=results[0].agency, item=item_name(results[0].item))
        rows = [say("trend.row", year=each.year, value=ranked_value(each)) for each in results]
        return [head, *rows, *formula_of_all(results)]
    rows = [line for name, each in zip(apart(results), results, strict=True) for line in result_lines(each, name)]
    group = answer.query.group if answer.query and not answer.query.agencies else None
    return [*common_head(results, group.label if group else ""), *rows]


def _check(answer: Answer) -> list[str]:
    head = say(f"check.{answer.verdict}", **answer.facts)
    rows = [
        say("check.row", label=each.label, detail=each.detail, verdict=f"（{each.verdict or say('notes.as_printed')}）")
        for each in answer.warnings
    ]
    return [head, *shortened(rows)]


def _prose(answer: Answer) -> list[str]:
    found: list[str] = []
    heading = ""
    for quote in answer.quotes:
        page = say("prose.page", page=quote.page) if quote.page else ""
        head = say("prose.head", agency=quote.agency, year=quote.year, section=quote.section or "正文", page=page)
        if head != heading:
            found.append(head)
            heading = head
        found.append(say("prose.quote", text=quote.text))
    return found


def _source(answer: Answer) -> list[str]:
    found: list[str] = [] if answer.results else _prose(answer)
    for result in answer.results:
        found.append(
            say(
                "source.head",
                agency=result.agency,
                year=result.year,
                item=item_name(result.item),
                value=value_text(result),
            )
        )
        for figure in result.figures:
            where = place_text(figure)
            raw = say("source.raw", raw=figure.raw) if figure.raw else ""
            found.append(
                say("figure.source_one", title=figure.title, place=where, file=say("figure.file", file=figure.file))
                + raw
            )
    return found


KINDS: dict[str, Callable[[Answer], list[str]]] = {
    "figures": _figures, "trend": _figures, "difference": difference, "ratio": ratio, "more": more, "yoy": yoy,
    "growth": growth_lines,
    "sum": total, "average": total, "ranking": ranking, "place": place, "portion": portion, "threshold": threshold,
    "yes_no": yes_no,
    "check": _check, "collection": collection, "prose": _prose, "source": _source,
}  # fmt: skip


def warning_lines(answer: Answer) -> list[str]:
    """原文如此, for every equation that an answer's figures break; then what the prose states otherwise."""
    if answer.kind == "check":
        return []
    several = len({(figure.agency_id, figure.year) for figure in answer.figures}) > 1
    failed = [_warning(each, several) for each in answer.warnings if not each.beside]
    besides = [_beside(each, several) for each in answer.warnings if each.beside]
    return failed[:MOST_WARNINGS] + besides[:MOST_WARNINGS]


def _warning(found: Warning, several: bool) -> str:
    verdict = found.verdict or say("notes.as_printed")
    return say("notes.warning", about=_about(found, several), label=found.label, detail=found.detail, verdict=verdict)


def _beside(found: Warning, several: bool) -> str:
    return say("notes.beside", about=_about(found, several), label=found.label, detail=found.detail)


def _about(found: Warning, several: bool) -> str:
    """Whose report it is, where an answer uses several."""
    return say("notes.report", agency=found.agency, year=found.year) if several else ""


def coverage_lines(coverage: Coverage | None) -> list[str]:
    """Who is in, who is not, and why."""
    if coverage is None:
        return []
    key = "coverage.loaded" if coverage.unbounded else "coverage.group" if coverage.label else "coverage.plain"
    line = say(key, label=coverage.label, covered=coverage.covered, total=coverage.total)
    for year, lost in coverage.missing_of:
        line += say("coverage.missing_of", year=year, names=_names(lost))
    for name in ("missing", "blank", "flagged"):
        if getattr(coverage, name).count:
            line += say(f"coverage.{name}", names=_names(getattr(coverage, name)))
    return [line]


def _names(named: Named) -> str:
    names = "、".join(named.shown)
    return names if named.count == len(named.shown) else say("coverage.first", names=names, count=named.count)


def note_lines(notes: Sequence[Note]) -> list[str]:
    """Assumptions and inherited parts, one sentence each."""
    replies = data("replies.toml")["notes"]
    found = []
    for note in notes:
        values = dict(note.values)
        if note.key == "inherited":
            values["parts"] = "、".join(replies[f"inherited_{part}"] for part in values["parts"])
        found.append(say(f"notes.{note.key}", **values))
    return found
