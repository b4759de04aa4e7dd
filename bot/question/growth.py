"""Changes from one year to another, of several agencies or over the years of one: 增长最快的单位, 哪些单位同比下降."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bot.question.directions import falls, moves, rises, turns
from bot.question.operations import Operation, Scene, asks_which, denies
from bot.question.places import places
from bot.question.query import Condition
from bot.question.reading import Reading
from bot.wording import data


def growth(reading: Reading, scene: Scene, conditions: Sequence[Condition], either: bool) -> Operation | None:
    """None where no change between years is asked for, or only that of one agency between two years."""
    over_years = reading.has("which_year") and scene.agencies == 1 and not scene.group
    everybody = scene.agencies == 0 and not scene.follows and (asks_which(reading) or _superlative(reading))
    if not _is_change(reading, scene) or not (over_years or everybody or scene.group or scene.agencies > 1):
        return None
    counted = {each.of for each in conditions}
    if counted - {"gap", "change"} or len(counted) > 1 or any(each.either_way for each in conditions):
        return None
    backwards = _backwards(reading)
    if backwards and _counted(reading) == "percent":
        return None  # of the later year, which is not how a change is counted
    falling = _falls(reading) != backwards
    wanted = places(reading)
    top, nth = wanted.top, wanted.nth
    ends = _superlative(reading) or reading.has("rank") or bool(wanted)
    if ends and not wanted and not reading.has("rank") and scene.agencies < 2:
        top = 1
    bounds = tuple(_signed(replace(each, falling=each.falling != backwards)) for each in conditions)
    if not bounds and not ends and scene.agencies < 2 and (asks_which(reading) or over_years or _such_as(reading)):
        bounds = _moved(reading, scene, falling)
    least = reading.has("least", "slow") or wanted.last
    downwards = bounds[0].low is None if bounds else falling != least
    return Operation(
        "growth", over="years" if over_years else "agencies", order="asc" if downwards else "desc",
        top=top, nth=nth, conditions=bounds, either=either,
        claim=_COUNTED[counted.pop()] if counted else _counted(reading),
        topic="total" if _says("in_all", reading.text) and not (ends or bounds) else "ends" if least else "",
    )  # fmt: skip


def _says(key: str, text: str) -> bool:
    return _pattern(key).search(text) is not None


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(data("growth.toml")[key]["pattern"].replace("{moves}", moves()))


def _such_as(reading: Reading) -> bool:
    """复议增加了的单位, without 哪些; 各单位增加了多少 wants all of them."""
    asked = reading.has("quantity", "yoy", "each", "trend", "percent") or re.search("多少|几", reading.text)
    return not asked


def _is_change(reading: Reading, scene: Scene) -> bool:
    """增长, 同比, 比上年多; 甲市比乙市多 compares agencies, not years."""
    if reading.has("grow", "shrink", "yoy"):
        return True
    years = scene.previous or scene.against or scene.years == 2
    if reading.has("difference") and turns(reading.text):
        return not reading.has("who") or years
    return years and (
        reading.has("difference") or (reading.has("than") and reading.has("more", "less", "most", "least"))
    )


def _superlative(reading: Reading) -> bool:
    return reading.has("most", "least", "fast", "slow")


def _falls(reading: Reading) -> bool:
    """下降最多, 比上年少; 增减 and 升降 say no direction."""
    return falls(reading.text) or (reading.has("less") and not rises(reading.text))


def _backwards(reading: Reading) -> bool:
    """2023年比2024年多: the earlier year is the one that is more."""
    years = [year for year in reading.years if year.kind == "year"]
    if len(years) != 2 or years[0].years >= years[1].years:
        return False
    return "比" in reading.text[years[0].end : years[1].start]


def _counted(reading: Reading) -> str:
    """Whether the percentage of the change is meant or its number: 增长最快, 增加最多."""
    if reading.has("fast", "slow") or (_says("as_share", reading.text) and not re.search(r"\d[件起]", reading.text)):
        return "percent"
    return "number" if _says("as_number", reading.text) or not reading.has("yoy") else "percent"


_COUNTED = {"gap": "number", "change": "percent"}


def _signed(bound: Condition) -> Condition:
    """下降超过10 is a change below -10."""
    if not bound.falling:
        return bound
    return replace(
        bound, low=None if bound.high is None else -bound.high, high=None if bound.low is None else -bound.low,
        low_open=bound.high_open, high_open=bound.low_open, falling=False,
    )  # fmt: skip


def _moved(reading: Reading, scene: Scene, falling: bool) -> tuple[Condition, ...]:
    """哪些单位下降了: below zero; 没有下降的: zero or more."""
    if reading.has("yoy") and not turns(reading.text):
        return ()
    item = scene.first
    if item is None:
        return ()
    if denies(reading, anywhere=True) or _says("not_moved", reading.text):
        return (Condition(item, low=0) if falling else Condition(item, high=0),)
    return (Condition(item, high=0, high_open=True) if falling else Condition(item, low=0, low_open=True),)
