"""除公安局外，各部门…; 各区（不含甲区）: a group without some of its members."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.question.query import GroupRef, Outcome, Query, Refusal
from bot.wording import data
from index.agencies import Directory

_JOINTS = re.compile(r"[、和与及跟\s]|以及|还有")


@dataclass(frozen=True, slots=True)
class Excepted:
    """Who is left out, in the words of the question."""

    words: str
    names: tuple[str, ...]


def taken_out(text: str, directory: Directory) -> tuple[str, Excepted | None]:
    """The text without the exception, and the exception; only where all of it names agencies."""
    for pattern in _patterns():
        match = pattern.search(text)
        names = _names(match["names"], directory) if match else ()
        if match and names:
            each = "各" if match.groupdict().get("rest") and text[match.end() :][:1] != "各" else ""
            return text[: match.start()] + each + text[match.end() :], Excepted(match["names"], names)
    return text, None


def _names(words: str, directory: Directory) -> tuple[str, ...]:
    """The names in it, if it holds nothing else."""
    mentions = directory.recognise(words)
    rest = list(words)
    for each in mentions:
        rest[each.start : each.end] = " " * (each.end - each.start)
    plain = _JOINTS.sub("", "".join(rest))
    if plain or not mentions or any(each.kind != "agency" for each in mentions):
        return ()
    return tuple(each.text for each in mentions)


def left_out(outcome: Outcome, before: Query | None, excepted: Excepted, directory: Directory) -> Outcome:
    """The answer about the group without them; a refusal where no group is spoken of."""
    if isinstance(outcome, Refusal) and outcome.reason == "unclear" and before is not None and before.group:
        outcome = before  # 不算公安局呢
    if not isinstance(outcome, Query):
        return outcome
    group = without(outcome.group, excepted, directory) if outcome.group and not outcome.agencies else None
    if group is None:
        return Refusal("not_in_report", "item", unknown=(excepted.words,), items=outcome.items, keeps=outcome)
    return replace(outcome, group=group)


def without(group: GroupRef, excepted: Excepted, directory: Directory) -> GroupRef | None:
    """The group without them; None where it is not certain which members are meant."""
    left = list(group.members)
    for name in excepted.names:
        found = directory.recognise(name)
        ids = set(found[0].agency_ids) & set(group.members) if len(found) == 1 else set()
        if len(ids) != 1:
            ids = set(directory.pick(name, group.members))
        if len(ids) > 1:
            return None  # who is not of the group is left out already
        left = [each for each in left if each not in ids]
    label = data("replies.toml")["coverage"]["without"].format(label=group.label, names="、".join(excepted.names))
    return replace(group, members=tuple(left), label=label)


@cache
def _patterns() -> Sequence[re.Pattern[str]]:
    return [re.compile(each) for each in data("pair.toml")["except"]["pattern"]]
