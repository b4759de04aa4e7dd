"""教育局和民政局2024年…，都是某市的: the place said last is where those bodies are, not one more agency."""

from __future__ import annotations

import re

from index.agencies import Directory, Mention

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
