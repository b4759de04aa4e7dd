"""The wording files as one table: spelling → what it may mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from bot.wording.expand import expand
from index.errors import DataError

FOLDER = Path(__file__).parent

Kind = Literal["row", "column", "field", "measure", "operation", "section", "count", "unit", "filler", "narrowing"]
STRONG, WEAK_VERB, WEAK_NOUN = 3, 2, 1
"""How much a wording counts: a weak one gives way to a stronger one in the same part of a question."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of one spelling."""

    kind: Kind
    code: str
    """Row, column, field or measure code, name of an operation, of a section or count of the prose, or of a unit."""
    strength: int = STRONG


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All spellings."""

    entries: Mapping[str, tuple[Entry, ...]]
    longest: int
    """Length of the longest spelling."""
    starts: Mapping[str, int]
    """First character → longest spelling that starts with it."""


@cache
def lexicon() -> Lexicon:
    """Built once a process. Bad data raises DataError with the file's name."""
    table: dict[str, list[Entry]] = {}
    for spelling, entry in _all():
        meanings = table.get(spelling)
        if meanings is None:
            table[spelling] = [entry]
        elif not any(each.kind == entry.kind and each.code == entry.code for each in meanings):
            meanings.append(entry)
    starts: dict[str, int] = {}
    for spelling in table:
        starts[spelling[0]] = max(starts.get(spelling[0], 0), len(spelling))
    longest = max(map(len, table))
    return Lexicon({spelling: tuple(found) for spelling, found in table.items()}, longest, starts)


@cache
def data(name: str) -> dict[str, Any]:
    """A wording file as it stands. Unreadable TOML raises DataError with the file's name."""
    try:
        return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"bot/wording/{name}：{error}") from error


def wordings(section: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Every spelling in a table of a wording file, with its strength; English ones in lower case."""
    for key, strength in (
        ("form", STRONG), ("say", STRONG), ("english", STRONG),
        ("weak_verb", WEAK_VERB), ("weak_noun", WEAK_NOUN), ("english_weak", WEAK_NOUN),
    ):  # fmt: skip
        for pattern in section.get(key, ()):
            for spelling in expand(pattern):
                yield spelling.lower(), strength


def _all() -> Iterator[tuple[str, Entry]]:
    for kind in ("row", "column", "field"):
        yield from _tables("fields.toml", kind, data("fields.toml").get(kind, {}))
    yield from _tables("statistics.toml", "field", data("statistics.toml")["field"])
    yield from _tables("measures.toml", "measure", data("measures.toml")["measure"])
    yield from _tables("operations.toml", "operation", data("operations.toml"))
    for kind in ("section", "count"):
        yield from _tables("prose.toml", kind, data("prose.toml").get(kind, {}))
    yield from _tables("units.toml", "unit", data("units.toml"))
    yield from _tables("narrowing.toml", "narrowing", data("narrowing.toml"))
    yield from _tables("filler.toml", "filler", data("filler.toml"))


def _tables(name: str, kind: Any, tables: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    for code, section in tables.items():
        try:
            meanings = {strength: Entry(kind, code, strength) for strength in (STRONG, WEAK_VERB, WEAK_NOUN)}
            for spelling, strength in wordings(section):
                yield spelling, meanings[strength]
        except DataError as error:
            raise DataError(f"bot/wording/{name}，{code}：{error}") from error
