"""甲区、乙区两个区: a list of names closed by how many they are, which names nothing more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.question.numerals import number
from bot.wording import data


@dataclass(frozen=True, slots=True)
class Counted:
    """How many a list was said to hold."""

    text: str
    count: int
    of: str
    """agencies or items."""


def closed(text: str) -> tuple[str, tuple[Counted, ...]]:
    """The text without the closing counts, and the counts."""
    found = []
    for of in ("agencies", "items"):
        pattern = _pattern(of)
        for match in reversed(list(pattern.finditer(text))):
            found.append(Counted(match["count"], int(number(match["n"]) or 0), of))
            text = text[: match.start("count")] + text[match.end("count") :]
    return text, tuple(found)


@cache
def _pattern(of: str) -> re.Pattern[str]:
    words = data("bounds.toml")["closing"]
    joined = "|".join(map(re.escape, words["joins"]))
    ends = "|".join(map(re.escape, words[of]))
    return re.compile(
        rf"(?:{joined})[^，。？0-9{''.join(each for each in words['joins'] if len(each) == 1)}]{{1,14}}?"
        rf"(?<!最[多少高低大小]的)(?<!最[多少高低大小])(?<![前后各])(?P<count>(?P<n>[两俩二三四五六]|[2-6])(?:{ends}))"
    )
