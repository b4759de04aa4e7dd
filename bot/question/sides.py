"""Which of two things named is held against the other: 和甲区相比，乙区多吗 is about 乙区."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.question.operations import turn
from bot.question.reading import Reading
from bot.question.resolve import Named, When

_BESIDE = re.compile(r"(?:和|与|跟|同|较|比|比起|相比于|相较于|较之)$")
_AGAINST = re.compile(r"^(?:相比|相较|比较?|对比|比起来)")


def in_order(reading: Reading, named: Named, when: When) -> tuple[Named, When]:
    """Agencies and years with the one that is spoken of first, and what it is compared with second."""
    spans = [(m.start, m.end) for m in reading.mentions if m.kind == "agency"]
    if len(named.agencies) == len(spans) == 2 and _base_first(reading, spans):
        named = replace(named, agencies=named.agencies[::-1])
    spans = [(y.start, y.end) for y in reading.years if y.kind == "year" and not y.carry]
    if len(when.years) == len(spans) == 2 and when.kind == "named":
        earlier_first = when.years[0] < when.years[1]
        if _base_first(reading, spans) or (earlier_first and _grows(reading) and not _between(reading, spans)):
            when = replace(when, years=when.years[::-1])
    return named, when


def _base_first(reading: Reading, spans: Sequence[tuple[int, int]]) -> bool:
    """比起甲区，乙区…; 和甲区相比，乙区…: a comma or 的话 parts the base from what is held against it."""
    (first, end), (second, _) = spans
    head, middle = reading.text[:first], reading.text[end:second]
    if re.search(r"(?:比起|相比于|相较于|较之|比)$", head) and not _between(reading, spans):
        return True
    return bool(_BESIDE.search(head) and _AGAINST.search(_plain(middle)))


def _plain(text: str) -> str:
    return re.sub(r"^(?:年度?|的|申请|情况)+", "", text)


def _between(reading: Reading, spans: Sequence[tuple[int, int]]) -> bool:
    """甲区比乙区: the comparing word stands between, and what comes after it is the base."""
    (_, end), (second, _) = spans
    return any(token.has("than") and end <= token.start < second for token in reading.tokens)


def _grows(reading: Reading) -> bool:
    """2020年和2021年相比，增长了吗: from the earlier to the later."""
    return bool(turn(reading)) or reading.has("trend") or bool(re.search("变(多|少|高|低)", reading.text))
