"""Things that only the prose counts."""

from __future__ import annotations

import re

from bot.question.query import Item
from bot.question.reading import Reading

_ASIDE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


def free_item(reading: Reading) -> Item | None:
    """The unknown words of a question that asks for a count, as an item to look for in the prose."""
    if not reading.has("quantity"):
        return None
    words = [_ASIDE.sub("", text) for text in reading.unknown]
    words = [each for each in words if each]
    if not words:
        return None
    unit = next((token.text for token in reading.tokens if token.codes("unit")), "")
    return Item("free", "·".join(words), unit=unit)
