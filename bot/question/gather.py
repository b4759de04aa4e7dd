"""Several figures taken together: 两个区加起来多少, 两年合计超过300件吗, 各区平均超过50件吗."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from bot.question import form
from bot.question.query import Condition, Item, Query
from bot.question.reading import Reading
from bot.wording import data

if TYPE_CHECKING:
    from bot.question.operations import Operation, Scene

GATHERING = ("sum", "average")
"""Kinds of answer that take several figures together."""


def sums(reading: Reading, scene: Scene) -> bool:
    """Whether a sum is wanted of several agencies, years or items; 总数 of one row is the row's own total."""
    if reading.has("each", "trend"):
        return False
    if adds_to(reading) and not reading.has("than", "difference", "ratio", "average"):
        return scene.follows and (scene.agencies > 1 or scene.years > 1 or scene.items > 1)
    asked = sum(1 for token in reading.tokens if token.has("quantity"))
    several = scene.agencies > 1 or scene.group or scene.years > 1 or scene.year_span
    if reading.has("sum"):
        return several or (scene.items > 1 and asked < 2)
    if several and scene.items == 1 and len(_TOTAL.findall(reading.text)) == 1:
        return not reading.has("than", "more", "less", "over", "under", "at_least", "at_most", "same", "asks", "exists")
    return "总额" in reading.text and (several or scene.items > 1)


_TOTAL = re.compile("总(?:数量?|量|件数|次数)")
"""近三年收到的申请总数, 全部单位申请总量: the sum, with its parts; 总计 is the form's word for one row's total."""


def claimed(reading: Reading, scene: Scene, conditions: Sequence[Condition]) -> Literal["", "sum", "average"]:
    """sum or average where a bound is held against several figures taken together; else ''."""
    if any(each.of != "value" for each in conditions) or reading.has("wholly", "each"):
        return ""
    several = scene.agencies > 1 or scene.group or scene.years > 1 or scene.year_span
    if reading.has("average"):
        return "average" if several else ""
    together = reading.has("sum") or bool(_in_all().search(reading.text))
    return "sum" if together and (several or scene.items > 1) else ""


def joins(reading: Reading) -> bool:
    """比乙区多多少, 和乙区加起来: names one of two sides; the other is the one spoken of before."""
    compares = reading.has("than", "difference", "ratio", "compare", "more", "less")
    return compares or adds_to(reading) or (reading.has("sum") and _ADDED.match(reading.text) is not None)


def widened(reading: Reading, before: Query | None) -> Query | None:
    """那总共收到多少 after 自然人的: of all applicants, of all results; not where agencies or years are added up."""
    alone = before is not None and len(before.agencies) == 1 and before.group is None and len(before.years) == 1
    if before is None or not alone or len(reading.mentions) > 1 or not _WHOLE.search(reading.text) or adds_to(reading):
        return before
    if len(reading.years) > 1 or any(year.kind in ("span", "all", "previous") for year in reading.years):
        return before
    return replace(before, items=tuple(dict.fromkeys(_whole(item) for item in before.items)))


_WHOLE = re.compile("总共|一共|总计|合计|共计|总数|全部加")


def _whole(item: Item) -> Item:
    """The row's own column: requests.received.person → requests.received.total."""
    row, column = form.split_code(item.code)
    kind = form.kind_of_column(column) if item.kind == "field" else "plain"
    code = form.field_code(row, form.default_columns(row)[0]) if kind in ("applicant", "result") else None
    return replace(item, code=code) if code else item


def adds_to(reading: Reading) -> bool:
    """加上乙区呢, 连同2023年的: what was spoken of before and this, together."""
    return _PLUS.match(reading.text) is not None


_PLUS = re.compile("(?:那么?|如果|要是|把)?再?(?:加上|算上|连上|连同)")
_ADDED = re.compile("(?:那么?|如果|要是)?再?(?:和|跟|与|同|加上|连上|算上|加)")


def is_of_one_item(query: Query) -> bool:
    """Whether a question that names several items has to be answered item by item."""
    if len(query.items) < 2 or query.over == "items":
        return False
    sides = len(query.agencies) > 1 or query.group is not None or len(query.years) > 1
    compares = query.kind in ("difference", "ratio", "more") or query.claim.removeprefix("not_") in ("more", "less")
    return query.kind in ("average", "ranking", "place", "yoy", "growth", "portion") or (compares and sides)


def nested(items: Sequence[Item]) -> bool:
    """Whether one item is a part of another, so that their sum counts it twice: 收到 and 办结, 复议 and 维持."""
    codes = [form.split_code(item.code) for item in items if item.kind == "field"]
    return any(_within(a, b) for a in codes for b in codes if a != b)


def _within(part: tuple[str, str], whole: tuple[str, str]) -> bool:
    (row, column), (other, all_of) = part, whole
    if all_of not in ("total", column) and not (all_of == "organisations" and column in form.APPLICANTS[1:6]):
        return False
    if row == other:
        return column != all_of
    outcomes = row.startswith(form.OUTCOMES) and other in ("requests.received", "requests.handled")
    return row.startswith(other + ".") or outcomes or (row, other) == ("requests.handled", "requests.received")


def left_alone(reading: Reading, operation: Operation, items: Sequence[Item]) -> tuple[str, ...]:
    """加起来 in an answer that takes nothing together: each figure by itself is not what was asked."""
    single = operation.kind in ("yes_no", "threshold") and not reading.has("wholly")
    bounded = single and all(each.of == "value" for each in operation.conditions)
    bounded = bounded and operation.claim not in ("exists", "none")
    words = _in_all() if bounded and operation.conditions else _SUMS if bounded else _together()
    together = words.search(reading.text) or _together().search(reading.text)
    if operation.kind not in _ONE_BY_ONE or operation.topic == "total" or together is None:
        return ()
    years = len(reading.years) > 1 or any(year.kind in ("span", "all") for year in reading.years)
    listed = operation.kind != "yes_no" and operation.over == "agencies"
    return (together[0],) if len(items) > 1 or years or not (listed or _alone(reading)) else ()


_SUMS = re.compile("之和|总和")
_ONE_BY_ONE = ("yes_no", "threshold", "ranking", "place", "growth", "yoy")


def _alone(reading: Reading) -> bool:
    return len(reading.mentions) < 2 and not any(mention.kind == "group" for mention in reading.mentions)


@cache
def _together() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, data("pair.toml")["both"]["gathers"])))


@cache
def _in_all() -> re.Pattern[str]:
    words = [*data("pair.toml")["both"]["gathers"], *data("bounds.toml")["in_all"]["words"]]
    return re.compile("|".join(map(re.escape, words)))
