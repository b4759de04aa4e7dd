"""Years in a question: 2024年, 24年, 二〇二四, 去年, 近三年, 2022到2024年, 2020年以来, 历年."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.question.numerals import chinese_number

YearKind = Literal["year", "span", "all", "previous", "next"]

FIRST_YEAR = 2008
"""The first year such reports exist for; an open span (2015年以前) starts here."""


@dataclass(frozen=True, slots=True)
class YearMention:
    """A stretch of the question that names years."""

    start: int
    end: int
    text: str
    kind: YearKind
    """`year`: one year. `span`: several at once. `all`: 历年. `previous`, `next`: counted from the year spoken of."""
    years: tuple[int, ...] = ()
    carry: str = ""
    """'out' or 'in' where the year only says where requests were carried to or from (留到2024年, 从2022年转来)."""


_Y4 = r"(?:(?:19|20)\d\d|[一二][九零][零一二三四五六七八九]{2})"
_Y2 = r"(?:[0-3]\d|[零一二三][零一二三四五六七八九])"
_Y = rf"(?:{_Y4}|{_Y2})"
_N = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,2})"
_END = r"(?:年份|年度|年底|年末|年)"
_CARRIED = r"(?!度?(?:的)?(?:结[^果案论束构合]|遗留|转|带|留|没办|未办|剩|积压|结余|项目|同期))"
_NOT_AFTER_DIGIT = r"(?<![\d.零一二三四五六七八九十第])"
_COUNT = r"[件次起份万元个条篇场期人名块宗例项回%\d.]"


def _value(text: str) -> int:
    digits = text if text.isdigit() else str(chinese_number(text) or 0).zfill(len(text))
    value = int(digits)
    return value if len(text) == 4 else 2000 + value


def _to(first: int, last: int) -> tuple[int, ...]:
    return tuple(range(min(first, last), max(first, last) + 1))


_RELATIVE = {"上上上年": 3, "上上年": 2, "今年": 0, "去年": 1, "前年": 2, "大前年": 3, "明年": -1, "后年": -2}
_FIVE_YEARS = {"十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], int], tuple[YearKind, tuple[int, ...]]], str]


def _single(match: re.Match[str], this: int) -> tuple[YearKind, tuple[int, ...]]:
    word = match[1]
    return "year", (this - _RELATIVE[word] if word in _RELATIVE else _value(word),)


def _year_before(match: re.Match[str], this: int) -> tuple[YearKind, tuple[int, ...]]:
    kind, (year,) = _single(match, this)
    return kind, (year - 1,)


def _years_before(match: re.Match[str], this: int) -> tuple[YearKind, tuple[int, ...]]:
    """去年的前两年."""
    kind, (year,) = _single(match, this)
    return kind, (year - _some(match[2]),)


def _year_after(match: re.Match[str], this: int) -> tuple[YearKind, tuple[int, ...]]:
    kind, (year,) = _single(match, this)
    return kind, (year + 1,)


def _of_five(match: re.Match[str], _: int) -> tuple[YearKind, tuple[int, ...]]:
    """十三五最后一年, 十四五第四年."""
    first, last = _FIVE_YEARS[match[1]]
    if match[2].startswith("第"):
        return "year", (first + _some(match[2][1]) - 1,)
    return "year", (last if match[2][0] in "最末收" else first,)


def _some_of_five(match: re.Match[str], _: int) -> tuple[YearKind, tuple[int, ...]]:
    """十三五前四年."""
    first, last = _FIVE_YEARS[match[1]]
    count = _some(match[3]) - 1
    return "span", _to(first, first + count) if match[2] in ("前", "头") else _to(last - count, last)


def _this_year(_: re.Match[str], this: int) -> tuple[YearKind, tuple[int, ...]]:
    return "year", (this,)


def _spelt_out(match: re.Match[str], _: int) -> tuple[YearKind, tuple[int, ...]]:
    """两千零二十三年."""
    return "year", (chinese_number(match[1]) or 0,)


def _some(word: str) -> int:
    return int(word) if word.isdigit() else (chinese_number(word) or 0)


_WHEN = rf"(去年|今年|前年|大前年|明年|{_Y4}|{_Y2}(?=年))"

_FIVE = r"(十[二三四五]五)(?:规划|时期|期间)?"
_CARRY_OUT = r"(?:留|拖|转|结转|延|延续|顺延|推迟|推|遗留|带|放|移|滚动|跨)(?:到|至|入|给)了?"
_CARRY_IN = r"(?:转|结转|带|留|遗留|接|顺延|延续|拖|滚)(?:过来|来|进来|下来|入|存)?的?"
_LASTING = r"(?:之间|期间|这几年|这些年|间)?"
_SINCE = (
    r"(?:以来|之后至今|至今|到现在|到如今|到目前|(?:开始|[说算讲看数]?起(?!诉))(?:至今|到现在|以来)?|以后|及以后|之后)"
)
_ALL = (
    r"(?:近|最近|过去|这)(?:几|些|多)年(?:来|间|里)?|历年来?|历来|往年|(?:各|每个?|所有|全部|逐|历)年(?:度|份)?"
    r"|逐年|每一年|多年来?|几年来"
)
_FIELD_WORDS = r"(?=申请|收到|办结|不予|予以|行政|公开率|复议|诉讼)"


def _range(match: re.Match[str], _: int) -> tuple[YearKind, tuple[int, ...]]:
    return "span", _to(_value(match[1]), _value(match[2]))


def _since(match: re.Match[str], this: int) -> tuple[YearKind, tuple[int, ...]]:
    first = _value(match[1]) + ("（不含" in match[0])
    return "span", _to(first, max(this, first))


def _since_relative(match: re.Match[str], this: int) -> tuple[YearKind, tuple[int, ...]]:
    return "span", _to(this - _RELATIVE[match[1]], this - 1 if "去年" in match[0][2:] else this)


def _included(text: str) -> bool:
    """2021年及以前, 2021年以前（含2021）."""
    return "及" in text or ("（含" in text)


def _before(match: re.Match[str], _: int) -> tuple[YearKind, tuple[int, ...]]:
    return "span", _to(FIRST_YEAR, _value(match[1]) - (0 if _included(match[0]) else 1))


def _recent(match: re.Match[str], this: int) -> tuple[YearKind, tuple[int, ...]]:
    return "span", _to(this - _some(match[1]), this - 1)


def _years_ago(match: re.Match[str], this: int) -> tuple[YearKind, tuple[int, ...]]:
    """三年前; 24年前三 is the year 2024 and a ranking."""
    return "year", (this - _some(match[1]),)


def _fixed(kind: YearKind) -> Callable[[re.Match[str], int], tuple[YearKind, tuple[int, ...]]]:
    return lambda *_: (kind, ())


RULES: tuple[_Rule, ...] = (
    (re.compile(rf"(?:从|由|自)(?:上一?年|前一年)度?{_CARRY_IN}"), _fixed("year"), "in"),
    (re.compile(rf"{_CARRY_OUT}{_WHEN}{_END}?(?:继续)?(?:办理|办结|办|处理)?的?"), _single, "out"),
    (
        re.compile(rf"{_CARRY_OUT}(?:下一?个?年|次年|第二年|来年|后一年)度?(?:继续)?(?:办理|办结|办|处理)?的?"),
        _fixed("year"),
        "out",
    ),
    (re.compile(rf"(?:从|由|自){_WHEN}{_END}?{_CARRY_IN}"), _single, "in"),
    (re.compile(rf"(?:结转|遗留|转|留)自{_WHEN}{_END}?"), _single, "in"),
    (
        re.compile(
            rf"{_NOT_AFTER_DIGIT}({_Y}){_END}?(?:起(?!诉)|开始)?(?:到|至|\s*[-~—–]+\s*|\s+[到至]\s*|和(?=.{{1,6}}之间)|、?直到)({_Y}){_END}?(?:止|为止|结束)?{_LASTING}(?!\d|[件次起份万个条篇人宗例%元])"
        ),
        _range,
        "",
    ),
    (re.compile(rf"(去年|前年|{_Y4}(?=年))年?的?前([两二三四])年"), _years_before, ""),
    (
        re.compile(rf"(去年|前年|{_Y4}(?=年))年?(?:的[前上]一年{_CARRIED}|(?:之前|以前|前面)的?(?:那一?|一)年)"),
        _year_before,
        "",
    ),
    (
        re.compile(
            rf"(去年|前年|{_Y4}(?=年))年?的?(?:[后下]一年|次年|第二年|来年|(?:之后|以后|后面)的?(?:那一?|一)年)"
        ),
        _year_after,
        "",
    ),
    (re.compile(rf"{_NOT_AFTER_DIGIT}(?:自|从)?({_Y4}|{_Y2}(?=年)){_END}?{_SINCE}(?:（不?含[^）]*）)?"), _since, ""),
    (
        re.compile(r"(?:自|从)?(去年|前年|大前年)(?:以来|至今|到现在|起(?!诉)|开始|到今年|到去年)"),
        _since_relative,
        "",
    ),
    (
        re.compile(rf"{_NOT_AFTER_DIGIT}({_Y4}|{_Y2}(?=年)){_END}?(?:以前|之前|及以前)(?!的?那)(?:（不?含[^）]*）)?"),
        _before,
        "",
    ),
    (
        re.compile(r"(十[二三四五]五)(?:规划|时期|期间)?的?(最后一|末|收官之?|开局之?|头一|首|第[一二三四五])年"),
        _of_five,
        "",
    ),
    (re.compile(r"(十[二三四五]五)(?:规划|时期|期间)?的?(前|头|后|最后)([二两三四])年"), _some_of_five, ""),
    (
        re.compile(
            rf"(?:上一个?|(?<!上)上|(?:再?(?:往|向))?前(?:推|数)?一个?|头一|(?:再|更)?早一|之前那)年(?:度)?{_CARRIED}"
        ),
        _fixed("previous"),
        "",
    ),
    (re.compile(r"去年(?:的)?同期|(?<![比较与和跟同])上一?年度?(?:的)?同期"), _fixed("previous"), ""),
    (re.compile(rf"(?:最近|过去|近|这|前)(?:的)?({_N})(?:个)?年(?:度|来|里|间|内|以来|之间)?"), _recent, ""),
    (re.compile(rf"(?<![\d零一二三四五六七八九十])({_N})年来(?!自|了|申请|要|提|找|信|递|人|过)"), _recent, ""),
    (re.compile(rf"{_NOT_AFTER_DIGIT}({_N})年前(?![一二两三四五六七八九十0-9])"), _years_ago, ""),
    (
        re.compile(r"(?<![\d零一二三四五六七八九十第近前后])([二两三四五])年(?=一共|总共|合计|加起来|加在一起)"),
        _recent,
        "",
    ),
    (re.compile(r"(十[二三四五]五)(?:规划|时期|期间)?"), lambda m, _: ("span", _to(*_FIVE_YEARS[m[1]])), ""),
    (re.compile(_ALL), _fixed("all"), ""),
    (re.compile(rf"{_NOT_AFTER_DIGIT}({_Y4})(?:{_END}|(?!\s*{_COUNT}))"), _single, ""),
    (re.compile(rf"{_NOT_AFTER_DIGIT}({_Y2}){_END}"), _single, ""),
    (re.compile(rf"(?<![\d.超过于到前第近至-])([12]\d){_FIELD_WORDS}"), _single, ""),
    (re.compile(rf"{_NOT_AFTER_DIGIT}({_Y2})(?=(?:[、和与及，]{_Y2})+[两三四五]?{_END})"), _single, ""),
    (re.compile(rf"{_NOT_AFTER_DIGIT}({_Y2})[两三四五]{_END}"), _single, ""),
    (re.compile(r"(两千零?(?:二?十[一二三四五六七八九]?|[一二三四五六七八九]))年度?"), _spelt_out, ""),
    (re.compile(r"(本年度|当前年度|当年度)(?!新收|办理结果|制发|废止|收费|处理决定)"), _this_year, ""),
    (re.compile(r"(上上上年|上上年|大前年|今年|去年|前年|明年|后年)(?:度|全年|底)?"), _single, ""),
    (
        re.compile(
            r"(?<!转)(?<!到)(?<!至)(?<!入)(?:下一个?|(?:再?(?:往|向))?后(?:推|数)?一个?|第二|(?:再)?晚一|次|来)年(?:度)?(?!继续|办理)"
        ),
        _fixed("next"),
        "",
    ),
    (
        re.compile(r"\b(?:from |between )?((?:19|20)\d\d) (?:to|and|until|through) ((?:19|20)\d\d)\b"),
        _range,
        "",
    ),
    (re.compile(r"\b(?:since|from) ((?:19|20)\d\d)\b"), _since, ""),
    (re.compile(r"\blast year\b"), lambda _, this: ("year", (this - 1,)), ""),
    (re.compile(r"\bthis year\b"), lambda _, this: ("year", (this,)), ""),
    (re.compile(r"\bthe (?:previous year|year before)\b"), _fixed("previous"), ""),
    (re.compile(r"\b(?:last|past) (\d+) years\b"), _recent, ""),
    (re.compile(r"\bevery year\b|\beach year\b|\ball years\b|\bover the years\b"), _fixed("all"), ""),
)
"""Pattern, meaning, carry; tried in this order."""

_TAKEN_BACK = re.compile(r"哦不|噢不|(?<!对)不对|(?<!是)不是|说错了?|错了|搞错了?|应该是|更正|我[说问指]的是")
_PROTECTED = re.compile(
    r"(?:承接|接着)上一?年|上一?年度?(?:的)?(?:结转|遗留|转来|转入|转过来|留下|结余|带来|带过来|剩下|没办完|未办结|未办完|项目|结[^果案论束构合])|同比|三类|四类|(?:往年|历年)(?:结转|遗留|转来)|(?<=年)度?的?[这那]一整?年|(?<=20\d\d)的?[这那]一?整?年"
)


def find_years(text: str, today: date) -> tuple[YearMention, ...]:
    """Every mention of years, in order; a year taken back (前年……哦不，2022年) is left out but keeps its place.

    The rules are tried in order and a character belongs to the first that takes it.
    """
    taken = [False] * len(text)
    for match in _PROTECTED.finditer(text):
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    found: list[YearMention] = []
    for pattern, meaning, carry in RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) and not carry:
                continue
            kind, years = meaning(match, today.year)
            if kind == "span" and len(years) > 40:
                continue
            taken[start:end] = [True] * (end - start)
            found.append(YearMention(start, end, match[0], kind, years, carry))
    found = sorted(_without_taken_back(found, text), key=lambda each: each.start)
    return tuple(_left_over(_explained(_unless_named(found), text), text))


def _unless_named(found: list[YearMention]) -> list[YearMention]:
    """本年度 beside 2024年 is that year."""
    others = [each for each in found if not each.text.endswith("年度") or "本" not in each.text]
    return others or found


def _explained(found: list[YearMention], text: str) -> list[YearMention]:
    """前两年（2022、2023）: the years in brackets say which."""
    kept = list(found)
    for each in found:
        inside = re.match(r"（[^）]*）", text[each.end :])
        within = [one for one in found if inside and each.end < one.start < each.end + inside.end()]
        if within and each.kind in ("span", "all"):
            kept[kept.index(each)] = YearMention(each.start, each.end, each.text, "span", (), "slip")
    return kept


def _without_denied(found: list[YearMention], text: str) -> list[YearMention]:
    """2024年不是2023年, 不是2023年，是2024年: the year that is denied keeps its place and says nothing."""
    denied = [each for each in found if re.search(r"(?<!是)不是$", text[: each.start]) and each.kind == "year"]
    if not denied or len(denied) == len(found):
        return found
    return [
        YearMention(each.start - 2, each.end, each.text, "span", (), "slip") if each in denied else each
        for each in found
    ]


def _without_taken_back(found: Iterable[YearMention], text: str) -> list[YearMention]:
    mentions = _without_denied(sorted(found, key=lambda each: each.start), text)
    slip = None
    for slip in _TAKEN_BACK.finditer(text):
        if any(each.start <= slip.start() < each.end for each in mentions):
            continue
        if any(each.start >= slip.end() for each in mentions) and any(each.end <= slip.start() for each in mentions):
            break
    else:
        return mentions
    return [
        YearMention(each.start, slip.end(), each.text, "span", (), "slip") if each.end <= slip.start() else each
        for each in mentions
        if each.end <= slip.start() or each.start >= slip.end()
    ]


_LEFT = re.compile(r"(?:年|年度)?(?:没办完|未办完|没办结|未办结|遗留|剩下|留下|结转|积压)")


def _left_over(found: list[YearMention], text: str) -> list[YearMention]:
    """去年接手了多少前年没办完的: the earlier year only says where requests came from."""
    if len(found) != 2 or any(each.kind != "year" or each.carry for each in found):
        return found
    first, second = found
    if second.years[0] == first.years[0] - 1 and _LEFT.match(text[second.end :]):
        return [first, YearMention(second.start, second.end, second.text, "year", second.years, "in")]
    return found
