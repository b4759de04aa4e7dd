"""Leftover words of a question that change nothing once agency, year and one figure are certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.question import form
from bot.question.names import label
from bot.question.query import Item
from bot.question.reading import Reading
from bot.wording import data
from bot.wording.expand import expand


def says_nothing(text: str, item: Item) -> bool:
    """Function words, or a repeat of the printed wording of the row that was understood: 行政机关, 正当理由."""
    plain = re.sub(r"\W", "", text)
    return not plain or _functional().fullmatch(plain) is not None or (len(plain) > 1 and plain in _printed(item))


def counts_people(reading: Reading, items: Sequence[Item]) -> bool:
    """复议申请人数: people are counted nowhere in the form but as requests received."""
    if not re.search("人数", reading.text):
        return False
    return any(item.kind == "field" and not item.code.startswith("requests.received") for item in items)


@cache
def _functional() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, data("filler.toml")["leftover"]["drop"])) + ")+")


def _printed(item: Item) -> str:
    if item.kind != "field":
        return ""
    row = form.split_code(item.code)[0]
    about = data("fields.toml")["row"].get(row)
    forms = [spelling for pattern in about["form"] for spelling in expand(pattern)] if about else []
    return "。".join([label(item.code), *forms])
