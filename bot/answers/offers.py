"""Next questions that have data behind them."""

from __future__ import annotations

from bot.answers.actions import encode
from bot.answers.context import Context
from bot.answers.model import Answer, Offer
from bot.question.query import Item

MOST_CANDIDATES = 10
"""Buttons for one clarification."""


def offers_of(answer: Answer, context: Context) -> tuple[Offer, ...]:
    """上一年, 历年, 和谁比, 原文 for a figure; what is loaded instead for a refusal."""
    if answer.outcome == "clarify":
        return _candidates(answer)
    if answer.outcome in ("no_report", "not_in_report"):
        return _instead(answer, context)
    if answer.outcome != "answer" or not answer.results:
        return ()
    return _onward(answer, context)


def _onward(answer: Answer, context: Context) -> tuple[Offer, ...]:
    first = answer.results[0]
    item, agency, year = first.item, first.agency_id, first.year
    years = context.agency(agency).years
    found: list[Offer | None] = []
    if len({each.year for each in answer.results}) == 1:
        earlier = [each for each in years if each < year]
        if earlier:
            found.append(_offer("previous", encode("figure", agency, max(earlier), item), f"{max(earlier)}年"))
        if len(years) > 1:
            found.append(_offer("years", encode("trend", agency, 0, item)))
    if len({each.agency_id for each in answer.results}) == 1 and context.directory.siblings(agency):
        found.append(_offer("compare", encode("compare", agency, year, item)))
    found.append(_offer("source", encode("source", agency, year, item)))
    return tuple(each for each in found if each)


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
    if item is None or item.kind not in ("field", "measure"):
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
