"""A long list as a table for a spreadsheet: every figure with its source, or every agency with its years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.model import Answer, Figure
from bot.question.items import label
from bot.render.words import place_text, say
from bot.wording.chat import Language
from bot.wording.traditional import traditional

FEWEST = 21
"""Rows from which on an answer comes with a file."""
FIGURES = ("number", "agency", "year", "item", "value", "unit", "state", "title", "file", "where", "code")
AGENCIES = ("agency", "years", "count")


@dataclass(frozen=True, slots=True)
class Table:
    """Heads and rows; what reports print is as printed, the rest in the reader's script."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def table(answer: Answer, language: Language = "zh") -> Table | None:
    """The file that goes with an answer; None for a short one."""
    parts = [part for part in (answer.parts or (answer,)) if part.outcome == "answer"]
    own: Callable[[str], str] = traditional if language == "hant" else str
    figures = [figure for part in parts for figure in part.figures]
    if len(figures) >= FEWEST:
        rows = tuple(_figure(number, figure, own) for number, figure in enumerate(figures, 1))
        return Table(own(say("table.name")), _heads(FIGURES, own), rows)
    listed = [each for part in parts if part.kind == "collection" for each in part.facts["agencies"]]
    if len(listed) >= FEWEST:
        years = tuple((name, "、".join(map(str, own_years)), len(own_years)) for name, own_years in listed)
        return Table(own(say("table.name")), _heads(AGENCIES, own), years)
    return None


def _heads(names: tuple[str, ...], own: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(own(say(f"table.{name}")) for name in names)


def _figure(number: int, figure: Figure, own: Callable[[str], str]) -> tuple[object, ...]:
    state = say(f"table.{figure.state}") + (say("table.corrected") if figure.corrected else "")
    value = "" if figure.value is None else figure.value
    about = (figure.agency, figure.year, own(label(figure.code)), value, own(figure.unit), own(state))
    return (number, *about, figure.title, figure.file, own(place_text(figure)), figure.code)
