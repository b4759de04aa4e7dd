"""What an answer shows as reports print it: names, titles, quotations. These are never converted to another script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.answers.model import Answer, Figure

SHORTEST = 3
"""Of a cell's raw text: shorter ones would keep words of ours from being converted."""


def printed(answer: Answer) -> Iterator[str]:
    """Every such string of an answer and its parts."""
    for part in (answer, *answer.parts):
        for result in (*part.results, *part.beside):
            yield result.agency
            yield from _of_figures(result.figures)
        yield from _of_figures(part.figures)
        for quote in part.quotes:
            yield from (quote.agency, quote.section, quote.text, quote.title, quote.file)
        for warning in part.warnings:
            yield warning.agency
            yield from re.findall("“.*”", warning.detail)
        yield from _names(part)


def _of_figures(figures: Iterable[Figure]) -> Iterator[str]:
    for figure in figures:
        yield from (figure.agency, figure.title, figure.file)
        if len(figure.raw) >= SHORTEST:
            yield figure.raw


def _names(part: Answer) -> Iterator[str]:
    """Agencies that are named without a figure."""
    yield from (name for _, name in part.candidates)
    yield from (offer.name for offer in part.offers if offer.kind in ("pick", "agency"))
    if part.coverage is not None:
        lost = [each for _, each in part.coverage.missing_of]
        for named in (part.coverage.missing, part.coverage.blank, part.coverage.flagged, *lost):
            yield from named.shown
    facts = part.facts
    yield from facts.get("names", ())
    yield from str(facts.get("agency_names", "")).split("、")
    yield str(facts.get("agency", ""))
    yield from (each[0] for each in facts.get("agencies", ()) if isinstance(each, tuple))
