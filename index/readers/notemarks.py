"""The raised number of a note behind a number is no digit of it: 12¹ is 12."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.readers.pdfpage import Char

__all__ = ["raised", "with_raised"]

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
DIGITS = frozenset("0123456789")
BRACKETED = re.compile(r"[\[〔【(（]?(\d+)[\]〕】)）]?")
SMALL = 0.8
"""A raised digit is at most so high, in heights of the character before it."""
LIFTED = 0.1
"""And its foot stands at least so much above that character's."""
GAP = 0.35


def raised(text: str) -> str:
    """The number of a note as raised digits."""
    return BRACKETED.sub(lambda match: match[1].translate(RAISED), text)


def with_raised(chars: Sequence[Char]) -> tuple[Char, ...]:
    """The characters of a page, small digits that stand raised behind another character as raised digits beside it."""
    largest = max((char.bottom - char.top for char in chars if char.text in DIGITS), default=0.0)
    if all(char.bottom - char.top > SMALL * largest for char in chars if char.text in DIGITS):
        return tuple(chars)
    found: list[Char] = []
    base: Char | None = None
    for char in chars:
        if base is not None and char.text in DIGITS and _stands_raised(char, found[-1], base):
            found.append(Char(char.text.translate(RAISED), char.x0, base.top, char.x1, base.bottom))
        else:
            found.append(char)
            base = char
    return tuple(found)


def _stands_raised(char: Char, before: Char, base: Char) -> bool:
    height = base.bottom - base.top
    return (
        char.bottom - char.top <= SMALL * height
        and base.bottom - char.bottom >= LIFTED * height
        and char.bottom > base.top
        and char.top > base.top - 0.5 * height
        and abs(char.x0 - before.x1) <= GAP * height
    )
