"""Turns of speech put into words that the rest understands: 败诉率高吗 → 败诉率多少."""

from __future__ import annotations

import re
from functools import cache

from bot.wording import data


def rephrased(text: str) -> str:
    """The text with every turn of speech of the list replaced; the first of a section that fits is taken."""
    for pattern, plain, unless in _turns():
        if unless is None or not unless.search(text):
            text = pattern.sub(plain, text)
    return text


@cache
def _turns() -> tuple[tuple[re.Pattern[str], str, re.Pattern[str] | None], ...]:
    return tuple(
        (re.compile(each["said"]), each["means"], re.compile(each["unless"]) if "unless" in each else None)
        for each in data("rephrase.toml")["turn"]
    )
