"""申请 办结 公开: items with nothing but blanks between them are a list, and none of them is lost."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.wording import lexicon

_KINDS = ("row", "field", "measure")
_AFTER = re.compile(r"(?:的?(?:各|都|分别|数量?|件数|情况|多少|几|是|有|呢).*)?[？。]?")
LONGEST = 10


def listed(text: str) -> str:
    """The text with 、 between such items; three of them, or two before 各 or 分别. Other blanks are left alone."""
    pieces = text.split(" ")
    if len(pieces) < 2:
        return text
    joins = [_ends(first) and _begins(second) for first, second in pairwise(pieces)]
    several = sum(joins) > 1 or re.search("各|分别", text) is not None
    out = pieces[0]
    for joined, piece in zip(joins, pieces[1:], strict=True):
        out += ("、" if joined and several else " ") + piece
    return out


def _ends(piece: str) -> bool:
    return any(_is_item(piece[-length:]) for length in range(2, min(LONGEST, len(piece)) + 1))


def _begins(piece: str) -> bool:
    spans = range(2, min(LONGEST, len(piece)) + 1)
    return any(_is_item(piece[:length]) and _AFTER.fullmatch(piece[length:]) for length in spans)


def _is_item(word: str) -> bool:
    return any(entry.kind in _KINDS for entry in lexicon().entries.get(word, ())) or word in ("公开", "不公开")
