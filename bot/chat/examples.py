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
    return Examples(short(best), max(best.years), len(agencies), reports, _questions(by_years, latest))


def example_rows(known: Examples, tongue: Language) -> tuple[Row, ...]:
    """A button for each question; its label is what it asks."""
    return tuple(((question, pack("e", n)),) for n, question in enumerate(known.questions(tongue)))


def _questions(agencies: Sequence[Agency], latest: int) -> tuple[tuple[str, str, int], ...]:
    first, other = agencies[0], agencies[1 % len(agencies)]
    return (
        ("value", short(other), max(other.years)),
        ("trend", short(first), 0),
        ("rank", "", latest),
        ("passage", short(first), max(first.years)),
    )


def short(agency: Agency) -> str:
    """Its name as people say it: without a final 人民政府."""
    return agency.name.removesuffix("人民政府") or agency.name


def _usefulness(agency: Agency) -> tuple[int, int, int, str]:
    return -len(agency.years), -max(agency.years, default=0), len(agency.name), agency.name
