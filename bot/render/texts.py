"""Answer → plain text for the terminal; render.buttons makes Telegram's HTML of the same lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.answers.model import Answer, Coverage, Note, Result
from bot.render.heading import beside_line, head_lines, is_single, joined
from bot.render.refusals import refusal_lines
from bot.render.words import (
    condition_text,
    formula_of,
    item_name,
    number_text,
    parts_text,
    place_text,
    say,
    short_value,
    sides_of,
    sources_text,
    value_text,
)
from bot.wording import data

MOST_ROWS = 30
"""Rows of a list that are shown."""


def text(answer: Answer) -> str:
    """The whole answer as plain lines."""
    return "\n".join(lines(answer))


def lines(answer: Answer) -> list[str]:
    """〔机关 · 年度 · 项目〕, the figure, its context or rows, where it is printed, warnings, coverage, notes."""
    if answer.parts:
        return [line for number, part in enumerate(answer.parts, 1) for line in _numbered(number, lines(part))]
    if answer.outcome != "answer":
        return refusal_lines(answer) + note_lines(answer.notes)
    main = head_lines(answer) + KINDS[answer.verdict if answer.verdict == "source" else answer.kind](answer)
    after = [_source_line(answer)] if answer.figures and answer.verdict != "source" else []
    return main + after + warning_lines(answer) + coverage_lines(answer.coverage) + note_lines(answer.notes)


def _numbered(number: int, found: list[str]) -> list[str]:
    return [say("several.row", number=number, text=found[0]), *found[1:]] if found else []


def _source_line(answer: Answer) -> str:
    return say("figure.source", sources=sources_text(answer.figures))


def _figures(answer: Answer) -> list[str]:
    if is_single(answer):
        line = beside_line(answer)
        return _result_lines(answer.results[0])[1:] + ([line] if line else [])
    if answer.kind == "trend" and len({each.item for each in answer.results}) == 1 and len(answer.results) > 1:
        first = answer.results[0]
        head = say("trend.head", agency=first.agency, item=item_name(first.item))
        return [head, *(say("trend.row", year=each.year, value=short_value(each)) for each in answer.results)]
    return [line for each in answer.results for line in _result_lines(each)]


def _result_lines(result: Result) -> list[str]:
    found = [
        say(
            "figure.line", agency=result.agency, year=result.year, item=item_name(result.item), value=value_text(result)
        )
    ]
    if result.problem:
        return found
    if result.item.kind in ("measure", "share"):
        found.append(formula_line(result))
    elif result.figures and len(result.figures[0].parts) > 1:
        found.append(say("figure.sum", value=number_text(result.value), parts=parts_text(result.figures[0])))
    return found


def formula_line(result: Result) -> str:
    """公开率 = （予以公开 + 部分公开）/ 办理结果总计 = （10 + 0）/29 = 34.48%"""
    top, bottom = sides_of(result)
    line = f"{item_name(result.item)} = {formula_of(result)} = {top} / {bottom} = {number_text(result.value, '%')}"
    return line + ("。" + say("figure.small") if result.small else "")


def _name(result: Result) -> str:
    """Agency, year and item: what tells results apart."""
    return f"{result.agency}{result.year}年{item_name(result.item)}"


def _difference(answer: Answer) -> list[str]:
    first, second = answer.results[:2]
    gap = answer.facts["gap"]
    key = "more" if gap > 0 else "less" if gap < 0 else "same"
    a, b = number_text(first.value, first.unit), number_text(second.value, second.unit)
    line = say(
        f"difference.{key}",
        first=_name(first),
        second=_name(second),
        gap=number_text(answer.value, answer.unit),
        a=a,
        b=b,
    )
    return [line, *_formulas(answer.results)]


def _formulas(results: Sequence[Result]) -> list[str]:
    return [
        f"{each.agency}{each.year}年 " + formula_line(each)
        for each in results
        if each.item.kind in ("measure", "share") and each.value is not None
    ][:MOST_ROWS]


def _ratio(answer: Answer) -> list[str]:
    first, second = answer.results[:2]
    a, b = number_text(first.value, first.unit), number_text(second.value, second.unit)
    return [
        say(
            "ratio.line",
            first=_name(first),
            second=_name(second),
            value=number_text(float(answer.value or 0)),
            a=a,
            b=b,
        ),
        *_formulas(answer.results),
    ]


def _more(answer: Answer) -> list[str]:
    first = answer.results[0]
    if answer.facts["tied"]:
        return [
            say("more.tied", a=number_text(first.value, first.unit)),
            *(f"{_name(each)}：{short_value(each)}" for each in answer.results),
        ]
    key = "least" if answer.query and answer.query.order == "asc" else "most"
    others = "，".join(f"{_name(each)} {short_value(each)}" for each in answer.results[1:])
    return [
        say(f"more.{key}", first=_name(first), a=short_value(first), second=others, b="").strip(),
        *_formulas(answer.results),
    ]


def _yoy(answer: Answer) -> list[str]:
    now, then = answer.results[:2]
    gap = float(answer.facts["gap"])
    values = {
        "agency": now.agency, "year": now.year, "earlier": then.year, "item": item_name(now.item),
        "now": number_text(now.value, now.unit), "then": number_text(then.value, then.unit),
    }  # fmt: skip
    if answer.verdict == "points":
        return [say("yoy.points", gap=number_text(gap), **values), *_formulas(answer.results)]
    key = "up" if gap > 0 else "down" if gap < 0 else "same"
    shown = number_text(abs(float(answer.value or 0)), "%")
    plain = number_text(now.value), number_text(then.value)
    values |= {"now": plain[0], "then": plain[1]} if key != "same" else {}
    exact = abs((now.value or 0) - (then.value or 0))  # type: ignore[operator]
    return [say(f"yoy.{key}", value=shown, gap=number_text(exact, now.unit), **values)]


def _total(answer: Answer) -> list[str]:
    unit = answer.unit
    each_line = [f"{each.agency}{each.year}年 · {item_name(each.item)}：{short_value(each)}" for each in answer.results]
    if answer.kind == "sum":
        parts = " + ".join(number_text(each.value) for each in answer.results)
        return [say("sum.line", value=number_text(answer.value, unit), parts=parts), *each_line]
    total = number_text(answer.facts["total"])
    return [
        say("average.line", value=number_text(answer.value, unit), total=total, count=answer.facts["count"]),
        *each_line,
    ]


def _ranking(answer: Answer) -> list[str]:
    query = answer.query
    assert query is not None
    first = answer.results[0]
    order = say(f"ranking.{query.order}")
    if query.over == "years":
        head = say("ranking.head_years", agency=first.agency, item=item_name(first.item), order=order)
        names = [f"{each.year}年" for each in answer.results]
    elif query.over == "items":
        head = say("ranking.head_items", agency=first.agency, year=first.year, order=order)
        names = [item_name(each.item) for each in answer.results]
    else:
        head = say("ranking.head", label=_group(answer), year=first.year, item=item_name(first.item), order=order)
        names = [each.agency for each in answer.results]
    places = _places(answer)
    rows = [
        say("ranking.row", place=place, name=name, value=_ranked_value(each))
        for place, name, each in zip(places, names, answer.results, strict=True)
    ]
    return [head, *_shortened(rows)]


def _group(answer: Answer) -> str:
    """The group that is ranked, or the agencies themselves."""
    query = answer.query
    if query and query.group and not query.agencies:
        return query.group.label
    return joined(list(dict.fromkeys(each.agency for each in answer.results))) or say("collection.everything")


def _places(answer: Answer) -> list[int]:
    """Equal values share a place."""
    count, start = answer.facts["count"], answer.facts.get("nth") or 1
    if answer.facts.get("both"):
        return [1, count][: len(answer.results)]
    values = [each.value for each in answer.results]
    return [start + values.index(value) for value in values]


def _ranked_value(result: Result) -> str:
    shown = short_value(result)
    if result.item.kind in ("measure", "share") and result.value is not None:
        top, bottom = sides_of(result)
        shown += f"（{top} / {bottom}{'，数量少' if result.small else ''}）"
    return shown


def _shortened(rows: list[str]) -> list[str]:
    return rows if len(rows) <= MOST_ROWS else [*rows[:MOST_ROWS], f"……共 {len(rows)} 行"]


def _place(answer: Answer) -> list[str]:
    own = answer.results[0]
    return [
        say(
            "place.line",
            agency=own.agency,
            year=own.year,
            item=item_name(own.item),
            value=short_value(own),
            **{key: answer.facts[key] for key in ("place", "count")},
        )
    ]


def _threshold(answer: Answer) -> list[str]:
    query = answer.query
    assert query is not None
    joined = say("threshold.or" if query.either else "threshold.and").join(
        condition_text(each) for each in query.conditions
    )
    over_years = query.over == "years"
    agency = answer.results[0].agency if answer.results else ""
    values = {
        "agency": agency,
        "label": _group(answer),
        "year": query.years[-1] if query.years else "",
        "conditions": joined,
        "count": answer.facts["count"],
    }
    if not answer.results:
        return [say("threshold.none_years" if over_years else "threshold.none", **values)]
    head = say("threshold.head_years" if over_years else "threshold.head", **values)
    rows = []
    for row in _by_row(answer.results):
        name = f"{row[0].year}年" if over_years else row[0].agency
        rows.append(say("threshold.row", name=name, value="，".join(_ranked_value(each) for each in row)))
    return [head, *_shortened(rows)]


def _by_row(results: Sequence[Result]) -> list[list[Result]]:
    """The results of one agency and year together; with 或 one of them may have no value."""
    rows: dict[tuple[int, int], list[Result]] = {}
    for each in results:
        rows.setdefault((each.agency_id, each.year), []).append(each)
    return list(rows.values())


def _yes_no(answer: Answer) -> list[str]:
    return [line for each in answer.results for line in _result_lines(each)]


def _check(answer: Answer) -> list[str]:
    head = say(f"check.{answer.verdict}", **answer.facts)
    rows = [
        say("check.row", label=each.label, detail=each.detail, verdict=f"（{each.verdict or say('notes.as_printed')}）")
        for each in answer.warnings
    ]
    return [head, *_shortened(rows)]


def _collection(answer: Answer) -> list[str]:
    facts = answer.facts
    agencies = facts["agencies"]
    years = "、".join(map(str, facts["years"]))
    name = agencies[0][0] if len(agencies) == 1 else facts["label"] or say("collection.everything")
    shown = agencies[:MOST_ROWS]
    rows = [say("collection.row", name=each, year="", years="、".join(map(str, own))) for each, own in shown]
    more = [f"……共 {len(agencies)} 行"] if len(agencies) > len(shown) else []
    topic = answer.verdict
    values = {
        "reports": facts["reports"],
        "agencies": len(agencies),
        "years": years,
        "name": name,
        "label": facts["label"],
    }
    if topic in ("earliest", "latest"):
        return [say(f"collection.{topic}", year=answer.value, **values), *rows, *more]
    if topic == "all_years":
        return [say("collection.all_years", **values)]
    if topic == "reports":
        named = facts["named"] or facts["label"]
        return [
            say("collection.reports_of" if named else "collection.reports", **values),
            *(rows if named and len(agencies) > 1 else []),
        ]
    key = "members" if topic == "members" and facts["label"] else "years" if facts["named"] else "agencies"
    return [say(f"collection.{key}", **values), *rows, *more]


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
    found: list[str] = []
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
            place = place_text(figure)
            raw = say("source.raw", raw=figure.raw) if figure.raw else ""
            found.append(
                say("figure.source_one", title=figure.title, place=place, file=say("figure.file", file=figure.file))
                + raw
            )
    return found


KINDS: dict[str, Callable[[Answer], list[str]]] = {
    "figures": _figures, "trend": _figures, "difference": _difference, "ratio": _ratio, "more": _more, "yoy": _yoy,
    "sum": _total, "average": _total, "ranking": _ranking, "place": _place, "threshold": _threshold, "yes_no": _yes_no,
    "check": _check, "collection": _collection, "prose": _prose, "source": _source,
}  # fmt: skip


def warning_lines(answer: Answer) -> list[str]:
    """原文如此, for every equation that an answer's figures break."""
    if answer.kind == "check":
        return []
    return [
        say(
            "notes.warning",
            agency=each.agency,
            year=each.year,
            label=each.label,
            detail=each.detail,
            verdict=each.verdict or say("notes.as_printed"),
        )
        for each in answer.warnings[:3]
    ]


def coverage_lines(coverage: Coverage | None) -> list[str]:
    """Who is in, who is not, and why."""
    if coverage is None:
        return []
    key = "coverage.group" if coverage.label else "coverage.plain"
    line = say(key, label=coverage.label, covered=coverage.covered, total=coverage.total)
    for name in ("missing", "blank", "flagged"):
        names = getattr(coverage, name)
        if names:
            line += say(f"coverage.{name}", names="、".join(names))
    return [line]


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
