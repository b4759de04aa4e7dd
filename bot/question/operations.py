"""What is wanted of the items: the figure, a difference, a ranking, yes or no …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.question import gather
from bot.question.directions import falls_short
from bot.question.places import both_ends, places
from bot.question.query import Condition, Item, QueryKind
from bot.question.reading import Reading


@dataclass(frozen=True, slots=True)
class Scene:
    """What is named beside the operation."""

    agencies: int
    """Agencies named, or inherited."""
    years: int
    """Years named; a span counts as 2 or more."""
    items: int
    own_items: bool
    """Whether the question itself names an item."""
    group: bool
    previous: bool
    """上一年 is named beside or instead of a year."""
    follows: bool
    """A conversation lends something."""
    year_span: bool = False
    against: bool = False
    """The one year named is what to compare with."""
    first: Item | None = None
    """The first item, named or inherited."""


@dataclass(frozen=True, slots=True)
class Operation:
    """The kind of question with its parameters."""

    kind: QueryKind
    over: Literal["agencies", "years", "items"] = "agencies"
    order: Literal["desc", "asc", "both"] = "desc"
    top: int | None = None
    nth: int | None = None
    conditions: tuple[Condition, ...] = ()
    either: bool = False
    claim: str = ""
    topic: str = ""


_AGREES = re.compile(r"^(?!.*(?:多少|几件)).*(?:对[得不]上|对不对得上|加得[对起拢]|勾稽)")
"""申请数字对得上吗: whether the report's numbers agree, whatever row is named."""


def decide(reading: Reading, scene: Scene, conditions: Sequence[Condition], either: bool) -> Operation:
    """The first rule that fits; rules go from the particular to the general."""
    if reading.has("check") and (not scene.own_items or _AGREES.search(reading.text)):
        return Operation("check")
    if is_portion(reading):
        return Operation("portion")
    if reading.has("balance") and not conditions:
        return Operation("check")
    if conditions:
        return _with_conditions(reading, scene, tuple(conditions), either)
    return _ranking(reading, scene) or _computed(reading, scene) or _judged(reading, scene) or _listed(reading, scene)


def _with_conditions(reading: Reading, scene: Scene, conditions: tuple[Condition, ...], either: bool) -> Operation:
    if reading.has("unsure"):
        alone = scene.agencies < 2 and not scene.group and scene.years < 2 and not scene.year_span
        return Operation("yes_no", conditions=conditions, claim="unsure") if alone else Operation("figures")
    if any(each.of != "value" for each in conditions) and not scene.group and not asks_which(reading):
        over: Literal["agencies", "years", "items"] = "agencies" if scene.agencies > 1 else "years"
        return Operation("yes_no", over=over, conditions=conditions, either=either, claim="holds")
    if whether(reading) and (reading.has("wholly") or all_have(reading)) and not asks_which(reading):
        return Operation("yes_no", conditions=conditions, either=either, claim="holds")
    if whether(reading) and not asks_which(reading) and (kind := gather.claimed(reading, scene, conditions)):
        return Operation(kind, over=_over(scene), conditions=conditions, either=either, claim="holds")
    several = scene.group or reading.has("who", "which_year") or (scene.agencies == 0 and not scene.follows)
    if reading.has("which_year", "years") and not scene.group and scene.agencies == 1:
        return Operation("threshold", over="years", conditions=conditions, either=either)
    if several or scene.agencies > 1:
        return Operation("threshold", conditions=conditions, either=either)
    return Operation("yes_no", conditions=conditions, either=either, claim="holds")


def _ranking(reading: Reading, scene: Scene) -> Operation | None:
    if reading.has("rank_place") and (scene.agencies == 1 or scene.follows):
        whole = _WHOLE.search(reading.text)
        return Operation("place", order=_order(reading), topic=whole[1] if whole else "")
    wanted = places(reading)
    if _claims_place(reading, scene):
        nth = wanted.nth or (None if wanted.top else 1)
        ever = reading.has("record") or any(year.kind == "all" for year in reading.years)
        return Operation("place", "years" if ever else "agencies", _order(reading), wanted.top, nth, claim="within")
    named = wanted.nth is not None or (wanted.top is not None and _everyone(scene))
    ends = reading.has("most", "least", "rank", "both_ends") or named
    choosing = reading.has("who") and (scene.group or scene.agencies == 0) and reading.has("more", "less")
    if not (ends or choosing):
        return None
    over: Literal["agencies", "years", "items"] = "agencies"
    single = scene.agencies <= 1 and not scene.group
    if reading.has("which_year") or "年份" in reading.text or (single and (scene.year_span or scene.years > 1)):
        over = "years"
    elif single and scene.items > 1:
        over = "items"
    elif single and scene.agencies == 1:
        return None
    ends_of = both_ends(reading)
    if ends_of or reading.has("both_ends") or (reading.has("most") and reading.has("least")):
        return Operation("ranking", over=over, order="both", top=ends_of or 1)
    top = wanted.top if wanted or _lists_all(reading) else 1
    return Operation("ranking", over=over, order=_order(reading), top=top, nth=wanted.nth)


_WHOLE = re.compile("(?:全|本|整个)(市|县|区|省|州)(?![各里]?(?:区|县|局|部门|单位))")
"""全市排第几 of the city itself: it is no place among others."""


def _claims_place(reading: Reading, scene: Scene) -> bool:
    """排前三吗, 是不是最多的: whether one agency takes the place; not over years, nor who does."""
    alone = scene.agencies == 1 and not scene.group and scene.years < 2 and not scene.year_span and scene.items == 1
    alone = alone and not any(year.kind == "span" for year in reading.years)
    ranks = bool(places(reading)) or reading.has("most", "least")
    return alone and ranks and whether(reading) and not reading.has("who", "which_year", "quantity", "rank_place")


def _everyone(scene: Scene) -> bool:
    """前五名 without any agency ranks all that are loaded."""
    return scene.group or (scene.agencies == 0 and not scene.follows)


def _lists_all(reading: Reading) -> bool:
    return reading.has("rank") and not reading.has("most", "least", "who")


def _order(reading: Reading) -> Literal["desc", "asc"]:
    if re.search(r"[从由](少|低|小)到|升序|倒数", reading.text) or places(reading).last:
        return "asc"
    return (
        "asc"
        if reading.has("least")
        or (reading.has("less") and reading.has("who") and not reading.has("more", "most", "rank"))
        else "desc"
    )


def _computed(reading: Reading, scene: Scene) -> Operation | None:
    has = reading.has
    if has("origin") and (scene.follows or scene.items):
        return Operation("figures", topic="source")
    if whether(reading) and turn(reading) and not has("quantity", "percent", "ratio"):
        return Operation("yes_no", over=_over(scene), claim=_compares(reading))
    growing = has("grow", "shrink", "yoy", "difference", "more", "less") or (has("trend") and has("than"))
    if scene.agencies == 2 and has("percent") and has("more", "less") and not has("yoy", "grow", "shrink"):
        return Operation("yoy", over="agencies")
    if has("yoy") or (
        has("percent") and growing and (scene.previous or has("than", "grow", "shrink") or scene.years > 1)
    ):
        return Operation("yoy")
    if has("ratio"):
        return Operation("ratio")
    if has("average"):
        return Operation("average", over=_over(scene))
    if has("difference") or (has("than") and has("more", "less", "grow", "shrink") and _counts(reading)):
        if has("asks") and not (_how_many(reading) or has("difference")):
            return None
        return Operation("difference", over=_over(scene))
    if has("over") and has("quantity") and scene.agencies == 2 and not whether(reading):
        return Operation("difference", over="agencies")
    if scene.against and not has("asks") and scene.agencies < 2:
        return Operation("difference", over="years")
    if has("grow", "shrink") and has("quantity") and not (scene.agencies > 1):
        return Operation("difference", over="years")
    return Operation("sum", over=_over(scene)) if gather.sums(reading, scene) else None


def _counts(reading: Reading) -> bool:
    """多少, 几; also inside the wording of a row: 少收多少万元. In 件数是不是比去年多 the noun asks for no number."""
    counts = _how_many(reading) if whether(reading) else reading.has("quantity")
    return counts or any("多少" in token.text for token in reading.tokens if token.codes("row"))


_HOW_MANY = re.compile("[多几啥何若a-z]|什么")


def _how_many(reading: Reading) -> bool:
    """多少, 几; not 件数 or 数量, which name what is counted."""
    return any(token.has("quantity") and _HOW_MANY.search(token.text) for token in reading.tokens)


def _over(scene: Scene) -> Literal["agencies", "years", "items"]:
    if scene.agencies > 1 or scene.group:
        return "agencies"
    if scene.years > 1 or scene.year_span or scene.previous or scene.against:
        return "years"
    return "items" if scene.items > 1 else "years"


_NONE_AT_ALL = re.compile(r"一(?:件|次|起|个|份|场|回|桩|宗|例|项).{0,16}(?:都|也)(?:没|没有|未|无)")


def _judged(reading: Reading, scene: Scene) -> Operation | None:
    has = reading.has
    if (
        (asks_which(reading) or has("which_year") or _OR_ELSE.search(reading.text))
        and has("more", "less", "most", "least")
        and (scene.agencies > 1 or scene.years > 1 or scene.items > 1 or scene.previous or scene.against)
        and not reading.has("asks")
    ):
        return Operation(
            "more", over=_over(scene), order="asc" if has("less", "least") and not has("more", "most") else "desc"
        )
    comparing = has("than") or scene.against or scene.agencies > 1 or scene.years > 1 or scene.previous
    sides = ("more", "less", "grow", "shrink", "over", "under", "at_most", "at_least")
    if whether(reading) and comparing and has(*sides) and not _how_many(reading):
        return Operation("yes_no", over=_over(scene), claim=_compares(reading))
    if has("quantity", "who", "rate", "percent", "trend", "compare", "each") or asks_which(reading):
        return None
    if has("none") or _NONE_AT_ALL.search(reading.text) or (has("asks", "said") and denies(reading)):
        return Operation("yes_no", claim="none")
    if has("exists") or (has("asks") and scene.items):
        return Operation("yes_no", claim="exists")
    return None


def turn(reading: Reading) -> str:
    """more or less, where the question speaks of a change: 增长了吗, 同比下降了吗."""
    words = [token.text for token in reading.tokens if token.has("grow", "shrink", "difference", "yoy")]
    if not words or any("幅度" in word for word in words):
        return ""
    return "less" if any(map(falls_short, words)) else "more"


def _compares(reading: Reading) -> str:
    """The claim of a yes or no about two figures; 一直 speaks of every step between several."""
    claim = turn(reading) or _last_said(reading)
    every = reading.has("steady") or any(year.kind == "all" for year in reading.years)
    if every and turn(reading):
        return f"steady_{claim}"
    denied = denies(reading, anywhere=True) or (reading.has("at_most") and not reading.has("over"))
    if reading.has("at_least") and not reading.has("over", "more", "less") and not turn(reading):
        return "not_less"
    if denied and "不比" not in reading.text and not turn(reading) and reading.has("more", "less"):
        return "less" if claim == "more" else "more"  # 没有乙区多 says fewer, 没有超过 only not more
    return f"not_{claim}" if denied else claim


def _last_said(reading: Reading) -> str:
    """多还是少，多了吗 asks for the last of them."""
    said = [token for token in reading.tokens if token.has("more", "less", "over", "under")]
    if "还是" not in reading.text:
        return "less" if reading.has("less", "under") else "more"
    return "less" if said and said[-1].has("less", "under") else "more"


_OR_ELSE = re.compile("(多|少|高|低).*还是")
"""甲区多还是乙区多: which of the two."""


_ALL_HAVE = re.compile("[都全均](?:有|被|遭|收到|出现|发生|存在|发了|出了)(?!没)")


def all_have(reading: Reading) -> bool:
    """各局都有复议吗: every one of them, not any."""
    return _ALL_HAVE.search(reading.text) is not None


def whether(reading: Reading) -> bool:
    """Whether yes or no is wanted: 吗, 对不对; also 是不是超过, where one word says both."""
    return reading.has("asks", "exists") or any(
        token.text.startswith(("有没有", "有无", "是不是", "是否", "超没", "超不", "过没过"))
        for token in reading.tokens
    )


def denies(reading: Reading, *, anywhere: bool = False) -> bool:
    """没有 before an item: 没有败诉对吗; not at the end, as in 打过官司没有."""
    tokens = reading.tokens
    negations = [
        place for place, token in enumerate(tokens) if token.has("negation") or token.text in ("没有", "没", "无")
    ]
    if negations and not any(
        re.search(r"\w", token.text) for token in tokens[negations[-1] + 1 :] if token.text != "吗"
    ):
        negations.pop()  # 涨了没有
    if anywhere:
        return bool(negations)
    named = [
        place for place, token in enumerate(tokens) if any(e.kind in ("row", "field", "column") for e in token.entries)
    ]
    return bool(named) and any(place < named[-1] for place in negations)


def asks_which(reading: Reading) -> bool:
    """Whether the question wants agencies: 哪些单位, 谁; the words may lie inside the group's name."""
    return reading.has("who") or any(
        mention.kind == "group" and ("哪" in mention.text or mention.text.startswith(("which", "what")))
        for mention in reading.mentions
    )


def _listed(reading: Reading, scene: Scene) -> Operation:
    if scene.agencies <= 1 and not scene.group and (scene.year_span or reading.has("trend")):
        return Operation("trend", over="years")
    years = scene.years == 2 or scene.previous or scene.against
    if reading.has("than") and scene.items == 1 and not scene.group and (scene.agencies == 2) != years:
        return Operation("more", over=_over(scene))  # 和乙区比怎么样: both, the larger first
    return Operation("figures")


def loose_numbers(reading: Reading, operation: Operation) -> tuple[str, ...]:
    """Numbers that nothing used: 12345 in 12345热线. A small count before 个 or 家 names how many are meant."""
    if operation.conditions or operation.top or operation.nth:
        return ()
    tokens = reading.tokens
    loose = []
    none = _NONE_AT_ALL.search(reading.text)
    for place, token in enumerate(tokens):
        if none and token.value == 1:
            continue  # 一场官司都没有
        following = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if token.kind == "number" and not (following in ("个", "家", "名", "者", "年") and (token.value or 0) <= 50):
            loose.append(token.text)
    return tuple(loose)


def is_portion(reading: Reading) -> bool:
    """甲局的申请占各部门的多少: one agency, 占, and a group of which it is a part."""
    agencies = [mention for mention in reading.mentions if mention.kind == "agency"]
    group = next((mention for mention in reading.mentions if mention.kind == "group"), None)
    if len(agencies) != 1 or group is None:
        return False
    return any(
        token.has("rate") and token.text.startswith("占") and agencies[0].end <= token.start < group.start
        for token in reading.tokens
    )
