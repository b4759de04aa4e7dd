"""Thresholds and claims: 超过100件, 10到20件, 收到50件对吗, 没有诉讼的单位."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.question import form
from bot.question.bounds import about, held, of_another
from bot.question.items import Asked, ask_items
from bot.question.operations import all_have, asks_which, denies, is_portion, whether
from bot.question.query import Condition, Item
from bot.question.reading import Reading
from bot.question.tokens import Token
from bot.wording import data

_Bound = tuple[int, float | None, float | None, bool, bool]
"""Place of the number, low, high, and whether each is left out itself."""

_COMPARATORS = ("over", "at_least", "under", "at_most", "exactly")


def conditions_of(reading: Reading, before: Sequence[Item]) -> tuple[tuple[Condition, ...], bool, Asked]:
    """Up to three conditions, whether 或 joins them, and what the whole question asks for."""
    tokens = [token for token in reading.tokens if not token.text.isspace()]
    bounds = [found for position in range(len(tokens)) if (found := _bound(tokens, position))]
    whole = ask_items(tokens, before, each=reading.has("each"), rate=_shares(reading, tokens))
    asked = whole.items or tuple(before)
    if not asked or asked[0].kind not in ("field", "measure", "share"):
        return (), False, whole
    if not bounds:
        claimed = _claimed(reading, tokens)
        bounds = [claimed] if claimed else []
    if not bounds:
        return _same(reading, asked[0]) or wholly(reading, whole) or _any_or_none(reading, whole), False, whole
    return _held(reading, tokens, bounds, before, whole)


def _held(
    reading: Reading, tokens: Sequence[Token], bounds: Sequence[_Bound], before: Sequence[Item], whole: Asked
) -> tuple[tuple[Condition, ...], bool, Asked]:
    """Every bound with the item of its clause, and with what it is held against."""
    conditions: list[Condition] = []
    unread: list[str] = []
    start = 0
    last: tuple[Item, ...] = ()
    for number, (position, low, high, low_open, high_open) in enumerate(bounds[:3]):
        end = _clause_end(tokens, position, bounds[number + 1][0] if number + 1 < len(bounds) else len(tokens))
        here = (
            ask_items(tokens[start:end], before, rate=_shares(reading, tokens)).items
            or last
            or (whole.items or tuple(before))[:1]
        )
        low, high = _scaled(low, here[0], tokens, position), _scaled(high, here[0], tokens, position)
        bound = Condition(here[0], low, high, low_open, high_open)
        found = held(bound, about(reading, tokens, position), tokens[position].text)
        conditions.extend([found] if found else [])
        unread.extend([] if found else ["".join(token.text for token in tokens[position : position + 2])])
        start, last = end, here
    return tuple(conditions), reading.has("or"), replace(whole, misfits=(*whole.misfits, *unread))


def _shares(reading: Reading, tokens: Sequence[Token]) -> bool:
    """Whether 占 and 比例 speak of shares; not in a change, nor in 甲区的申请占乙区的50%."""
    if is_portion(reading):
        return False
    return not _changes(reading) and not any(
        token.kind == "number" and of_another(tokens, place) for place, token in enumerate(tokens)
    )


def _same(reading: Reading, item: Item) -> tuple[Condition, ...]:
    """和2023年一样多吗, 持平吗: no gap; 赶上乙区了吗: no less."""
    if not whether(reading):
        return ()
    if reading.has("reaches") and not reading.has("more", "less"):
        return (Condition(item, 0, None, of="gap"),)
    return (Condition(item, 0, 0, of="gap"),) if reading.has("same") else ()


def wholly(reading: Reading, whole: Asked) -> tuple[Condition, ...]:
    """都公开了吗, 官司全赢了吗: the whole of what it is a part of; 全部办结了吗: nothing is carried over."""
    tokens = reading.tokens
    at = next((place for place, token in enumerate(tokens) if token.has("wholly")), -1)
    item = whole.items[0] if len(whole.items) == 1 else None
    if _each_of_a_group(reading, item, at):
        assert item is not None
        return (Condition(item, 0, None, low_open=True),)
    one = sum(mention.kind == "agency" for mention in reading.mentions) < 2 and len(reading.years) < 2
    if at < 0 or item is None or item.kind != "field" or not one or not reading.has("asks"):
        return ()
    named = [
        place
        for place, token in enumerate(tokens)
        if place > at and any(entry.kind in ("row", "column", "field") for entry in token.entries)
    ]
    if not named or reading.has("exists", "negation", "quantity") or tokens[at + 1].text in ("有", "是", "被"):
        return ()
    share = form.share(item.code)
    left = data("measures.toml")["measure"][share.code].get("left") if share and share.kind == "measure" else None
    if left:
        return (Condition(Item("field", left), 0, 0),)
    return (Condition(share, 100, 100),) if share else ()


def _each_of_a_group(reading: Reading, item: Item | None, at: int) -> bool:
    """各区都收到申请了吗: every one of them has some."""
    group = any(mention.kind == "group" for mention in reading.mentions) and not asks_which(reading)
    asked = reading.has("asks", "exists") and not reading.has("negation", "none", "quantity", "more", "less")
    having = all_have(reading)
    some = item is not None and item.kind == "field" and (having or form.share(item.code) is None)
    return (at >= 0 or having) and group and asked and some and not denies(reading, anywhere=True)


_NOT_ONE = re.compile(r"[一半][件个起次场回桩宗例份项].{0,12}[都也](?:没|无)")
_ABOUT = re.compile(r"(?:大约|约|约莫|大概|差不多)有?[0-9]|[0-9]+[一-鿿]{0,2}(?:左右|上下|前后)")
"""About as many: no bound, and neither exactly as many."""
_REACHED = re.compile(
    r"(?:过|过了|满|满了)?[0-9.百千万]+%?[一-鿿]{0,2}没有?[吗呢？?。]*$|(?:过|过了)[0-9.百千万]+[一-鿿]{0,2}了[吗吧么？?。]*$"
)
"""申请过了300件没有: at least as many, not exactly as many."""


_NOT_A_BOUND = (
    "quantity", "most", "least", "more", "less", "rank", "sum", "average", "rate", "fast", "slow", "yoy", "grow",
    "shrink", "difference",
)  # fmt: skip


def _ends_with_group(reading: Reading) -> bool:
    """2024年没有败诉的单位: the group last, after 的."""
    return any(
        mention.kind == "group"
        and re.fullmatch("[。？]*", reading.text[mention.end :])
        and (mention.text.startswith("的") or reading.text[: mention.start].endswith("的"))
        for mention in reading.mentions
    )


_MEMBERS = re.compile("(?:几|多少)(?:个|家)|有没有|有无|是否有")


def _counts_members(reading: Reading) -> bool:
    """有几个部门没收到申请, 有没有区没败诉: how many of the group, or whether one."""
    groups = [mention for mention in reading.mentions if mention.kind == "group"]
    beside = [mention.text + reading.text[max(0, mention.start - 4) : mention.start] for mention in groups]
    return any(_MEMBERS.search(each) for each in beside)


def _any_or_none(reading: Reading, whole: Asked) -> tuple[Condition, ...]:
    """没有行政诉讼的单位有哪些, 哪些单位被起诉过: exactly none, or more than none."""
    group = any(mention.kind == "group" for mention in reading.mentions)
    of_years = not group and reading.has("which_year")
    if (
        not (group or of_years)
        or not (of_years or asks_which(reading) or _ends_with_group(reading) or _counts_members(reading))
        or (
            any(token.kind in ("number", "nth", "top") for token in reading.tokens)
            and not _NOT_ONE.search(reading.text)
        )
        or reading.has(*_NOT_A_BOUND)
    ):
        return ()
    if denies(reading) or reading.has("none", "exactly") or _NOT_ONE.search(reading.text):
        return tuple(Condition(item, 0, 0) for item in whole.items if item.kind == "field")
    if of_years and not re.search("有|被|过|出现|发生|遭", reading.text):
        return ()
    return tuple(Condition(item, 0, None, low_open=True) for item in whole.items if item.kind == "field")


def _scaled(value: float | None, item: Item, tokens: Sequence[Token], position: int) -> float | None:
    """Money is counted in 万元: 5000万元 is 5000, 251000元 is 25.1."""
    if value is None or item.kind != "field" or form.unit_of(item.code) != "万元":
        return value
    following = tokens[position + 1].text if position + 1 < len(tokens) else ""
    if tokens[position].text.endswith(("万", "亿")) or following.startswith(("元", "块")):
        return value / 10_000
    return value * 10_000 if following.startswith("亿") else value


_SHARES = ("占", "占了", "占到")


def _changes(reading: Reading) -> bool:
    """同比变化百分之几, 比上年增长百分之多少: a percentage of change, no share."""
    change = reading.has("yoy") or (reading.has("percent") and reading.has("grow", "shrink", "difference", "than"))
    counted = (
        any(token.text in ("占", "占了", "占到") for token in reading.tokens)
        and reading.has("quantity")
        and not reading.has("percent")
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
    if sign == "at_least" and position and tokens[position - 1].text in ("没有", "没"):
        sign = "under"  # 没有｜150件｜那么多
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
    if step < 0 and place >= 0 and tokens[place].has("than"):
        return _than_number(tokens, position)
    if step < 0 and place >= 0 and tokens[place].has("most", "least") and _counted(tokens, position):
        return "at_most" if tokens[place].has("most") else "at_least"  # 最多｜52件
    while 0 <= place < len(tokens) and skipped < 3:
        token = tokens[place]
        for sign in _COMPARATORS:
            if token.has(sign) and _side_fits(tokens, place, step):
                return sign
        passing = token.text == "%" or token.text.endswith("百分点")
        passing = passing or (step < 0 and token.kind in ("agency", "year"))  # 不到｜乙区｜的｜50%
        if not passing and (token.kind != "word" or not any(e.kind in ("filler", "unit") for e in token.entries)):
            return None
        place += step
        skipped += 1
    return None


def _side_fits(tokens: Sequence[Token], place: int, step: int) -> bool:
    """以上 stands behind its number, 超过 before it; 不到 on either side, behind only if no other number follows."""
    words = data("bounds.toml")["behind"]
    text = tokens[place].text
    if text in words["always"]:
        return step > 0
    other = any(token.kind == "number" for token in tokens[place + 1 : place + 3])
    return step < 0 or (text in words["also"] and not other)


def _than_number(tokens: Sequence[Token], position: int) -> str | None:
    """比40%高, 比100件少."""
    for token in tokens[position + 1 : position + 4]:
        if token.has("more", "less"):
            return "over" if token.has("more") else "under"
    return None


def _second_number(tokens: Sequence[Token], position: int) -> float | None:
    """10到20件之间, 10-20件: the upper end."""
    between = any(token.has("between") for token in tokens[max(0, position - 2) : position + 8])
    joined = False
    for token in tokens[position + 1 : position + 5]:
        if token.kind == "number":
            return token.value if between or joined else None
        joined = joined or token.text in ("到", "至", "-", "~")
        if token.kind not in ("word", "mark") and not joined:
            return None
    return None


def _claimed(reading: Reading, tokens: Sequence[Token]) -> _Bound | None:
    """听说收到50件申请，对吗: a number with 件 that is said, not asked."""
    if _NOT_ONE.search(reading.text):
        return None  # 一场官司都没有: none, not one
    if re.search("多少|几", reading.text) and not reading.has("said"):
        return None
    if not reading.has("asks", "said", "exactly", "exists") or _ABOUT.search(reading.text):
        return None
    for place, token in enumerate(tokens):
        if token.kind == "number" and token.value is not None and _counted(tokens, place):
            return _as_said(reading, tokens, place, token.value)
    return None


def _counted(tokens: Sequence[Token], place: int) -> bool:
    follows = tokens[place + 1] if place + 1 < len(tokens) else None
    return follows is not None and (
        (follows.text.isascii() and bool(follows.codes("row")))  # 200 requests
        or "unit_count" in follows.codes("filler")
        or bool({"money", "times"} & set(follows.codes("unit")))
        or follows.text in ("%", "次", "回")
        or (follows.text == "个" and place + 2 < len(tokens) and tokens[place + 2].text == "百分点")
    )


def _as_said(reading: Reading, tokens: Sequence[Token], place: int, value: float) -> _Bound | None:
    """没有18件: fewer; 过了300件没有, 有5万件: at least; else exactly as many. None where a bound was not read."""
    before = tokens[place - 1] if place else None
    if before is not None and (before.has("negation") or before.text in ("没有", "没")):
        return place, None, value, False, True
    if before is not None and before.text in ("最多", "最少"):
        return (place, None, value, False, False) if before.text == "最多" else (place, value, None, False, False)
    after = [each for each in tokens[place + 2 : place + 4] if each.text not in ("还", "都")][:1]
    if any(each.has("more") for each in after):
        return place, value, None, True, False  # 三｜倍｜多
    if re.search(r"[0-9][一-鿿]{0,2}都没有?", reading.text):
        return place, None, value, False, True  # 连300件都没有
    if reached := _REACHED.search(reading.text):
        return place, value, None, reached[0].startswith("过"), False
    if any(each.has(*_COMPARATORS[:4]) and not each.codes("filler") for each in tokens):
        return None
    round_number = value >= 10 and len(f"{value:g}".rstrip("0")) <= 1 and not reading.has("said")
    if (
        reading.has("exists")
        or "难道有" in reading.text
        or (round_number and before is not None and before.text.endswith("有"))
        or (before is not None and before.text in ("到", "到了"))
    ):
        return place, value, None, False, False
    return place, value, value, False, False
