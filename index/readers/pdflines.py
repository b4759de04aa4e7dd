"""Characters → lines of text, and the runs of words in a line that wide gaps part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.document import Box
from index.readers.pdfpage import Char

__all__ = ["Line", "box_of", "lines_of", "text_of"]

SAME_LINE = 0.45
"""Two characters stand in one line when their feet differ by less, in heights of a character."""
SPACE, WORD_SPACE, COLUMN = 0.5, 0.22, 0.75
"""Gaps, in heights of a character: a space between any two, a space between Latin letters or digits, a new column."""


@dataclass(frozen=True, slots=True)
class Line:
    """Characters that stand in one line, from left to right."""

    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        return _joined(self.chars)

    @property
    def box(self) -> Box:
        return box_of(self.chars)

    @property
    def height(self) -> float:
        return median(char.bottom - char.top for char in self.chars)

    def runs(self) -> list[Line]:
        """The stretches of the line that gaps as wide as between columns part."""
        runs: list[list[Char]] = []
        limit, end = COLUMN * self.height, float("-inf")
        for char in self.chars:
            if char.x0 - end > limit:
                runs.append([])
            runs[-1].append(char)
            end = max(end, char.x1)
        return [Line(tuple(run)) for run in runs]


def box_of(chars: Sequence[Char]) -> Box:
    return (
        min(char.x0 for char in chars),
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
    )


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """Lines from top to bottom; a character belongs to the line whose foot it nearly stands on."""
    lines: list[list[Char]] = []
    foot = high = 0.0
    for char in sorted(chars, key=lambda char: char.bottom):
        height = char.bottom - char.top
        if lines and char.bottom - foot <= SAME_LINE * max(high, height):
            lines[-1].append(char)
            foot += (char.bottom - foot) / len(lines[-1])
            high = max(high, height)
        else:
            lines.append([char])
            foot, high = char.bottom, height
    return [Line(tuple(sorted(line, key=lambda char: char.x0))) for line in lines]


def text_of(chars: Iterable[Char]) -> str:
    """The text of a cell, its lines parted by line breaks; text set in columns from right to left is read so."""
    chars = tuple(chars)
    if len(chars) == 1:
        return chars[0].text
    lines = lines_of(chars)
    if _is_vertical(lines):
        return _vertical(lines)
    return "\n".join(line.text for line in lines)


def _joined(chars: Sequence[Char]) -> str:
    parts: list[str] = []
    before: Char | None = None
    for char in chars:
        if before is not None:
            gap, height = char.x0 - before.x1, min(char.bottom - char.top, before.bottom - before.top)
            latin = before.text.isascii() and char.text.isascii()
            if gap > (WORD_SPACE if latin else SPACE) * height:
                parts.append(" ")
        parts.append(char.text)
        before = char
    return "".join(parts)


def _is_vertical(lines: Sequence[Line]) -> bool:
    """Two or more columns of characters, closer to those above and below than to those beside them."""
    if len(lines) < 3 or max(len(line.chars) for line in lines) != 2:
        return False
    pairs = [line.chars for line in lines if len(line.chars) == 2]
    beside = median(right.middle[0] - left.middle[0] for left, right in pairs)
    below = median(under.chars[-1].middle[1] - over.chars[-1].middle[1] for over, under in pairwise(lines))
    return len(pairs) * 2 >= len(lines) and beside > 1.2 * below


def _vertical(lines: Sequence[Line]) -> str:
    edge = median(line.chars[-1].x0 for line in lines if len(line.chars) == 2)
    chars = [char for line in lines for char in line.chars]
    right = [char.text for char in chars if char.middle[0] > edge]
    return "".join(right) + "\n" + "".join(char.text for char in chars if char.middle[0] <= edge)
