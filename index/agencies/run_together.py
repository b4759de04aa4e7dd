"""Names run together with a count behind: 甲乙两区 → 甲区、乙区; 示例市县两家 → 示例市、示例县."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.agencies.directory import Directory
from index.agencies.gazetteer import gazetteer
from index.agencies.model import Mention

_COUNTS = "零一两三四五六"
LONGEST = 4
"""Characters of a name without its ending."""
_RUN = re.compile(
    r"(?P<names>[一-鿿、和]{2,18}?)(?P<count>[两三四五六])个?(?P<kind>区|县|市|街道|镇)(?![一-鿿]?[级长民办局委])"
)
_TWINS = re.compile(r"(?P<stem>[一-鿿]{2,4}?)市县(?:这)?(?:两|二)(?:家|地|个|级|边)?")


def apart(text: str, directory: Directory) -> str:
    """The names one by one, where every one is a loaded agency, the count agrees and one place holds them all."""
    if match := _RUN.search(text):
        names = _named(match["names"], match["kind"], _COUNTS.index(match["count"]), directory)
        return text if names is None else text[: match.start()] + names + text[match.end() :]
    if match := _TWINS.search(text):
        for at in range(len(match["stem"]) - 1):
            twins = [match["stem"][at:] + kind for kind in "市县"]
            if all(_whole(each, directory) for each in twins):
                return text[: match.start() + at] + "、".join(twins) + text[match.end() :]
    return text


def _named(text: str, kind: str, count: int, directory: Directory) -> str | None:
    """What stands before the names, and the names; None unless they are certain."""
    ways = sorted(_pieces(text, kind, count), key=lambda way: -len(way[0]))  # the shortest names first
    fitting = (way for way in ways if all(_whole(piece + kind, directory) for piece in way[1]))
    head, pieces = next(fitting, ("", ()))
    if not pieces:
        return None
    places = [_parents(_whole(piece + kind, directory), directory) for piece in pieces]
    common = set.intersection(*places)
    if len(set(pieces)) < count or not common:
        return None
    named = directory.recognise(head) if head else ()
    above = "" if named or len(common) > 1 else gazetteer().city_name(common.pop())
    return head + above + "、".join(piece + kind for piece in pieces)


def _pieces(text: str, kind: str, count: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every way to cut so many names off the end, with what is left before them."""
    text = text.rstrip("、和") if count else text
    text = text.removesuffix(kind) if count else text
    if count == 0:
        yield text, ()
        return
    for length in range(1, min(LONGEST, len(text)) + 1):
        piece = text[-length:]
        if "、" not in piece and "和" not in piece:
            yield from ((head, (*before, piece)) for head, before in _pieces(text[:-length], kind, count - 1))


def _whole(name: str, directory: Directory) -> Mention | None:
    """The mention that a name is, if it is nothing else and loaded."""
    found = directory.recognise(name)
    whole = len(found) == 1 and found[0].text == name and bool(found[0].candidates) and not found[0].repaired
    return found[0] if whole else None


def _parents(mention: Mention | None, directory: Directory) -> set[str]:
    return {gazetteer().parent_code(directory.place_of(each)) for each in mention.agency_ids} if mention else set()
