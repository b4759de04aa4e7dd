"""Words that say up or down: 增长, 下降, 比上年少, 增减. They stand in directions.toml, and only there."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from bot.wording import data


def rises(text: str) -> bool:
    """增长, 提高, 多了; 增减 says no direction."""
    return _any_of("up").search(_pointing(text)) is not None


def falls(text: str) -> bool:
    """下降最多, 少了; not 减去, and not the 少 of 多少."""
    return _any_of("down").search(_pointing(text)) is not None


def turns(text: str) -> bool:
    """Whether a change is spoken of, upwards, downwards or either way: 增减多少; 减去 only subtracts."""
    plain = _any_of("subtracting").sub("", text)
    return (_any_of("up").search(plain) or _any_of("down").search(plain)) is not None


def falls_short(word: str) -> bool:
    """Whether a single word of comparison points down: 少, 低了, 减少, 滑坡."""
    return (_any_of("down").search(word) or _any_of("down", "word").search(word)) is not None


def which_way(word: str) -> Literal["up", "down", "either"]:
    """Which way a single word of comparison counts: 多出 up, 减少 down, 差 and 增减 either."""
    either = data("directions.toml")["either"]
    both_ways = _any_of("either").search(word) is not None or re.search(either["pattern"], word) is not None
    if falls_short(word) and "增减" not in word:
        return "down"
    return "either" if both_ways else "up"


@cache
def moves() -> str:
    """A pattern for any of the words that say a change: for the patterns of growth.toml."""
    words = data("directions.toml")
    return "|".join(map(re.escape, (*words["up"]["say"], *words["down"]["say"])))


def _pointing(text: str) -> str:
    return _any_of("neither").sub("", _any_of("subtracting").sub("", text))


@cache
def _any_of(section: str, key: str = "say") -> re.Pattern[str]:
    words = sorted(data("directions.toml")[section][key], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))
