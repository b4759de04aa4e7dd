"""教育局和民政局2024年…，都是某市的: the place said last is where those bodies are, not one more agency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from index.agencies import Directory, Mention
from index.agencies.bodies import bodies

_BEHIND = re.compile(
    r"(?:，(?:(?:都|全|均)?(?:是|属于?|指的是|说的是))?(?P<said>[一-鿿]{2,12}?)(?:里|下面|那边)?的|（(?P<noted>[一-鿿]{2,12})）)[。？]?$"
)


def fronted(text: str, directory: Directory) -> str:
    """The text with that place before the names, where each of them then means just one agency of it."""
    match = _BEHIND.search(text)
    place = (match["said"] or match["noted"]) if match else ""
    name = _government(place, directory) if place else ""
    if match is None or not name:
        return text
    head = text[: match.start()]
    named = _agencies(head, directory)
    if not named:
        return text
    if _all_of(named, name):
        return head
    tried = head[: named[0].start] + place + head[named[0].start :]
    found = _agencies(tried, directory)
    return tried if len(found) == len(named) and _all_of(found, name) else text


def _government(place: str, directory: Directory) -> str:
    """The name of the one loaded government that the words mean, without 人民政府; else ''."""
    found = directory.recognise(place)
    if len(found) != 1 or len(found[0].candidates) != 1 or found[0].end - found[0].start != len(place):
        return ""
    name = found[0].candidates[0].agency.name
    return name.removesuffix("人民政府") if name.endswith("人民政府") else ""


def _agencies(text: str, directory: Directory) -> list[Mention]:
    return [each for each in directory.recognise(text) if each.kind == "agency"]


def _all_of(named: list[Mention], name: str) -> bool:
    return all(
        len(each.candidates) == 1 and each.candidates[0].agency.name.startswith(name)
        and each.candidates[0].agency.name.removesuffix("人民政府") != name
        for each in named
    )  # fmt: skip


_LINK = re.compile(r"(?:里的|这边的|那边的|那边|那个|的)")
_GOES_ON = re.compile(r"$|[，。？呢]|[0-9]|[去前今上]年|近[一二两三]|收到|收了|新收|办结|办了|答复了|被|败诉")


def completed(text: str, mentions: Sequence[Mention], directory: Directory) -> str:
    """甲市的公安去年…, 乙市丙2024年… of 丙镇: the text with the name whole, where one loaded body fits; else ''."""
    for mention in mentions:
        if mention.kind == "agency" and (found := _department(text, mention, directory) or _township(text, mention)):
            return found
    return ""


def _department(text: str, mention: Mention, directory: Directory) -> str:
    link = _LINK.match(text, mention.end)
    if link is None or len(mention.candidates) != 1 or not mention.candidates[0].agency.name.endswith("人民政府"):
        return ""
    plain = mention.candidates[0].agency.name.removesuffix("人民政府")
    for length in (4, 3, 2):
        stem = text[link.end() : link.end() + length]
        if stem in _stems() and _GOES_ON.match(text, link.end() + length):
            named = directory.recognise(plain + stem)
            rest = text[link.end() + length :]
            if len(named) == 1 and len(named[0].candidates) == 1 and _all_of(list(named), plain):
                return text[: mention.start] + named[0].candidates[0].agency.name + rest
            if len(named) == 1 and len(named[0].known) == 1 and named[0].known[0].real and not named[0].candidates:
                return text[: mention.start] + named[0].known[0].name + rest
    return ""


@cache
def _stems() -> frozenset[str]:
    """公安, 教育, 人社: what stands before 局; not 审批, which is another word."""
    known = [body for body in bodies().by_key.values() if body.department and not body.whole]
    return frozenset(stem for body in known for stem in (*body.stems, *body.bare))


_STEM = re.compile(r"(.{2,4}?)(?:镇|乡|街道)")


def _township(text: str, mention: Mention) -> str:
    if mention.candidates or len(mention.known) != 1:
        return ""
    plain = mention.known[0].name.removesuffix("人民政府")
    below = [each.name for each in mention.nearest if each.name.startswith(plain)]
    stems = {name: match[1] for name in below if (match := _STEM.match(name.removeprefix(plain)))}
    fitting = [name for name, stem in stems.items() if text.startswith(stem, mention.end)]
    if len(fitting) != 1:
        return ""
    rest = text[mention.end + len(stems[fitting[0]]) :]
    return text[: mention.start] + fitting[0] + rest
