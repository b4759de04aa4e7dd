"""Thresholds and claims: 超过100件, 10到20件, 收到50件对吗, 没有诉讼的单位."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.question import form
from bot.question.items import Asked, ask_items
from bot.question.operations import asks_which, denies
from bot.question.query import Condition, Item
from bot.question.reading import Reading
from bot.question.tokens import Token

_COMPARATORS = ("over", "at_least", "under", "at_most", "exactly")


_AFTER = {
    "以上": "at_least",
    "及以上": "at_least",
    "或以上": "at_least",
    "以下": "at_most",
    "及以下": "at_most",
    "以内": "at_most",
    "或以下": "at_most",
}


def conditions_of(reading: Reading, before: Sequence[Item]) -> tuple[tuple[Condition, ...], bool, Asked]:
    """Up to three conditions, whether 或 joins them, and what the whole question asks for."""
    tokens = list(reading.tokens)
    bounds = [found for position in range(len(tokens)) if (found := _bound(tokens, position))]
    rate = not _changes(reading)
    whole = ask_items(tokens, before, each=reading.has("each"), rate=rate)
    asked = whole.items or tuple(before)
    if not bounds or not asked or asked[0].kind not in ("field", "measure", "share"):
        return _claimed(reading, tokens, whole) or _any_or_none(reading, whole), False, whole
    conditions: list[Condition] = []
    start = 0
    last: tuple[Item, ...] = ()
    for number, (position, low, high, low_open, high_open) in enumerate(bounds[:3]):
        end = _clause_end(tokens, position, bounds[number + 1][0] if number + 1 < len(bounds) else len(tokens))
        here = ask_items(tokens[start:end], before).items or last or asked[:1]
        low, high = _scaled(low, here[0], tokens, position), _scaled(high, here[0], tokens, position)
        conditions.append(Condition(here[0], low, high, low_open, high_open))
        start, last = end, here
    return tuple(conditions), reading.has("or"), whole


_NOT_ONE = re.compile(r"[一半][件个起次场回桩宗例份项].{0,12}[都也](?:没|无)")
_REACHED = re.compile(r"(?:过|过了|满|满了)?[0-9.百千万]+[一-鿿]{0,2}没有?[吗呢？?。]*$")
"""申请过了300件没有: at least as many, not exactly as many."""


def _any_or_none(reading: Reading, whole: Asked) -> tuple[Condition, ...]:
    """没有行政诉讼的单位有哪些, 哪些单位被起诉过: exactly none, or more than none."""
    group = any(mention.kind == "group" for mention in reading.mentions)
    if (
        not group
        or not asks_which(reading)
        or reading.has("quantity", "most", "least", "more", "less", "rank", "sum", "average", "rate")
    ):
        return ()
    if denies(reading) or reading.has("none", "exactly") or _NOT_ONE.search(reading.text):
        return tuple(Condition(item, 0, 0) for item in whole.items if item.kind == "field")
    return tuple(Condition(item, 0, None, low_open=True) for item in whole.items if item.kind == "field")


def _scaled(value: float | None, item: Item, tokens: Sequence[Token], position: int) -> float | None:
    """Money is counted in 万元: 5000万元 is 5000, 251000元 is 25.1."""
    if value is None or item.kind != "field" or form.unit_of(item.code) != "万元":
        return value
    following = tokens[position + 1].text if position + 1 < len(tokens) else ""
    if tokens[position].text.endswith(("万", "亿")) or following.startswith(("元", "块")):
        return value / 10_000
    return value * 10_000 if following.startswith("亿") else value


def _changes(reading: Reading) -> bool:
    """同比变化百分之几, 比上年增长百分之多少: a percentage of change, no share."""
    change = reading.has("yoy") or (reading.has("percent") and reading.has("grow", "shrink", "difference", "than"))
    counted = (
        any(token.text == "占" for token in reading.tokens) and reading.has("quantity") and not reading.has("percent")
    )
    return change or (counted and any("unit_count" in token.codes("filler") for token in reading.tokens))


def _clause_end(tokens: Sequence[Token], position: int, following: int) -> int:
    """A clause ends at the first separator after its number, or with the question."""
    if following == len(tokens):
        return following
    for place in range(position + 1, following):
        if tokens[place].has("separator", "and", "or"):
            return place
    return following


_Bound = tuple[int, float | None, float | None, bool, bool]


def _bound(tokens: Sequence[Token], position: int) -> _Bound | None:
    token = tokens[position]
    if token.kind != "number" or token.value is None:
        return None
    before = _comparator(tokens, position, -1)
    after = _comparator(tokens, position, 1)
    excluding = any(each.has("excluding") for each in tokens[position : position + 5])
    including = any(each.has("including") for each in tokens[position : position + 5]) and not excluding
    other = _second_number(tokens, position)
    if other is not None:
        return position, token.value, other, False, False
    sign = after or before
    if sign is None:
        return None
    value = token.value
    if sign in ("over", "at_least"):
        return position, value, None, (sign == "over" and not including) or excluding, False
    if sign in ("under", "at_most"):
        return position, None, value, False, (sign == "under" and not including) or excluding
    return position, value, value, False, False


def _comparator(tokens: Sequence[Token], position: int, step: int) -> str | None:
    """The comparing word beside a number: right before it, or after it and its unit."""
    place = position + step
    skipped = 0
    while 0 <= place < len(tokens) and skipped < 3:
        token = tokens[place]
        for sign in _COMPARATORS:
            if token.has(sign) and ((token.text in _AFTER) == (step > 0)):
                return sign
        if token.kind != "word" or not any(entry.kind in ("filler", "unit") for entry in token.entries):
            return None
        place += step
        skipped += 1
    return None


def _second_number(tokens: Sequence[Token], position: int) -> float | None:
    """10到20件之间, 10-20件: the upper end."""
    between = any(token.has("between") for token in tokens[max(0, position - 2) : position + 8])
    for place in range(position + 1, min(position + 4, len(tokens))):
        token = tokens[place]
        if token.kind == "number" and (
            between or any(each.text in ("到", "至", "-", "~") for each in tokens[position + 1 : place])
        ):
            return token.value
        if token.kind not in ("word", "mark"):
            return None
    return None


def _claimed(reading: Reading, tokens: Sequence[Token], whole: Asked) -> tuple[Condition, ...]:
    """听说收到50件申请，对吗: a number with 件 that is said, not asked."""
    if _NOT_ONE.search(reading.text):
        return ()  # 一场官司都没有: none, not one
    if not whole.items or (re.search("多少|几", reading.text) and not reading.has("said")):
        return ()
    if not reading.has("asks", "said", "exactly", "exists"):
        return ()
    for place, token in enumerate(tokens):
        follows = tokens[place + 1] if place + 1 < len(tokens) else None
        counted = follows is not None and (
            "unit_count" in follows.codes("filler")
            or "money" in follows.codes("unit")
            or follows.text in ("%", "次", "回")
        )
        if token.kind == "number" and token.value is not None and counted:
            if place and (tokens[place - 1].has("negation") or tokens[place - 1].text in ("没有", "没")):
                return (Condition(whole.items[0], None, token.value, high_open=True),)
            if reached := _REACHED.search(reading.text):
                return (Condition(whole.items[0], token.value, None, low_open=reached[0].startswith("过")),)
            high = None if reading.has("exists") else token.value
            return (Condition(whole.items[0], token.value, high),)
    return ()
