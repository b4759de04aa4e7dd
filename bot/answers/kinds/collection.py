"""Facts about the collection: reports, agencies, years."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.context import Context
from bot.answers.model import Answer
from bot.question.query import Query
from index.store.records import Agency


def answer(query: Query, context: Context) -> Answer:
    """Counts as value, names and years as facts."""
    if query.topic == "lacking":
        return _lacking(query, context)
    agencies = _agencies(query, context)
    named = tuple([(agency.name, tuple(_years(agency, query))) for agency in agencies])
    reports = sum([len(own) for _, own in named])
    years = sorted({year for own in {own for _, own in named} for year in own})
    if not agencies or not reports:
        names = tuple(context.name(each) for each in query.agencies) or ((query.group.label,) if query.group else ())
        return Answer("no_report", "collection", query, verdict="agency", facts={"names": names, "years": query.years})
    facts = {
        "titles": _titles(query, context) if query.topic == "report" else (),
        "agencies": named,
        "reports": reports,
        "years": tuple(years),
        "label": query.group.label if query.group else "",
        "named": bool(query.agencies),
    }
    value, unit = _value(query, len(agencies), reports, years)
    return Answer("answer", "collection", query, (), (), value, unit, query.topic, facts)


def _agencies(query: Query, context: Context) -> list[Agency]:
    ids = query.agencies or (query.group.members if query.group else ())
    pool = [context.agency(each) for each in ids] if ids or query.group else list(context.directory.agencies)
    return [agency for agency in pool if not query.years or _years(agency, query)]


def _lacking(query: Query, context: Context) -> Answer:
    """Who is in the collection, but not with a report of that year."""
    ids = query.group.members if query.group else [agency.id for agency in context.directory.agencies]
    without = [agency for agency in map(context.agency, ids) if not set(query.years) & set(agency.years)]
    named = tuple((agency.name, agency.years) for agency in without)
    missing = query.group.missing if query.group else ()
    facts = {"agencies": named, "asked": query.years, "label": query.group.label if query.group else "", "named": False}
    facts |= {"reports": 0, "years": (), "missing": missing}
    return Answer("answer", "collection", query, (), (), len(without) + len(missing), "个", query.topic, facts)


def _titles(query: Query, context: Context) -> tuple[tuple[str, int, str, str], ...]:
    """Agency, year, title and file of the reports asked for, the latest first."""
    found = [source for each in query.agencies for source in context.index.sources(each)]
    wanted = [source for source in found if not query.years or source.year in query.years]
    return tuple((each.agency, each.year, each.title, each.file) for each in sorted(wanted, key=lambda s: -s.year))


def _years(agency: Agency, query: Query) -> Sequence[int]:
    return agency.years if not query.years else [year for year in agency.years if year in query.years]


def _value(query: Query, agencies: int, reports: int, years: list[int]) -> tuple[int | None, str]:
    if query.topic == "reports":
        return reports, "份"
    if query.topic == "agencies":
        return agencies, "个"
    if query.topic == "year_count":
        return len(years), "年"
    if query.topic == "earliest":
        return years[0], "年"
    if query.topic == "latest":
        return years[-1], "年"
    return None, ""
