"""How well a stretch of printed text is, or is part of, a label of the form."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from index.reading.layout import Line, heads, lines

NUMBERING = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?=.)")
FLOOR = 0.72
SHORT = 3
EARLIER = 0.5
"""What a text is worth as a label that does not stand next to the values."""


@lru_cache(maxsize=20_000)
def likenesses(text: str, beside: bool = False) -> tuple[float, ...]:
    """The likeness of a text to every row of the form, in order; `beside` if it stands on the row of the values."""
    return tuple(likeness(text, line, beside) for line in lines())


@lru_cache(maxsize=5_000)
def own_likenesses(texts: tuple[str, ...]) -> tuple[float, ...]:
    """The likeness of the texts of one printed row to every row of the form.

    The label is what stands nearest to the values; what stands before it is the group's name, or part of the label.
    """
    joined = [likenesses("".join(texts[at:]), True) for at in range(len(texts))]
    before = [tuple(EARLIER * like for like in likenesses(text)) for text in texts[:-1]]
    return tuple(max(column) for column in zip(*joined, *before, strict=True))


def likeness(text: str, line: Line, beside: bool = False) -> float:
    """0..1: how much of the row's label the text prints. Part of a wrapped label counts by its length."""
    if not text:
        return 0.0
    if line.blocks > 1:
        return max(_whole(text, label) for label in line.labels)
    best = 0.0
    for label in line.labels:
        bare = NUMBERING.sub("", label)
        if not beside and (len(bare) <= SHORT or text in heads()):
            best = max(best, float(text == label))  # 其他 and 总计 are heads of columns too
        else:
            best = max(best, _one(text, label), 0.95 * _one(text, bare))
        if line.parent and fuzz.ratio(text, line.parent) < (both := _whole(text, line.parent + label)) * 100:
            best = max(best, both)
    return best


def _one(text: str, label: str) -> float:
    return max(_whole(text, label), _part(text, label), _holds(text, label))


def _whole(text: str, label: str) -> float:
    ratio = fuzz.ratio(text, label) / 100
    return ratio if ratio >= FLOOR else 0.0


def _part(text: str, label: str) -> float:
    """A piece of a label, as wrapping leaves it."""
    if not 2 <= len(text) < len(label):
        return 0.0
    quality = fuzz.partial_ratio(text, label) / 100
    needed = 0.99 if len(text) <= 3 else 0.85
    return quality * len(text) / len(label) if quality >= needed else 0.0


def _holds(text: str, label: str) -> float:
    """The label with other words before or after it, a group's name or a remark."""
    extra = len(text) - len(label)
    if len(label) < 4 or not 0 < extra <= 24:
        return 0.0
    quality = fuzz.partial_ratio(label, text) / 100
    return max(0.0, quality - 0.02 * extra) if quality >= 0.9 else 0.0
