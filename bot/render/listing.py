"""Lines of lists: rankings, thresholds, what is loaded."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.model import Answer, Result
from bot.question.groups import EVERYBODY
from bot.render.heading import joined
from bot.render.values import MOST_ROWS, formula_of_all, shortened
from bot.render.words import condition_text, item_name, number_text, say, short_value


def ranking(answer: Answer) -> list[str]:
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
        say("ranking.row", place=place, name=name, value=ranked_value(each))
        for place, name, each in zip(places, names, answer.results, strict=True)
    ]
    return [head, *shortened(rows), *formula_of_all(answer.results)]


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
        last = len(answer.results) - min(answer.facts["top"] or 1, len(answer.results))
        return [*range(1, len(answer.results) - last + 1), *range(count - last + 1, count + 1)]
    values = [each.value for each in answer.results]
    return [start + values.index(value) for value in values]


def ranked_value(result: Result) -> str:
    shown = short_value(result)
    if result.item.kind in ("measure", "share") and result.value is not None:
        top, bottom = number_text(result.top), number_text(result.bottom)
        shown += say("ranking.small" if result.small else "ranking.sides", top=top, bottom=bottom)
    return shown


def threshold(answer: Answer) -> list[str]:
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
        rows.append(say("threshold.row", name=name, value="，".join(ranked_value(each) for each in row)))
    return [head, *shortened(rows), *formula_of_all(answer.results)]


def _by_row(results: Sequence[Result]) -> list[list[Result]]:
    """The results of one agency and year together; with 或 one of them may have no value."""
    rows: dict[tuple[int, int], list[Result]] = {}
    for each in results:
        rows.setdefault((each.agency_id, each.year), []).append(each)
    return list(rows.values())


def collection(answer: Answer) -> list[str]:
    facts = answer.facts
    agencies = facts["agencies"]
    label = "" if facts["label"] == EVERYBODY else facts["label"]
    years = "、".join(map(str, facts["years"]))
    name = agencies[0][0] if len(agencies) == 1 else label or say("collection.everything")
    shown = agencies[:MOST_ROWS]
    rows = [say("collection.row", name=each, year="", years="、".join(map(str, own))) for each, own in shown]
    more = [say("several.more", count=len(agencies))] if len(agencies) > len(shown) else []
    topic = answer.verdict
    if topic == "report":
        return _titles(facts["titles"])
    values = {
        "reports": facts["reports"],
        "agencies": len(agencies),
        "years": years,
        "name": name,
        "label": label,
    }
    if topic == "lacking":
        return _without(answer, rows + more)
    if topic in ("earliest", "latest"):
        return [say(f"collection.{topic}", year=answer.value, **values), *rows, *more]
    if topic == "all_years":
        return [say("collection.all_years", **values)]
    if topic == "missing":
        return [_gaps(each, own) for each, own in shown] + more
    if topic == "reports":
        named = facts["named"] or label
        return [
            say("collection.reports_of" if named else "collection.reports", **values),
            *(rows if named and len(agencies) > 1 else []),
        ]
    key = "members" if topic == "members" and label else "years" if facts["named"] else "agencies"
    return [say(f"collection.{key}", **values), *rows, *more]


def _without(answer: Answer, rows: Sequence[str]) -> list[str]:
    """Who is loaded without a report of that year, and who of a group is not loaded at all."""
    values = {"years": "、".join(map(str, answer.facts["asked"])), "agencies": answer.value}
    missing = [say("collection.unloaded", name=each) for each in answer.facts["missing"]]
    return [say("collection.lacking_report" if answer.value else "collection.none_lacking", **values), *rows, *missing]


def _titles(titles: Sequence[tuple[str, int, str, str]]) -> list[str]:
    """年报发我看看: which reports are stored, and what can be asked of them."""
    shown = [
        say("collection.title", name=name, year=year, title=title, file=say("figure.file", file=file))
        for name, year, title, file in titles
    ]
    name, year = titles[0][:2]
    return [say("collection.report", titles="；".join(shown)), say("collection.ask", name=name, year=year)]


def _gaps(name: str, years: Sequence[int]) -> str:
    """The years between the first and the last loaded that are not."""
    lacking = "、".join(str(year) for year in range(min(years), max(years)) if year not in years)
    values = {"name": name, "first": min(years), "last": max(years), "years": lacking}
    return say("collection.lacking" if lacking else "collection.complete", **values)
