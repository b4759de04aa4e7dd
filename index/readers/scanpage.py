"""A picture of a page → characters and edges: straightened, its ruling lines found first, then its words.

The lines tell where the cells are. Words that stand in one cell are taken as recognised; a cell with ink in which no
word was found, or one whose word runs over into its neighbour, is looked at again by itself, so that a lone 0 is not
lost. What still cannot be recognised is printed as '？', never as an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy

from index.readers.ocr import Word, recognise, recognise_crops
from index.readers.pdfpage import Char, Edge, PageContent
from index.readers.pdftables import Grid, GridCell, find_grids

__all__ = ["page_of"]

POINT = 72 / 300
"""Points a pixel is at 300 dpi."""
ACROSS, DOWN, GAP = 140, 110, 25
"""Pixels of the shortest ruling lines, longer than any stroke of a character, and of the gaps in worn ones."""
INSET = 7
"""Pixels of a cell's edge that may hold what is left of its ruling lines."""
UNKNOWN = "？"


def page_of(image: Any, number: int) -> tuple[PageContent, Any]:
    """The page, and the matrix that takes its points back to the picture as it was before it was straightened."""
    grey, back = _straight(_without_red(image))
    ink = _ink(grey)
    across, down = _ruled(ink, horizontal=True), _ruled(ink, horizontal=False)
    clean = grey.copy()
    clean[cv2.dilate(across | down, numpy.ones((5, 5), numpy.uint8)) > 0] = 255
    edges = (*_edges(across, horizontal=True), *_edges(down, horizontal=False))
    height, width = grey.shape
    empty = PageContent(number, width * POINT, height * POINT, (), edges)
    words = recognise(clean)
    chars = _in_cells(words, empty, clean) if edges else [char for word in words for char in spread(word)]
    return replace(empty, chars=tuple(chars)), back


def _without_red(image: Any) -> Any:
    """Grey, with what is red (a seal) as light as paper where nothing dark is under it."""
    if image.ndim == 2:
        return image
    blue, green, red = (image[:, :, at].astype(numpy.int16) for at in range(3))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    reddish = (red - numpy.maximum(blue, green)) > 35
    return numpy.where(reddish, numpy.minimum(255, red + 40), grey).astype(numpy.uint8)


def _straight(grey: Any) -> tuple[Any, Any]:
    """The picture turned so that its lines are level, and the way back in points."""
    angle = _skew(grey)
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    if abs(angle) >= 0.03:
        grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    else:
        turn = numpy.eye(2, 3)
    back: Any = cv2.invertAffineTransform(turn)
    back[:, 2] *= POINT
    return grey, back


def _skew(grey: Any) -> float:
    """Degrees the page is turned by: the median of its long, nearly level lines; else of its lines of text."""
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = _ink(small)
    for marks, shortest in ((ink, 250), (cv2.dilate(ink, numpy.ones((3, 25), numpy.uint8)), 300)):
        found = cv2.HoughLinesP(marks, 1, numpy.pi / 3600, 200, minLineLength=shortest, maxLineGap=8)
        if found is None:
            continue
        x0, y0, x1, y1 = found.reshape(-1, 4).astype(float).T
        angles = numpy.degrees(numpy.arctan2(y1 - y0, x1 - x0))
        level = angles[numpy.abs(angles) < 6]
        if len(level) >= 4:
            return float(numpy.median(level))
    return 0.0


def _ink(grey: Any) -> Any:
    """Black on white as white on black; the threshold follows the light of the page."""
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 35, 15)


def _ruled(ink: Any, *, horizontal: bool) -> Any:
    """What is left of the ink when only long straight runs are kept.

    Runs too long for a stroke of print are found first and only then joined over the gaps of a worn line: the other
    way round the strokes of a line of print would join.
    """
    whole, piece = (ACROSS, ACROSS // 2) if horizontal else (DOWN, DOWN // 2)

    def bar(length: int) -> Any:
        return cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if horizontal else (1, length))

    pieces = cv2.morphologyEx(ink, cv2.MORPH_OPEN, bar(piece))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, bar(GAP))
    return cv2.morphologyEx(joined, cv2.MORPH_OPEN, bar(whole))


def _edges(lines: Any, *, horizontal: bool) -> Iterator[Edge]:
    """The middle of every ruling line, in points; what is as thick as a character is a bar or a picture."""
    count, _, stats, centres = cv2.connectedComponentsWithStats(lines, connectivity=8)
    for at in range(1, count):
        left, top, width, height = (int(value) for value in stats[at][:4])
        if min(width, height) > 25:
            continue
        x, y = (float(value) * POINT for value in centres[at])
        if horizontal:
            yield Edge(left * POINT, y, (left + width) * POINT, y)
        else:
            yield Edge(x, top * POINT, x, (top + height) * POINT)


def spread(word: Word) -> Iterator[Char]:
    """A word's characters, each with its share of the word's box; in points."""
    text = "".join(word.text.split())
    widths = [1.0 if char > "\u2e7f" else 0.55 for char in text]
    left, top, right, bottom = (value * POINT for value in word.box)
    x, unit = left, (right - left) / sum(widths) if widths else 0.0
    for char, width in zip(text, widths, strict=True):
        yield Char(char, x, top, x + width * unit, bottom)
        x += width * unit


def _in_cells(words: Sequence[Word], page: PageContent, clean: Any) -> list[Char]:
    """Characters of words that keep to one cell or to none, and of cells that are looked at again."""
    dots = tuple(Char("·", *(value * POINT for value in _middle(word))) for word in words)
    grids, _ = find_grids(replace(page, chars=dots), keep_empty=True)
    cells = [cell for grid in grids for row in grid.rows for cell in row]
    settled: dict[int, list[Word]] = {id(cell): [] for cell in cells}
    chars: list[Char] = []
    again: set[int] = set()
    for word in words:
        over = _cells_under(word, grids)
        if len(over) == 1:
            settled[id(over[0])].append(word)
        elif over:
            again |= {id(cell) for cell in over}
        else:
            chars += spread(word)
    doubtful = [cell for cell in cells if id(cell) in again or not settled[id(cell)]]
    chars += [char for cell in cells if id(cell) not in again for word in settled[id(cell)] for char in spread(word)]
    return chars + _looked_at_again([cell for cell in doubtful if _has_ink(clean, cell)], clean)


def _middle(word: Word) -> tuple[float, float, float, float]:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return x, y, x, y


def _cells_under(word: Word, grids: Sequence[Grid]) -> list[GridCell]:
    """The cells that hold a good part of a word, from left to right."""
    left, top, right, bottom = (value * POINT for value in word.box)
    middle = (top + bottom) / 2
    found: dict[int, GridCell] = {}
    for step in range(9):
        x = left + (right - left) * (step + 0.5) / 9
        cell = next((cell for grid in grids if (cell := grid.cell_at(x, middle))), None)
        if cell is not None and min(x, cell.box[2]) - cell.box[0] >= 0:
            found[id(cell)] = cell
    cells = list(found.values())
    return [cell for cell in cells if len(cells) == 1 or _share(left, right, cell) > 0.15]


def _share(left: float, right: float, cell: GridCell) -> float:
    return (min(right, cell.box[2]) - max(left, cell.box[0])) / max(0.1, right - left)


def _inside(cell: GridCell) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(value / POINT) for value in cell.box)
    return left + INSET, top + INSET, right - INSET, bottom - INSET


def _has_ink(clean: Any, cell: GridCell) -> bool:
    """Marks as high as a character's parts, not specks: 0 has them, and a dash is wide instead."""
    left, top, right, bottom = _inside(cell)
    if right - left < 8 or bottom - top < 8:
        return False
    crop = _ink(numpy.ascontiguousarray(clean[top:bottom, left:right]))
    count, _, stats, _ = cv2.connectedComponentsWithStats(crop, connectivity=8)
    return any(max(stats[at][2], stats[at][3]) >= 14 and stats[at][4] >= 30 for at in range(1, count))


def _looked_at_again(cells: Sequence[GridCell], clean: Any) -> list[Char]:
    """Each cell recognised by itself, line by line of its ink."""
    pieces = [(box, clean[box[1] : box[3], box[0] : box[2]]) for cell in cells for box in _ink_lines(clean, cell)]
    texts = recognise_crops([piece for _, piece in pieces])
    chars: list[Char] = []
    for (box, _), text in zip(pieces, texts, strict=True):
        chars += spread(Word(text or UNKNOWN, (float(box[0]), float(box[1]), float(box[2]), float(box[3])), 1.0))
    return chars


def _ink_lines(clean: Any, cell: GridCell) -> list[tuple[int, int, int, int]]:
    """The boxes of the lines of ink in a cell."""
    left, top, right, bottom = _inside(cell)
    ink = _ink(numpy.ascontiguousarray(clean[top:bottom, left:right])) > 0
    rows = numpy.flatnonzero(ink.any(axis=1))
    lines = []
    for part in numpy.split(rows, numpy.flatnonzero(numpy.diff(rows) > 6) + 1) if len(rows) else []:
        columns = numpy.flatnonzero(ink[part[0] : part[-1] + 1].any(axis=0))
        if len(columns) == 0 or max(columns[-1] - columns[0], part[-1] - part[0]) < 14:
            continue
        x0, x1 = max(left, left + int(columns[0]) - 10), min(right, left + int(columns[-1]) + 10)
        lines.append((x0, max(top, top + int(part[0]) - 10), x1, min(bottom, top + int(part[-1]) + 10)))
    return lines
