"""Example questions made of what is loaded, so that the first tap gets an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.callbacks import pack
from bot.chat.send import Row
from bot.wording.chat import Language, say
from index.store import Index
from index.store.records import Agency

NOTHING = ("示例市", 2024)
TRIED = 5
"""Agencies looked at for an example."""


@dataclass(frozen=True, slots=True)
class Examples:
    """What examples are made of."""

    agency: str
    year: int
    agencies: int
    reports: int
    kinds: tuple[tuple[str, str, int], ...]
    """Kind of question, agency, year."""

    def questions(self, tongue: Language) -> tuple[str, ...]:
        """In the reader's script; the name as it is printed."""
        return tuple(say(f"start.example_{kind}", tongue, agency=name, year=year) for kind, name, year in self.kinds)


def examples(index: Index) -> Examples:
    """Four questions about the agencies with most years; none on an empty index."""
    agencies = index.agencies()
    if not agencies:
        return Examples(*NOTHING, 0, 0, ())
    by_years = sorted(agencies, key=_usefulness)
    best = by_years[0]
    latest = max(year for each in agencies for year in each.years)
    reports = sum(len(each.years) for each in agencies)
    kinds = _questions(best, _sound(index, by_years[1 : TRIED + 1]) or best, latest)
    return Examples(short(best), max(best.years), len(agencies), reports, kinds)


def example_rows(known: Examples, tongue: Language) -> tuple[Row, ...]:
    """A button for each question; its label is what it asks."""
    return tuple(((question, pack("e", n)),) for n, question in enumerate(known.questions(tongue)))


def _questions(first: Agency, other: Agency, latest: int) -> tuple[tuple[str, str, int], ...]:
    return (
        ("value", short(other), max(other.years)),
        ("trend", short(first), 0),
        ("rank", "", latest),
        ("passage", short(first), max(first.years)),
    )


def _sound(index: Index, agencies: Sequence[Agency]) -> Agency | None:
    """The first whose latest report breaks no equation: a first answer should need no explanation."""
    sound = (each for each in agencies if not index.failed_checks([each.id], [max(each.years)]))
    return next(sound, agencies[0] if agencies else None)


def short(agency: Agency) -> str:
    """Its name as people say it: without a final 人民政府."""
    return agency.name.removesuffix("人民政府") or agency.name


def _usefulness(agency: Agency) -> tuple[int, int, int, str]:
    return -len(agency.years), -max(agency.years, default=0), len(agency.name), agency.name
