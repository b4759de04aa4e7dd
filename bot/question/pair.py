"""The two agencies, or years, that neighbouring messages asked about: 两家差几件, 前者办结多少, 谁多."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from bot.question.counts import just_spoken_of
from bot.question.query import Conversation, Query
from bot.question.reading import Reading
from bot.wording import data
from index.agencies import Directory


def spoken(text: str, conversation: Conversation, directory: Directory) -> tuple[str, Query | None]:
    """The text without 前者, 两家, 三个区 and the like, and the query that says whom they mean."""
    before = conversation.query
    rest, those = just_spoken_of(text, conversation, directory)
    if before is not None and those:
        return rest, replace(before, agencies=those, group=None)
    if before is not None and conversation.first and (it := _pattern("it").match(text)):
        alone = replace(before, kind="figures", agencies=conversation.first, group=None, top=None, nth=None)
        return _without(text, [it]), alone
    if before is not None and before.agencies and (same := _pattern("same").match(text)):
        return _without(text, [same]), before
    if before is not None and conversation.changed == "year" and (both := list(_pattern("years").finditer(text))):
        return _without(text, both), replace(before, years=conversation.earlier_years, years_from="named")
    if before is None or len(conversation.earlier) != 2:
        return text, before
    former, latter = conversation.earlier
    marks = sorted(
        [(match, former) for match in _pattern("former").finditer(text)]
        + [(match, latter) for match in _pattern("latter").finditer(text)],
        key=lambda each: each[0].start(),
    )
    if marks:
        named = tuple(dict.fromkeys(agency for _, agency in marks))
        return _without(text, [match for match, _ in marks]), replace(before, agencies=named, group=None)
    both = list(_pattern("both").finditer(text))
    if both or any(word in text for word in data("pair.toml")["both"]["gathers"]):
        named = conversation.earlier if both else _together(conversation)
        return _without(text, both), replace(before, agencies=named, group=None)
    return text, before


def _together(conversation: Conversation) -> tuple[int, ...]:
    """加起来, without a number: all that the same was asked of."""
    return conversation.chain if len(conversation.chain) > 2 else conversation.earlier


def implied(reading: Reading, before: Query | None, conversation: Conversation) -> Query | None:
    """差多少, 谁多 after 甲区…‖乙区呢: both of them, though neither is named."""
    if before is None or before is not conversation.query or not conversation.changed:
        return before
    if reading.mentions or reading.years or not _wants_both(reading):
        return before
    if conversation.changed == "agency":
        return replace(before, agencies=_together(conversation), group=None)
    return replace(before, years=conversation.earlier_years, years_from="named")


def _wants_both(reading: Reading) -> bool:
    ways = data("pair.toml")["implied"]
    return reading.has(*ways["operations"]) or (reading.has("who") and reading.has(*ways["with_who"]))


def _without(text: str, matches: list[re.Match[str]]) -> str:
    for match in reversed(matches):
        text = text[: match.start()] + text[match.end() :]
    return text or "合计"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in data("pair.toml")[name]["pattern"]))
