"""Patterns in the wording files: each compiles, finds what is written beside it as alike, and not what is unlike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.question import directions
from bot.wording import data
from bot.wording.lexicon import FOLDER


def tables(section: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for value in section.values():
        if isinstance(value, Mapping):
            yield value
            yield from tables(value)


PATTERNS = [
    (path.name, table)
    for path in sorted(FOLDER.glob("*.toml"))
    for table in tables(data(path.name))
    if "pattern" in table and "like" in table
]


@pytest.mark.parametrize(("file", "table"), PATTERNS)
def test_a_pattern_finds_what_is_written_beside_it(file: str, table: Mapping[str, Any]) -> None:
    pattern = re.compile(table["pattern"].replace("{moves}", directions.moves()))
    assert [text for text in table["like"] if not pattern.search(text)] == [], file
    assert [text for text in table.get("unlike", ()) if pattern.search(text)] == [], file


def test_directions_are_told_apart() -> None:
    words = data("directions.toml")
    assert not set(words["up"]["say"]) & {*words["down"]["say"], *words["down"]["word"]}
    for word in words["up"]["say"]:
        assert directions.rises(word), word
        assert not directions.falls(word), word
        assert directions.turns(word), word
    for word in words["down"]["say"]:
        assert directions.falls(word), word
        assert directions.which_way(word) == "down", word
    for word in words["neither"]["say"]:
        assert not directions.falls(word), word
        assert not directions.rises(word), word


@pytest.mark.parametrize(
    ("word", "way"),
    [
        ("多出", "up"),
        ("少", "down"),
        ("低了", "down"),
        ("差", "either"),
        ("差不多", "up"),
        ("增减", "either"),
        ("变化", "either"),
    ],
)
def test_a_word_of_comparison_says_which_way_it_counts(word: str, way: str) -> None:
    assert directions.which_way(word) == way
