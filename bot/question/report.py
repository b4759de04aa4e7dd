"""Questions about a report as a text: whether it has a word, when it was published, how many pages it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.question.query import Item
from bot.question.reading import Reading
from bot.wording import data

LONGEST = 14
"""Characters of a word that is looked for."""
_JOINTS = re.compile(r"[和与及、]|以及|或者?|还有")
_ASKS = re.compile(r"多少|几|谁|哪|什么|怎么|为何|年(?!报)")
"""Words that want something else than a word of the text."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words of the prose that are asked for."""

    items: tuple[Item, ...]
    start: int
    end: int
    yes_no: bool


def of_the_document(reading: Reading) -> str:
    """什么时候发布的, 谁写的: the words that ask for what is not stored; '' where none do."""
    wording = data("report.toml")["document"]
    patterns = (*wording["pattern"], *(wording["titled"] if _titled(reading.text) else ()))
    found = next((match for each in patterns if (match := re.search(each, reading.text))), None)
    return found[0] if found and not re.search(wording["unless"], reading.text) else ""


def mentioned(reading: Reading) -> Wanted | None:
    """有没有提到培训: the word, and where in the question it is asked for."""
    for pattern in _patterns(_titled(reading.text)):
        match = pattern.search(reading.text)
        if match is None:
            continue
        name = "word" if "word" in match.groupdict() else "how"
        words = tuple(each for each in _JOINTS.split(match[name].strip("，、 了过的")) if each)
        named = any(match.start() < each.end and each.start < match.end() for each in reading.mentions)
        if words and not named and all(1 < len(each) <= LONGEST and not _ASKS.search(each) for each in words):
            items = tuple(Item("mention", each) for each in dict.fromkeys(words))
            return Wanted(items, match.start(), match.end(), name == "word")
    return None


def unread_beside(reading: Reading, wanted: Wanted) -> tuple[str, ...]:
    """Words outside the question for a word that limit it and were not understood."""
    return tuple(
        token.text
        for token in reading.tokens
        if (token.kind == "unknown" or token.narrows) and not wanted.start <= token.start < wanted.end
    )


def _titled(text: str) -> bool:
    return re.search(data("report.toml")["mentioned"]["about"], text) is not None


@cache
def _patterns(titled: bool) -> tuple[re.Pattern[str], ...]:
    wording = data("report.toml")["mentioned"]
    found = (*wording["pattern"], *(wording["titled"] if titled else ()))
    return tuple(re.compile(each + wording["end"]) for each in found)
