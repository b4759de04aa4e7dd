"""Prose against table: a total of the year that the prose states, and the cell that should print it.

Only sentences whose every character is understood are taken (contradictions.toml); a number that two sentences give
differently says nothing. What the prose says never enters the figures: the contradiction is a note beside them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from index import forms
from index.report import Contradiction, Figure, Passage

DATA = Path(__file__).with_name("contradictions.toml")
SENTENCES = re.compile(r"[。；;！？!?\n]")
CLAUSES = re.compile(r"[,，](?!\d{3}(?!\d))|、(?=\d)|[:：]")
QUOTED = 60
TOPICS = ("overview", "requests", "disputes")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says of a cell, or of a sum of cells."""

    code: str
    said: int
    beside: tuple[str, ...]
    """Cells that the sentence may count in: 收到申请 with those carried in."""
    passage: Passage
    sentence: str


def contradictions(
    passages: Iterable[Passage], figures: Mapping[str, Figure], agency: str, year: int
) -> tuple[Contradiction, ...]:
    """Every total that the prose states and the table prints otherwise."""
    by_code: dict[str, list[Statement]] = {}
    for each in statements(passages, agency, year):
        by_code.setdefault(each.code, []).append(each)
    found = []
    for code, said in by_code.items():
        printed = _printed(code, figures)
        first = said[0]
        if printed is None or {each.said for each in said} != {first.said}:
            continue
        more = sum(_printed(each, figures) or 0 for each in first.beside)
        if first.said not in (printed, printed + more):
            found.append(_contradiction(first, printed))
    return tuple(found)


def _contradiction(said: Statement, printed: int) -> Contradiction:
    about = _data()
    quotation = said.sentence if len(said.sentence) <= QUOTED else f"{said.sentence[: QUOTED - 1]}…"
    detail = about["detail"].format(said=said.said, printed=printed, quotation=quotation)
    return Contradiction(
        f"{about['rule']}:{said.code}", about["label"], detail, said.code, said.said, printed, said.passage.place
    )


def _printed(code: str, figures: Mapping[str, Figure]) -> int | None:
    """The printed cell, or the sum of printed ones; None where any is missing, empty or derived."""
    figure = figures.get(code)
    if figure is not None:
        return figure.value if figure.status == "printed" and isinstance(figure.value, int) else None
    for edition in forms.current():
        if code in edition.sums:
            parts = [_printed(part, figures) for part in edition.sums[code].parts]
            if parts and all(part is not None for part in parts):
                return sum(part for part in parts if part is not None)
    return None


def statements(passages: Iterable[Passage], agency: str, year: int) -> Iterator[Statement]:
    """What the prose says of the report's own totals of its year."""
    for passage in passages:
        if passage.topic not in TOPICS:
            continue
        for sentence in SENTENCES.split(passage.text):
            text = re.sub(r"\s", "", unicodedata.normalize("NFKC", sentence))
            if not any(stop in text for stop in _data()["stops"]):
                yield from _said(text, passage, agency, year)


def _said(sentence: str, passage: Passage, agency: str, year: int) -> list[Statement]:
    """Clause by clause, as far as every number is understood."""
    found: list[Statement] = []
    following, before = False, ""
    for clause in CLAUSES.split(sentence):
        if following:
            match = _match("follows", clause, agency, year)
        else:
            whole = f"{before},{clause}" if before else clause
            match = _match("totals", whole, agency, year)
            if match is None and (passage.topic == "disputes" or "信息公开" in whole):
                match = _match("disputes", whole, agency, year)
        if match is not None:
            entry, said = match
            following = following or entry["codes"][0].startswith("requests.")
            beside = tuple(entry.get("beside", ()))
            found += [Statement(code, said, beside, passage, sentence) for code in entry["codes"]]
        elif re.search(r"\d", re.sub(r"20\d\d年", "", clause)):
            # What follows may be about something else, and a second count of requests makes the first one doubtful
            return [] if any(word in clause for word in _data()["again"]) else found
        before = clause if match is None and re.fullmatch(_opening(agency), clause) else ""
    return found


def _match(group: str, clause: str, agency: str, year: int) -> tuple[dict[str, Any], int] | None:
    for pattern, entry in _patterns(group, agency):
        match = pattern.fullmatch(clause)
        if match and _of_year(match, year):
            return entry, 0 if entry.get("zero") else int(match["n"].replace(",", ""))
    return None


def _of_year(match: re.Match[str], year: int) -> bool:
    return all(value is None or int(value) == year for name, value in match.groupdict().items() if name != "n")


def _names(agency: str) -> str:
    """The agency as the prose may call it: by its name, with or without its place's rank and 人民政府."""
    name = re.sub(r"\s", "", unicodedata.normalize("NFKC", agency))
    return "|".join(re.escape(each) for each in dict.fromkeys((name, name.removesuffix("人民政府"))) if len(each) > 1)


@lru_cache(maxsize=100)
def _opening(agency: str) -> str:
    """A clause that only says when and who."""
    return _filled("{begins}", agency)


@lru_cache(maxsize=100)
def _patterns(group: str, agency: str) -> tuple[tuple[re.Pattern[str], dict[str, Any]], ...]:
    begins = "" if group == "follows" else "{begins}"
    return tuple((re.compile(_filled(begins + entry["says"], agency)), entry) for entry in _data()[group])


def _filled(pattern: str, agency: str) -> str:
    about = _data()
    filled = pattern
    for name in ("begins", "who", "kinds", "units"):
        filled = filled.replace(f"{{{name}}}", about[name])
    filled = filled.replace("{who}", about["who"]).replace("{agency}", _names(agency) or "(?!)")
    filled = filled.replace("{cause}", about["cause"]).replace("{n}", r"(?P<n>\d{1,3}(?:,\d{3})+|\d+)")
    at = 0
    while "{period}" in filled:
        filled = filled.replace("{period}", about["period"].replace("<year>", f"<year{at}>"), 1)
        at += 1
    return filled


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
