"""Answers to the question back, which of these: 第二个, 2, 南京的, 两个都要."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.answers.context import Context
from bot.question import Conversation
from bot.question.asides import without_courtesy
from bot.question.normalise import normalise
from bot.question.numerals import number
from bot.wording import data

_ORDINAL = re.compile(
    r"(?:选|我选|要|就|是)?第?([0-9]{1,2}|[一二两三四五六七八九十]{1,2})(?:个|家|项|号|条|位|种|吧|的|那个)*[。.!！]?"
)
_LAST = re.compile(r"(?:选|要)?(?:最后|末尾|最末)面?(?:一|那)?一?(?:个|家|项)?")


def by_number(text: str, candidates: Sequence[int]) -> tuple[int, ...] | None:
    """第二个, 2, 二 → the second candidate. None when the message is no number; () when there is no such candidate."""
    plain = without_courtesy(normalise(text)).strip("。！？，、（）·的呢吧- ")
    if _LAST.fullmatch(plain):
        return (candidates[-1],)
    if plain in ("头一个", "第一家", "首个", "头一家"):
        return (candidates[0],)
    words = {
        "前者": 0,
        "后者": 1,
        "前面那个": 0,
        "后面那个": 1,
        "前一个": 0,
        "头一个": 0,
        "后一个": 1,
        "上面那个": 0,
        "下面那个": 1,
    }
    if plain in words and len(candidates) == 2:
        return (candidates[words[plain]],)
    match = _ORDINAL.fullmatch(plain)
    if not match:
        return None
    place = number(match[1])
    if place is None or not 1 <= place <= len(candidates):
        return ()
    return (candidates[int(place) - 1],)


def other_candidate(text: str, conversation: Conversation, context: Context) -> bool:
    """那徐州的呢 after a pick: a name that means no loaded agency by itself."""
    near = conversation.query.agencies if conversation.query else ()
    plain = normalise(text)
    if re.fullmatch(r"那.{1,8}(的|那个|那家|那边)呢?", plain):
        return True
    mentions = context.directory.recognise(plain, near=near)
    return len(mentions) == 1 and not mentions[0].candidates and mentions[0].kind == "agency"


_POLITE = re.compile(
    r"^(?:我(?:是)?(?:说|问|要|指)的?是?|是|选|要|那就|那|就|指的是|说的是|应该是|查)+|(?:那个|那家|这个|的那个|那边|的|吧|啊|呢|呀|。|！|？|，)+$"
)


def bare_pick(text: str) -> str:
    """南京的 → 南京; a message that asks something itself (那南京的2023年呢) is no pick."""
    plain = without_courtesy(normalise(text))
    previous = None
    while previous != plain:
        previous, plain = plain, _POLITE.sub("", plain)
    return "" if re.search(r"\d{4}|年|多少|几|吗", plain) else plain


def wants_all(text: str, candidates: Sequence[int]) -> bool:
    """两个都要, 全部, 都看看: not one of them but all, as many as are said."""
    match = _all().fullmatch(without_courtesy(normalise(text)).strip("。！？，、 "))
    return match is not None and (match["n"] is None or number(match["n"]) == len(candidates))


@cache
def _all() -> re.Pattern[str]:
    return re.compile(data("pair.toml")["levels"]["all"])
