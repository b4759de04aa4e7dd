"""Places in a ranking: the first three, the second, the last but one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.question.numerals import number
from bot.question.reading import Reading


@dataclass(frozen=True, slots=True)
class Places:
    """Which places of a ranking are wanted; neither: all, or the one at the end."""

    top: int | None = None
    """How many from the end: 前三名, 后两名."""
    nth: int | None = None
    """One place: 第二名, 倒数第二."""
    last: bool = False
    """Counted from the other end: 倒数, 后."""

    def __bool__(self) -> bool:
        return self.top is not None or self.nth is not None


_ENDS = re.compile(
    r"(?:top ?|前|最(?:多|少|高|低|快|慢)的?(?:前)?)([0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
    r"(?:名|个|家|位|大|强|的|单位|$|是|，|。|？|都)"
)
_FEW = re.compile(
    r"(?<![第前近])([2-9]|1[0-9]|20|[两俩仨二三四五六七八九十])(?:个|家|名|位)?(?=单位|部门|机关|地方|城市|区|县|局|$|，|。|是|的|名)"
)
"""三个单位, 五家部门: how many, beside a word that ranks."""


_N = r"([0-9]{1,2}|[一二两三四五六七八九十]{1,2})(?:名|个|家|位)?"
_HIGH, _LOW = r"(?:前|最(?:多|高|大|好)的?(?:前)?)", r"(?:倒数|后|末尾?|最(?:少|低|小|差)的?(?:后)?)"
_JOINED = r"[一-鿿]{0,3}?(?:和|与|跟|及|以及|还有|、|，)"
_BOTH = re.compile(
    rf"{_HIGH}{_N}{_JOINED}{_LOW}{_N}|{_LOW}{_N}{_JOINED}{_HIGH}{_N}|(?:{_HIGH}{_JOINED}{_LOW}|首尾|两头|前后)的?各取?{_N}"
)


def both_ends(reading: Reading) -> int | None:
    """最多的三个和最少的三个, 前后各三名: how many of each end; None where one of each, or one end, is meant."""
    match = _BOTH.search(reading.text)
    found = [int(number(each) or 0) for each in match.groups() if each] if match else []
    return max(found) if found else None


def places(reading: Reading) -> Places:
    """倒数第二 is the second from below, 倒数两名 the last two."""
    for token in reading.tokens:
        if token.kind == "nth" and token.value:
            return Places(nth=int(token.value))
        if token.kind == "top" and token.value:
            last = token.text.startswith(("倒数", "后"))
            one = "第" in token.text and "前" not in token.text
            return Places(nth=int(token.value), last=last) if one else Places(int(token.value), last=last)
    match = _ENDS.search(reading.text)
    if match is None and reading.has("most", "least", "rank", "fast", "slow"):
        match = _FEW.search(reading.text)
    found = number(match[1]) if match else None
    return Places(int(found) if found else None)
