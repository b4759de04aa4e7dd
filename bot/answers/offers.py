"""Next questions that have data behind them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.actions import encode
from bot.answers.context import Context
from bot.answers.model import Answer, Offer
from bot.question.query import Item

MOST_CANDIDATES = 10
"""Buttons for one clarification."""
MOST_LISTED = 3
"""Buttons for the agencies of a list."""


def offers_of(answer: Answer, context: Context) -> tuple[Offer, ...]:
    """上一年, 历年, 和谁比, 原文 for a figure; the agencies of a list; what is loaded instead for a refusal."""
    if answer.outcome == "clarify":
        return _candidates(answer)
    if answer.outcome in ("no_report", "not_in_report"):
        return _instead(answer, context)
    if answer.outcome != "answer":
        return ()
    if answer.quotes and not answer.results:
        return _around_prose(answer, context)
    return _onward(answer, context) if answer.results else ()


def _onward(answer: Answer, context: Context) -> tuple[Offer, ...]:
    first = answer.results[0]
    item, agency = first.item, first.agency_id
    agencies = {each.agency_id for each in answer.results}
    if len({each.item for each in answer.results}) > 1:
        return _found(_offer("source", encode("source", agency, first.year, item)) if len(agencies) == 1 else None)
    if len(agencies) > 1:
        return _each_of(answer)
    return _found(*_over_time(answer, context), _offer("source", encode("source", agency, first.year, item)))


def _over_time(answer: Answer, context: Context) -> Iterator[Offer | None]:
    """Other years of one agency's figure, and others of its kind."""
    first = answer.results[0]
    item, agency, year = first.item, first.agency_id, first.year
    years = context.agency(agency).years
    shown = {each.year for each in answer.results}
    earlier = [each for each in years if each < year]
    if len(shown) == 1 and earlier:
        yield _offer("previous", encode("figure", agency, max(earlier), item), f"{max(earlier)}年")
    if len(years) > max(1, len(shown)):
        yield _offer("years", encode("trend", agency, 0, item))
    if len(shown) == 1 and context.directory.siblings(agency):
        yield _offer("compare", encode("compare", agency, year, item))


def _each_of(answer: Answer) -> tuple[Offer, ...]:
    """The first agencies of a list, each to be asked about by itself."""
    first = {each.agency_id: each for each in reversed(answer.results)}
    order = list(dict.fromkeys(each.agency_id for each in answer.results))[:MOST_LISTED]
    chosen = [first[agency] for agency in order]
    return _found(
        *(
            _offer("agency", encode("figure", each.agency_id, each.year, each.item), short_name(each.agency))
            for each in chosen
        )
    )


def short_name(agency: str) -> str:
    """As people say it."""
    return agency.removesuffix("人民政府") or agency


def _around_prose(answer: Answer, context: Context) -> tuple[Offer, ...]:
    """The same section a year before, and the original, where all quotes are one report's."""
    query = answer.query
    reports = {(quote.agency, quote.year) for quote in answer.quotes}
    if query is None or len(query.agencies) != 1 or len(query.items) != 1 or len(reports) != 1:
        return ()
    agency, year, item = query.agencies[0], answer.quotes[0].year, query.items[0]
    earlier = [each for each in context.agency(agency).years if each < year]
    before = _offer("previous", encode("figure", agency, max(earlier), item), f"{max(earlier)}年") if earlier else None
    return _found(before, _offer("source", encode("source", agency, year, item)))


def _found(*offers: Offer | None) -> tuple[Offer, ...]:
    return tuple(each for each in offers if each)


def _offer(kind: str, action: str | None, name: str = "") -> Offer | None:
    return Offer(kind, action, name) if action else None


def _candidates(answer: Answer) -> tuple[Offer, ...]:
    query = answer.query
    simple = (
        query is not None
        and query.kind == "figures"
        and len(query.items) == 1
        and not query.agencies
        and len(query.years) < 2
    )
    found = []
    for agency, name in answer.candidates[:MOST_CANDIDATES]:
        action = (
            encode("figure", agency, query.years[0] if query.years else 0, query.items[0]) if simple and query else None
        )
        found.append(Offer("pick", action or encode("pick", agency) or "", name))
    return tuple(found)


def _instead(answer: Answer, context: Context) -> tuple[Offer, ...]:
    query = answer.query
    item: Item | None = query.items[0] if query and query.items else None
    if item is None or item.kind not in ("field", "measure", "share"):
        return ()
    found: list[Offer | None] = []
    if answer.outcome == "no_report":
        for agency in (query.agencies if query else ())[:1]:
            for year in sorted(context.agency(agency).years, reverse=True)[:3]:
                found.append(_offer("year", encode("figure", agency, year, item), f"{year}年"))
        for agency in answer.facts.get("nearest", ())[:3]:
            found.append(_offer("agency", encode("figure", agency, 0, item), context.name(agency)))
    elif answer.results:
        first = answer.results[0]
        for year in sorted(context.agency(first.agency_id).years, reverse=True):
            if year != first.year and len(found) < 3:
                found.append(_offer("year", encode("figure", first.agency_id, year, item), f"{year}年"))
    return tuple(each for each in found if each)
