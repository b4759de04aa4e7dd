"""A picture of a page → characters and edges: straightened, its ruling lines found first, then its words.

The lines tell where the cells are. A cell with ink in which no word was found, or whose word runs over into its
neighbour, is cut out by itself, so that a lone 0 is not lost. What cannot be recognised in a cell is printed as '？',
never as an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy

from index.readers.ocr import Pixels, find_words, recognise
from index.readers.pdfpage import Char, Edge, PageContent
from index.readers.pdftables import Grid, GridCell, find_grids

__all__ = ["page_of"]

POINT = 72 / 300
"""Points a pixel is at 300 dpi."""
ACROSS, DOWN = 140, 48
"""Pixels of the shortest ruling lines. Level ones are longer than any stroke of print; upright ones may be as short
as a row is high, and then must end at level ones."""
PIECES, GAPS = (70, 42), (25, 12)
"""Of the pieces a worn line is made of, and of the gaps between them: level, upright. The strokes of two lines of
print in one cell must not join."""
INSET = 7
"""Pixels of a cell's edge that may hold what is left of its ruling lines."""
SPECK = 9
"""Pixels that a mark is high or wide at least: 0 is thirty, the shortest dash ten."""
FRINGE = 130
"""Grey that is print beside a seal is darker."""
UNKNOWN = "？"


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as it was looked at."""

    content: PageContent
    back: Any
    """Matrix that takes its points back to the picture as it was before it was straightened."""
    words: int
    known: float
    """Share of its words that were recognised: a page on its head has few."""
    tall: float
    """Share of its words that are higher than wide: a page on its side has many."""


def page_of(image: Any, number: int) -> Seen:
    """A picture of a page, right way up, as characters and edges."""
    grey, back = _straight(_without_red(image))
    ink = _ink(grey)
    clean = grey.copy()
    level = _edges(_ruled(ink, horizontal=True), clean, None)
    edges = (*level, *_edges(_ruled(ink, horizontal=False), clean, level))
    height, width = grey.shape
    empty = PageContent(number, width * POINT, height * POINT, (), edges)
    grids, _ = find_grids(empty, keep_empty=True)
    words = find_words(clean)
    inside, outside = _pieces(words, grids, clean)
    texts = recognise(clean, [*inside, *outside])
    chars: list[Char] = []
    for box, text in zip(inside, texts, strict=False):
        chars += spread(_judged(text, _ink(numpy.ascontiguousarray(clean[box[1] : box[3], box[0] : box[2]]))), box)
    for box, text in zip(outside, texts[len(inside) :], strict=True):
        chars += spread(text, box)
    long = [
        text for text, box in zip(texts, [*inside, *outside], strict=True) if box[2] - box[0] > 3 * (box[3] - box[1])
    ]
    known = sum(map(bool, long)) / max(1, len(long))
    tall = sum(bottom - top > 1.6 * (right - left) for left, top, right, bottom in words) / max(1, len(words))
    return Seen(replace(empty, chars=tuple(chars)), back, len(words), known if long else 0.0, tall)


def _without_red(image: Any) -> Any:
    """Grey, with what is red (a seal) as light as paper where nothing dark is under it."""
    if image.ndim == 2:
        return image
    blue, green, red = (image[:, :, at].astype(numpy.int16) for at in range(3))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    reddish = (red - numpy.maximum(blue, green)) > 35
    clear = numpy.where(reddish, numpy.minimum(255, red + 40), grey).astype(numpy.uint8)
    if reddish.any():
        # The edges of a seal are hardly red: compression mixes their colour with the paper's.
        around = cv2.dilate(reddish.astype(numpy.uint8), numpy.ones((7, 7), numpy.uint8)) > 0
        clear[around & (clear > FRINGE)] = 255
    return clear


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
    found = _middle(list(_slopes(ink)))
    return _middle(list(_slopes_of_text(ink))) or 0.0 if found is None else found


def _middle(slopes: Sequence[tuple[float, float]]) -> float | None:
    """The median of angles under 6 degrees, each as heavy as its line is long; None where there are too few."""
    near = sorted((angle, length) for angle, length in slopes if abs(angle) < 6)
    if len(near) < 4:
        return None
    half, reached = sum(length for _, length in near) / 2, 0.0
    for angle, length in near:
        reached += length
        if reached >= half:
            return angle
    return near[-1][0]


def _slopes(ink: Any) -> Iterator[tuple[float, float]]:
    """Angle and length of the long ruling lines, by the straight line through all points of each."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, numpy.ones((1, 45), numpy.uint8))
    level = cv2.morphologyEx(level, cv2.MORPH_CLOSE, numpy.ones((1, 11), numpy.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(level, connectivity=8)
    for at in range(1, count):
        left, top, width, height = (int(value) for value in stats[at][:4])
        if width >= 220 and height <= 0.11 * width + 12:
            ys, xs = numpy.nonzero(labels[top : top + height, left : left + width] == at)
            across = xs - xs.mean()
            slope = float((across * (ys - ys.mean())).sum() / (across * across).sum())
            yield float(numpy.degrees(numpy.arctan(slope))), float(width)


def _slopes_of_text(ink: Any) -> Iterator[tuple[float, float]]:
    """Angle and length of the upper edges of lines of print."""
    text = cv2.dilate(cv2.resize(ink, None, fx=0.5, fy=0.5), numpy.ones((1, 15), numpy.uint8))
    level = cv2.morphologyEx(text, cv2.MORPH_OPEN, numpy.ones((1, 60), numpy.uint8))
    found = cv2.HoughLinesP(level, 1, numpy.pi / 1800, 120, minLineLength=120, maxLineGap=10)
    if found is not None:
        for x0, y0, x1, y1 in found.reshape(-1, 4).astype(float):
            yield float(numpy.degrees(numpy.arctan2(y1 - y0, x1 - x0))), float(numpy.hypot(x1 - x0, y1 - y0))


def _ink(grey: Any) -> Any:
    """Black on white as white on black; the threshold follows the light of the page."""
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 35, 15)


def _ruled(ink: Any, *, horizontal: bool) -> Any:
    """What is left of the ink when only long straight runs are kept.

    Runs too long for a stroke of print are found first and only then joined over the gaps of a worn line: the other
    way round the strokes of a line of print would join.
    """
    whole, piece, gap = (ACROSS, PIECES[0], GAPS[0]) if horizontal else (DOWN, PIECES[1], GAPS[1])

    def bar(length: int) -> Any:
        return cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if horizontal else (1, length))

    pieces = cv2.morphologyEx(ink, cv2.MORPH_OPEN, bar(piece))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, bar(gap))
    return cv2.morphologyEx(joined, cv2.MORPH_OPEN, bar(whole))


def _edges(lines: Any, clean: Any, level: Sequence[Edge] | None) -> list[Edge]:
    """The middle of every ruling line, in points, and its ink taken out of the clean picture.

    Level lines first; upright ones, given those. What is as thick as a character is a bar or a picture.
    """
    count, labels, stats, centres = cv2.connectedComponentsWithStats(lines, connectivity=8)
    edges = []
    for at in range(1, count):
        left, top, width, height = (int(value) for value in stats[at][:4])
        x, y = (float(value) * POINT for value in centres[at])
        if level is None:
            edge = Edge(left * POINT, y, (left + width) * POINT, y)
        else:
            edge = Edge(x, top * POINT, x, (top + height) * POINT)
        if min(width, height) <= 25 and (level is None or _ends_at_rules(edge, level)):
            edges.append(edge)
            part = (slice(max(0, top - 3), top + height + 3), slice(max(0, left - 3), left + width + 3))
            ink = (labels[part] == at).astype(numpy.uint8)
            clean[part][cv2.dilate(ink, numpy.ones((5, 5), numpy.uint8)) > 0] = 255
    return edges


def _ends_at_rules(upright: Edge, level: Sequence[Edge]) -> bool:
    """Both ends of a short upright line are at level ones; a stroke of a character's are not."""
    if upright.bottom - upright.top > 2 * ACROSS * POINT:
        return True
    reach = 12 * POINT
    covering = [rule.top for rule in level if rule.x0 - reach <= upright.x0 <= rule.x1 + reach]
    return all(any(abs(rule - end) <= reach for rule in covering) for end in (upright.top, upright.bottom))


def spread(text: str, box: Pixels) -> Iterator[Char]:
    """A word's characters, each with its share of the word's box; in points."""
    text = "".join(text.split())
    widths = [1.0 if char > "\u2e7f" else 0.55 for char in text]
    left, top, right, bottom = (value * POINT for value in box)
    x, unit = left, (right - left) / sum(widths) if widths else 0.0
    for char, width in zip(text, widths, strict=True):
        yield Char(char, x, top, x + width * unit, bottom)
        x += width * unit


def _judged(text: str, ink: Any) -> str:
    """What a word in a cell says. Marks that carry no figure are told by their shape: a dash, and / taken for 1."""
    ys, xs = numpy.nonzero(ink)
    if len(xs) == 0:
        return ""
    width, height = int(numpy.ptp(xs)) + 1, int(numpy.ptp(ys)) + 1
    if height <= 9 and width >= 1.8 * height:
        return "-"
    if text in ("1", "/", "7", "丿", "I", "l", "") and height >= 18 and _slant(xs, ys) > 0.22 and width < height:
        # 1 and 7 lean less; a slash leans all the way from foot to top, and has nothing beside its stroke.
        return "/" if _is_stroke(xs, ys) else UNKNOWN if text == "" else text
    return text or UNKNOWN


def _slant(xs: Any, ys: Any) -> float:
    """How far to the right the ink goes for every pixel it goes up."""
    down = ys - ys.mean()
    return float(-(down * (xs - xs.mean())).sum() / max(1.0, float((down * down).sum())))


def _is_stroke(xs: Any, ys: Any) -> bool:
    """All ink is near one slanting line."""
    slope = -_slant(xs, ys)
    away = (xs - xs.mean()) - slope * (ys - ys.mean())
    return float(numpy.std(away)) < 2.5


def _pieces(words: Sequence[Pixels], grids: Sequence[Grid], clean: Any) -> tuple[list[Pixels], list[Pixels]]:
    """What to recognise inside cells (words that keep to one, and the ink of doubtful cells) and outside."""
    cells = [cell for grid in grids for row in grid.rows for cell in row]
    inside: dict[int, list[Pixels]] = {id(cell): [] for cell in cells}
    outside: list[Pixels] = []
    again: set[int] = set()
    for word in words:
        over = _cells_under(word, grids)
        if len(over) == 1:
            inside[id(over[0])].append(word)
        elif over:
            again |= {id(cell) for cell in over}
        else:
            outside += _parted(word, clean)
    found: list[Pixels] = []
    for cell in cells:
        doubtful = id(cell) in again or not inside[id(cell)]
        found += _ink_lines(clean, cell) if doubtful else inside[id(cell)]
    return found, outside


def _parted(word: Pixels, clean: Any) -> list[Pixels]:
    """A word parted where it is blank for longer than it is high: numbers of two columns without a rule between."""
    left, top, right, bottom = word
    if right - left < 2 * (bottom - top):
        return [word]
    ink = _ink(numpy.ascontiguousarray(clean[top:bottom, left:right]))
    columns = numpy.flatnonzero((ink > 0).sum(axis=0) >= 2)
    high = numpy.count_nonzero((ink > 0).sum(axis=1) >= 2)
    gaps = numpy.flatnonzero(numpy.diff(columns) > 1.2 * high)
    parts = numpy.split(columns, gaps + 1) if len(gaps) else []
    return [(left + max(0, int(part[0]) - 6), top, left + int(part[-1]) + 7, bottom) for part in parts] or [word]


def _cells_under(word: Pixels, grids: Sequence[Grid]) -> list[GridCell]:
    """The cells that hold a good part of a word, from left to right."""
    left, top, right, bottom = (value * POINT for value in word)
    found: dict[int, GridCell] = {}
    for step in range(9):
        x = left + (right - left) * (step + 0.5) / 9
        cell = next((cell for grid in grids if (cell := grid.cell_at(x, (top + bottom) / 2))), None)
        if cell is not None:
            found[id(cell)] = cell
    cells = list(found.values())
    return [cell for cell in cells if len(cells) == 1 or _share(left, right, cell) > 0.15]


def _share(left: float, right: float, cell: GridCell) -> float:
    return (min(right, cell.box[2]) - max(left, cell.box[0])) / max(0.1, right - left)


def _ink_lines(clean: Any, cell: GridCell) -> list[Pixels]:
    """The boxes of the lines of ink in a cell; specks, and what is left of its ruling lines, are none."""
    left, top, right, bottom = (round(value / POINT) for value in cell.box)
    left, top, right, bottom = left + INSET, top + INSET, right - INSET, bottom - INSET
    if right - left < SPECK or bottom - top < SPECK:
        return []
    ink = _ink(numpy.ascontiguousarray(clean[top:bottom, left:right]))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = [at for at in range(1, count) if max(stats[at][2:4]) >= SPECK and stats[at][4] >= 2 * SPECK]
    marks = numpy.isin(labels, kept)
    rows = numpy.flatnonzero(marks.any(axis=1))
    lines = []
    for part in numpy.split(rows, numpy.flatnonzero(numpy.diff(rows) > 6) + 1) if len(rows) else []:
        columns = numpy.flatnonzero(marks[part[0] : part[-1] + 1].any(axis=0))
        x0, x1 = left + int(columns[0]) - 8, left + int(columns[-1]) + 8
        lines.append(
            (max(left, x0), max(top, top + int(part[0]) - 8), min(right, x1), min(bottom, top + int(part[-1]) + 8))
        )
    return lines
