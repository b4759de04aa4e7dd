"""A place in brackets behind a name, or in a clause at the end: 教育局（甲市）, 教育局收到多少申请，甲市的."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.agencies.bodies import GOVERNMENT
from index.agencies.gazetteer import gazetteer
from index.agencies.model import Candidate, Known, Mention

if TYPE_CHECKING:
    from index.agencies.directory import Directory

_TRAILING = re.compile(r"的(?:那个|那家|那边|吧|哦|啊|呀)?[。？！?]*$")


def narrowed(directory: Directory, text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The place says which of the agencies named before it is meant; none of them: what is asked is not loaded."""
    kept: list[Mention] = []
    for mention in mentions:
        last = kept[-1] if kept else None
        if last is None or not _says_where(text, mention) or not _may_lie_there(directory, last, mention):
            kept.append(mention)
            continue
        ids = _there(directory, last, mention) or directory.pick(mention.text, last.agency_ids)
        chosen = tuple(each for each in last.candidates if each.agency.id in ids)
        kept[-1:] = _settled(text, last, mention, chosen)
    return kept


def _says_where(text: str, mention: Mention) -> bool:
    before, behind = text[: mention.start].rstrip()[-1:], text[mention.end :].lstrip()
    if not mention.start or mention.group is not None:
        return False
    enclosed = before in ("（", "(") and behind[:1] in ("）", ")")
    return enclosed or (before in ("，", ",") and _TRAILING.fullmatch(behind) is not None)


def _may_lie_there(directory: Directory, last: Mention, place: Mention) -> bool:
    """Several may be meant, or one department or district; 甲市（乙市） are two cities."""
    if place.candidates and any(directory.body_of(each) != GOVERNMENT for each in place.agency_ids):
        return False
    if not last.candidates or last.group is not None:
        return False
    departments = all(directory.body_of(each) != GOVERNMENT for each in last.agency_ids)
    return len(last.candidates) > 1 or departments or len(directory.place_of(last.agency_ids[0])) > 4


def _there(directory: Directory, last: Mention, place: Mention) -> list[int]:
    codes = {directory.place_of(each) for each in place.agency_ids} | {k.place.code for k in place.known if k.place}
    own = [(each, directory.place_of(each)) for each in last.agency_ids]
    return [each for each, code in own if any(code == other or gazetteer().within(code, other) for other in codes)]


def _settled(text: str, last: Mention, place: Mention, chosen: tuple[Candidate, ...]) -> list[Mention]:
    """The name with its place as one mention where they touch, else both meaning the same."""
    known = () if chosen else (Known(f"{place.text}{last.text}", None, "", False),)
    last = replace(last, candidates=chosen, known=known, explicit=True)
    behind = text[place.end :].lstrip()
    end = text.index(behind[0], place.end) + 1 if behind[:1] in ("）", ")") else place.end
    if text[last.end : place.start].strip() in ("(", "（"):
        return [replace(last, end=end, text=text[last.start : end])]
    return [last, replace(place, candidates=chosen, known=known, nearest=())]
