"""What a bound is about: the figure itself, the gap to another figure, the change in percent, or a multiple."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.question import form
from bot.question.directions import which_way
from bot.question.query import Condition, Measured
from bot.question.reading import Reading
from bot.question.tokens import Token


@dataclass(frozen=True, slots=True)
class About:
    """How a number is to be held against figures."""

    of: Measured = "value"
    falling: bool = False
    """减少50件以上: the gap is counted downwards."""
    either_way: bool = False
    """差距超过50件: whichever is more."""
    unit: str = ""
    """percent, points, times, count, or nothing."""
    scale: float = 1
    """多一倍 is 100 percent more; 一半 of another is 0.5 times as many."""


_UNITS = (("%", "percent"), ("倍", "times"), ("番", "times"))


def about(reading: Reading, tokens: Sequence[Token], position: int) -> About:
    """Of the number at a position."""
    unit = _unit(tokens, position)
    word = _direction(tokens, position)
    way = which_way(word.text) if word else ""
    if unit == "times":
        if word is None or _stated(tokens, position):
            return About("times", unit=unit)
        return About("change", way == "down", way == "either", unit, 100)
    if word is not None and _compared(reading, word):
        return About("change" if unit == "percent" else "gap", way == "down", way == "either", unit)
    if unit == "percent" and of_another(tokens, position):
        return About("times", unit=unit, scale=0.01)
    return About(unit=unit)


def held(bound: Condition, measured: About, said: str) -> Condition | None:
    """The bound with what it is held against; None where it cannot be: a rate in 件, a rise of a rate in percent."""
    rate = bound.item.kind in ("measure", "share")
    if rate and (measured.unit == "count" or measured.of == "change"):
        return None
    if measured.unit == "points" and not rate:
        return None
    item = bound.item
    if measured.of == "value" and measured.unit == "percent" and not rate:
        share = form.share(item.code) if item.kind == "field" else None
        if share is None:
            return None
        item = share
    if measured.of == "value" and measured.unit == "times":
        return None
    found = replace(
        bound, item=item, of=measured.of, falling=measured.falling, either_way=measured.either_way,
        low=_scaled(bound.low, measured.scale), high=_scaled(bound.high, measured.scale),
    )  # fmt: skip
    return _around(found, measured, said)


def _scaled(value: float | None, factor: float) -> float | None:
    return value if value is None or factor == 1 else value * factor


def _around(each: Condition, measured: About, said: str) -> Condition:
    """是33%吗, 是两倍吗: a rate is said rounded, so its exact value need not end there."""
    if each.low is None or each.low != each.high or measured.unit not in ("percent", "times", "points"):
        return each
    digits = re.search(r"\.(\d+)", said)
    slack = 0.05 if measured.unit == "times" else 0.5 * 10 ** -(len(digits[1]) if digits else 0)
    slack *= measured.scale
    return replace(each, low=each.low - slack, high=each.low + slack, high_open=True)


def _unit(tokens: Sequence[Token], position: int) -> str:
    for token in tokens[position + 1 : position + 4]:
        for mark, unit in _UNITS:
            if token.text.startswith(mark):
                return unit
        if token.text.endswith("百分点"):
            return "points"
        if "unit_count" in token.codes("filler") or "money" in token.codes("unit"):
            return "count"
        if token.text not in ("个", "多"):
            return ""
    return ""


def of_another(tokens: Sequence[Token], position: int) -> bool:
    """不到乙区的｜50%, 是2023年申请的｜50%: a part of the figure of another agency or year."""
    if not position or not tokens[position - 1].text.endswith("的"):
        return False
    for token in reversed(tokens[:position]):
        if token.kind in ("agency", "year"):
            return any(each.kind == token.kind for each in tokens if each is not token) or token.kind == "year"
        if token.kind in ("number", "mark") or token.has("rate"):
            return False
    return False


_TURNS = ("more", "less", "grow", "shrink", "difference", "yoy")


def _direction(tokens: Sequence[Token], position: int) -> Token | None:
    """The word before the number that says which way: 增长超过｜10, 多出｜50, 差距超过｜50."""
    against = any(token.has("than") for token in tokens[:position])  # 比上年少｜收了｜至少｜50件
    for token in reversed(tokens[:position]):
        named = any(entry.kind in ("row", "column", "field", "measure") for entry in token.entries)
        if token.kind in ("number", "agency", "year", "mark") or (named and not against):
            return None
        if token.has(*_TURNS):
            return token
    return None


def _stated(tokens: Sequence[Token], position: int) -> bool:
    """是…的｜两倍, 达到｜2倍."""
    return position > 0 and tokens[position - 1].text in ("的", "是", "为", "有", "达到", "原来的", "其")


def _compared(reading: Reading, word: Token) -> bool:
    """多 and 少 need something to be compared with; 增长 and 差 say it themselves."""
    return word.has("grow", "shrink", "difference", "yoy") or reading.has("than", "compare") or _two_sides(reading)


def _two_sides(reading: Reading) -> bool:
    agencies = {mention.agency_ids for mention in reading.mentions if mention.kind == "agency"}
    years = {year for mention in reading.years if not mention.carry for year in mention.years}
    return len(agencies) == 2 or len(years) == 2 or any(mention.kind == "previous" for mention in reading.years)
