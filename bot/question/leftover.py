"""Leftover words of a question that change nothing once what it asks for is certain.

A closed class: function words, verbs of handling and measure words, and what only repeats the row that was
understood. Everything else may narrow the question, so no figure is given for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.question import form
from bot.question.names import label
from bot.question.query import Item
from bot.question.reading import Reading
from bot.wording import data, lexicon
from bot.wording.expand import expand


def says_nothing(text: str, items: Sequence[Item]) -> bool:
    """Words of the closed class, or for every item a repeat of its row's printed wording: 行政机关, 正当理由."""
    plain = re.sub(r"\W", "", text)
    if not plain:
        return True
    if _narrows(plain):
        return all(plain in _echoes(item.code) or plain in _printed(item) for item in items)
    return all(_droppable(item.code).fullmatch(plain) or _repeats(plain, item) for item in items)


def counts_people(reading: Reading, items: Sequence[Item]) -> bool:
    """复议申请人数: people are counted nowhere in the form but as requests received."""
    if not re.search("人数", reading.text):
        return False
    return any(item.kind == "field" and not item.code.startswith("requests.received") for item in items)


def _narrows(text: str) -> bool:
    return any(entry.kind == "narrowing" for entry in lexicon().entries.get(text, ()))


def _repeats(text: str, item: Item) -> bool:
    return len(text) > 1 and text in _printed(item)


@cache
def _droppable(code: str) -> re.Pattern[str]:
    words = data("leftover.toml")
    all_words = [*words["drop"]["words"], *words["handling"]["words"], *_echoes(code)]
    return re.compile("(?:" + "|".join(map(re.escape, sorted(all_words, key=len, reverse=True))) + ")+")


@cache
def _echoes(code: str) -> tuple[str, ...]:
    """What repeats the row that a code belongs to, or the group of that row."""
    echo = data("leftover.toml")["echo"]
    return tuple(word for row, words in echo.items() if code == row or code.startswith(row + ".") for word in words)


def _printed(item: Item) -> str:
    if item.kind != "field":
        return ""
    row = form.split_code(item.code)[0]
    about = data("fields.toml")["row"].get(row)
    forms = [spelling for pattern in about["form"] for spelling in expand(pattern)] if about else []
    return "。".join([label(item.code), *forms])
