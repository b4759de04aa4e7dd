"""Turns of speech put into words that the rest understands: 败诉率高吗 → 败诉率多少."""

from __future__ import annotations

import re
from functools import cache

from bot.wording import data
from index.agencies.sounds import look_alike, same_sound


def rephrased(text: str) -> str:
    """The text with every turn of speech of the list replaced; the first of a section that fits is taken."""
    text = _nearly().sub(lambda match: _put_right(match[0]), text)
    for pattern, plain, unless in _turns():
        if unless is None or not unless.search(text):
            text = pattern.sub(plain, text)
    return text


@cache
def _nearly() -> re.Pattern[str]:
    """Stretches that are a phrase but for one letter; the longer phrases first."""
    phrases = data("similar.toml")["phrases"]
    return re.compile(
        "|".join(f"{each[:at]}[^{each[at]}]{each[at + 1 :]}" for each in phrases for at in range(len(each)))
    )


def _put_right(written: str) -> str:
    """信息工开申请 → 信息公开申请: the letter is of the same sound or shape."""
    for phrase in data("similar.toml")["phrases"]:
        wrong = [pair for pair in zip(written, phrase, strict=False) if pair[0] != pair[1]]
        if len(written) == len(phrase) and len(wrong) == 1 and (same_sound(*wrong[0]) or _alike(*wrong[0])):
            return str(phrase)
    return written


def _alike(one: str, other: str) -> bool:
    return look_alike(one, other) or any(
        one in group and other in group for group in data("similar.toml")["look_alike"]
    )


@cache
def _turns() -> tuple[tuple[re.Pattern[str], str, re.Pattern[str] | None], ...]:
    return tuple(
        (re.compile(each["said"]), each["means"], re.compile(each["unless"]) if "unless" in each else None)
        for each in data("rephrase.toml")["turn"]
    )
