"""How many are said to be meant: 三个区 after three districts were spoken of, 两个鼓楼区 of which two are loaded."""

from __future__ import annotations

import re
from functools import cache

from bot.question.numerals import number
from bot.question.query import Conversation
from bot.wording import data
from index.agencies import Directory, Mention

_NUMBER = r"(?P<n>[两二俩三四五六七八九]|[2-9])"
_NAMED = re.compile(rf"(?:^|[^第前后最])(?:这|那|以上|上述)?{_NUMBER}(?:个|家|处)的?$")
_OF_GROUP = re.compile(rf"{_NUMBER}(?:个|家)")
_OTHERWISE = re.compile(r"(?:前|后|的|最[多少高低大小]|有|没|哪|[多少够到过]|名)$")
"""Words before 三个区 that ask for three of more: 前三个区, 最多的三个区, 有三个区."""


def of_the_name(text: str, mention: Mention) -> bool:
    """两个鼓楼区 with two loaded of that name: all of them are meant."""
    match = _NAMED.search(text[: mention.start])
    return match is not None and int(number(match["n"]) or 0) == len(mention.agency_ids)


def of_the_group(text: str, mention: Mention) -> int | None:
    """三 in 三个区加起来: a group of another size is not meant; None where no count is said, or it asks for the top."""
    match = _OF_GROUP.search(mention.text)
    lead = text[: mention.start] + mention.text[: match.start()] if match else ""
    return None if match is None or _OTHERWISE.search(lead) else int(number(match["n"]) or 0)


def just_spoken_of(text: str, conversation: Conversation, directory: Directory) -> tuple[str, tuple[int, ...]]:
    """三个区加起来 after 甲区, 乙区和丙区: the text without 三个区, and the three; ('', ()) where they do not agree."""
    match = _spoken().match(text)
    count = int(number(match["n"]) or 0) if match else 0
    latest = conversation.recent[-count:] if count > 2 else ()
    if match is None or len(latest) != count or not latest:
        return "", ()
    names = [agency.name for each in latest if (agency := directory.by_id(each))]
    ends = data("pair.toml")["counted"]["ends"].get(match["word"] or "")
    if len(names) != count or (ends and not all(re.search(ends, name) for name in names)):
        return "", ()
    return text[match.end() :] or "合计", latest


@cache
def _spoken() -> re.Pattern[str]:
    words = data("pair.toml")["counted"]
    return re.compile(words["pattern"].format(words="|".join(words["ends"])))
