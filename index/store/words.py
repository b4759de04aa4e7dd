"""Full text by bigrams: every term of two or more characters is found, and nothing else is."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

LAYOUT = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
"""A space or line break beside a Chinese character is layout, not a word boundary."""


def fold(text: str) -> str:
    """Width, case and 繁體 made alike; what is neither letter nor digit becomes one space."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not plain.isascii():
        plain = _simplifier().convert(plain)
    return " ".join("".join(char if char.isalnum() else " " for char in LAYOUT.sub("", plain)).split())


def bigrams(folded: str) -> str:
    """'公开申请 a' → '公开 开申 申请 a'."""
    return " ".join(_pairs(folded))


def phrase(folded: str) -> str | None:
    """The full-text query for one term; None where bigrams cannot tell (a single character stands in it)."""
    if not folded or any(len(run) < 2 for run in folded.split()):
        return None
    return '"' + bigrams(folded) + '"'


def _pairs(folded: str) -> list[str]:
    pairs: list[str] = []
    for run in folded.split():
        pairs.extend(run[at : at + 2] for at in range(max(1, len(run) - 1)))
    return pairs


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
