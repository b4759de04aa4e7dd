"""Things that only the prose counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.question.leftover import says_nothing
from bot.question.query import Item
from bot.question.reading import Reading
from bot.question.tokens import Token

_ASIDE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


def narrowed(reading: Reading, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """咨询类留言: what no word covers beside a count may be printed beside its number."""
    if len(items) != 1 or items[0].kind != "count":
        return items
    words = [_ASIDE.sub("", text) for text in reading.unknown]
    kept = tuple(each for each in words if each and not says_nothing(each, items) and each not in _MEASURES)
    return (replace(items[0], narrowed=kept),) if kept else items


_MEASURES = frozenset("条篇期场个份次通封册件家处项")


def free_item(reading: Reading) -> Item | None:
    """The unknown words of a question that asks for a count, as an item to look for in the prose."""
    if not reading.has("quantity"):
        return None
    words = _stretches(reading)
    if not any(len(each) > 1 for each in words):
        return None  # a single character names nothing
    unit = next((token.text for token in reading.tokens if token.codes("unit")), "")
    return Item("free", "·".join(words), unit=unit)


def _stretches(reading: Reading) -> list[str]:
    """The unknown stretches, each with a small word inside it: 出让公告, where 让 alone is one."""
    found: list[str] = []
    place = 0
    tokens = reading.tokens
    while place < len(tokens):
        end = place
        while _unknown(tokens, end):
            end += 1
            if end + 1 < len(tokens) and _small(tokens[end]) and _unknown(tokens, end + 1):
                end += 1
        if end > place:
            found.append("".join(token.text for token in tokens[place:end]))
        place = end + 1
    return [each for text in found if (each := _ASIDE.sub("", text)) and each not in _MEASURES]


def _unknown(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and (tokens[place].kind == "unknown" or tokens[place].narrows)


def _small(token: Token) -> bool:
    return len(token.text) == 1 and bool(token.entries) and all(entry.kind == "filler" for entry in token.entries)
