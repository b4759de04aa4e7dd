"""Ruled tables of a page: cells as pdfplumber's TableFinder defines them, from edges of any parser, and their text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import fsum
from typing import NamedTuple

from index.document import Box
from index.readers.pdfpage import MAX_EDGES, Char, Edge, PageContent

__all__ = ["Grid", "GridCell", "find_grids"]

SNAP = 3.0
"""Points within which lines count as one (pdfplumber's own tolerance)."""
ACROSS = 0.5
"""Points by which a character may stand over the side of its cell."""
CUT = 0.1
"""A rule this far inside a character, in its widths, cuts it."""
DIGITS = frozenset("0123456789.")
NEAR = 8.0
"""An open end this close to a rule is only drawn badly."""


@dataclass(slots=True)
class GridCell:
    """A cell with its place in the full grid, and the characters printed in it."""

    box: Box
    row: int
    column: int
    rowspan: int
    colspan: int
    chars: list[Char] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A ruled table: its cells row by row, each once."""

    box: Box
    rows: list[list[GridCell]]
    tops: list[float]
    lefts: list[float]
    at: dict[tuple[int, int], GridCell]
    cut: bool = False
    """Whether a rule stands in a character."""

    def take(self, char: Char) -> bool:
        """Puts a character into the cell its middle is in; False when it is outside."""
        cell = self.cell_at((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2)
        if cell is None:
            return False
        cell.chars.append(char)
        if char.x0 < cell.box[0] - ACROSS or char.x1 > cell.box[2] + ACROSS:
            self.cut = True
        return True

    def take_cut(self, word: Sequence[Char]) -> bool:
        """Puts the digits of a number that a rule cuts through into the cell its middle is in; False if none does."""
        cells = [self.cell_at(*char.middle) for char in word]
        if all(cell is cells[0] for cell in cells) or not self._is_cut(word):
            return False
        cell = self.cell_at((word[0].x0 + word[-1].x1) / 2, word[0].middle[1])
        if cell is None:
            return False
        cell.chars += word
        return True

    def _is_cut(self, word: Sequence[Char]) -> bool:
        """Whether an upright rule stands in a character rather than between two."""
        return any(
            char.x0 + CUT * (char.x1 - char.x0) < left < char.x1 - CUT * (char.x1 - char.x0)
            for char in word
            for left in self.lefts
        )

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell at a point of the page."""
        if not (self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]):
            return None
        return self.at.get((bisect_right(self.tops, y) - 1, bisect_right(self.lefts, x) - 1))


def find_grids(content: PageContent, *, keep_empty: bool = False) -> tuple[list[Grid], list[Char]]:
    """The tables from the top down, and the characters outside them. A frame with one column is no table."""
    grids = [grid for grid in _grids(content) if any(len(row) > 1 for row in grid.rows)]
    inner_first = sorted(grids, key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))
    outside = [char for char in content.chars if not any(grid.take(char) for grid in inner_first)]
    for grid in inner_first:
        if grid.cut:
            _take_again(grid)
    return [grid for grid in grids if keep_empty or any(cell.chars for row in grid.rows for cell in row)], outside


def _take_again(grid: Grid) -> None:
    """Gives the characters of a table to its cells anew, numbers as a whole."""
    chars = [char for row in grid.rows for cell in row for char in cell.chars]
    for row in grid.rows:
        for cell in row:
            cell.chars.clear()
    for word in _words(sorted(chars, key=lambda char: (round(char.bottom), char.x0))):
        if len(word) == 1 or not grid.take_cut(word):
            for char in word:
                grid.take(char)


def _words(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """The digits of each number together, every other character alone."""
    word: list[Char] = []
    for char in chars:
        if word and not (char.text in DIGITS and word[-1].text in DIGITS and _touch(word[-1], char)):
            yield word
            word = []
        word.append(char)
    if word:
        yield word


def _touch(one: Char, other: Char) -> bool:
    height = one.bottom - one.top
    return abs(other.bottom - one.bottom) < 0.1 * height and -0.1 * height < other.x0 - one.x1 < 0.15 * height


def _grids(content: PageContent) -> list[Grid]:
    if len(content.edges) < 4 or len(content.edges) >= MAX_EDGES:
        return []
    merged = merge(content.edges)
    groups = tables_of(cells_of([*merged, *_closing(merged)]))
    return [_grid(boxes) for boxes in sorted(groups, key=lambda boxes: min(box[1] for box in boxes))]


class _Crossing(NamedTuple):
    """A point where an upright edge and a level one meet."""

    x: float
    y: float
    upright: int
    level: int


def cells_of(edges: Sequence[Edge]) -> list[Box]:
    """The smallest rectangles whose corners are crossings and whose sides are edges: pdfplumber's definition of a cell.

    The same cells as its TableFinder finds, from numbers instead of dictionaries, in a sixth of the time.
    """
    level = [(at, edge) for at, edge in enumerate(edges) if edge.horizontal]
    upright = [(at, edge) for at, edge in enumerate(edges) if not edge.horizontal]
    crossings = [
        _Crossing(post.x0, rule.top, up, flat)
        for up, post in upright
        for flat, rule in level
        if post.top - SNAP <= rule.top <= post.bottom + SNAP and rule.x0 - SNAP <= post.x0 <= rule.x1 + SNAP
    ]
    down: dict[int, list[_Crossing]] = {}
    along: dict[int, list[_Crossing]] = {}
    for crossing in crossings:
        down.setdefault(crossing.upright, []).append(crossing)
        along.setdefault(crossing.level, []).append(crossing)
    for line in down.values():
        line.sort(key=lambda crossing: crossing.y)
    for line in along.values():
        line.sort(key=lambda crossing: crossing.x)
    corners = {(crossing.upright, crossing.level) for crossing in crossings}
    cells = (_smallest(crossing, down, along, corners) for crossing in crossings)
    return list(dict.fromkeys(cell for cell in cells if cell is not None))


def _smallest(
    corner: _Crossing,
    down: dict[int, list[_Crossing]],
    along: dict[int, list[_Crossing]],
    corners: set[tuple[int, int]],
) -> Box | None:
    """The smallest cell whose top left corner this is."""
    right = [crossing for crossing in along[corner.level] if crossing.x > corner.x]
    for below in down[corner.upright]:
        if below.y > corner.y:
            for beside in right:
                if (beside.upright, below.level) in corners:
                    return corner.x, corner.y, beside.x, below.y
    return None


def tables_of(cells: Sequence[Box]) -> list[list[Box]]:
    """Cells that share a corner, one after another, are one table; a single cell is none."""
    tables: list[list[Box]] = []
    touching: dict[tuple[float, float], list[Box]] = {}
    for cell in cells:
        for corner in _corners(cell):
            touching.setdefault(corner, []).append(cell)
    left = dict.fromkeys(cells)
    while left:
        table, reached = [], [next(iter(left))]
        del left[reached[0]]
        while reached:
            cell = reached.pop()
            table.append(cell)
            for corner in _corners(cell):
                for other in touching.pop(corner, ()):
                    if other in left:
                        del left[other]
                        reached.append(other)
        if len(table) > 1:
            tables.append(table)
    return tables


def _corners(cell: Box) -> tuple[tuple[float, float], ...]:
    x0, top, x1, bottom = cell
    return (x0, top), (x1, top), (x0, bottom), (x1, bottom)


def merge(edges: Sequence[Edge]) -> list[Edge]:
    """As pdfplumber merges them, without its dictionaries: those nearly on one line are, and what touches is joined."""
    level = [(edge.top, edge.x0, edge.x1) for edge in edges if edge.horizontal and edge.x1 - edge.x0 >= 1]
    upright = [
        (edge.x0, edge.top, edge.bottom) for edge in edges if not edge.horizontal and edge.bottom - edge.top >= 1
    ]
    merged = [Edge(start, at, end, at) for at, start, end in _joined(level)]
    return merged + [Edge(at, start, at, end) for at, start, end in _joined(upright)]


Piece = tuple[float, float, float]
"""Where a line is, where it starts and where it ends."""


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    ordered = sorted(pieces)
    start = 0
    for end in range(1, len(ordered) + 1):
        if end < len(ordered) and ordered[end][0] - ordered[end - 1][0] <= SNAP:
            continue
        group = ordered[start:end]
        at = fsum(piece[0] for piece in group) / len(group)
        left, right = float("nan"), float("-inf")
        for _, begins, ends in sorted(group, key=lambda piece: piece[1]):
            if begins > right + SNAP:
                if right > left:
                    yield at, left, right
                left = begins
                right = ends
            right = max(right, ends)
        yield at, left, right
        start = end


def _closing(edges: Sequence[Edge]) -> list[Edge]:
    """Rules that a page break left out: where two or more upright lines end at one height with nothing to end at."""
    # A line drawn as a thin rectangle has ends of its own: they are no rules.
    rules = [edge for edge in edges if edge.horizontal and edge.x1 - edge.x0 > NEAR]
    posts = [edge for edge in edges if not edge.horizontal and edge.bottom - edge.top > NEAR]
    closing = []
    for end in (1, 3):
        loose = sorted((edge for edge in posts if not _ends_at(edge, end, rules)), key=lambda edge: edge[end])
        while loose:
            group = [edge for edge in loose if edge[end] - loose[0][end] <= SNAP]
            loose = loose[len(group) :]
            left, right = min(edge.x0 for edge in group), max(edge.x0 for edge in group)
            if right - left > NEAR:
                closing.append(Edge(left, group[0][end], right, group[0][end]))
    return closing


def _ends_at(post: Edge, end: int, rules: Sequence[Edge]) -> bool:
    return any(abs(rule.top - post[end]) <= NEAR and rule.x0 - SNAP <= post.x0 <= rule.x1 + SNAP for rule in rules)


def _grid(boxes: Sequence[Box]) -> Grid:
    """Cells by row and column of the full grid; positions that no cell covers become cells of their own."""
    tops, lefts = sorted({box[1] for box in boxes}), sorted({box[0] for box in boxes})
    at: dict[tuple[int, int], GridCell] = {}
    for box in boxes:
        row, column = tops.index(box[1]), lefts.index(box[0])
        rowspan, colspan = bisect_right(tops, box[3] - 0.01) - row, bisect_right(lefts, box[2] - 0.01) - column
        cell = GridCell(box, row, column, rowspan, colspan)
        at |= {(row + down, column + across): cell for down in range(rowspan) for across in range(colspan)}
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    _fill(at, [*tops, bottom], [*lefts, right])
    rows: list[list[GridCell]] = [[] for _ in tops]
    for cell in sorted({id(cell): cell for cell in at.values()}.values(), key=lambda cell: (cell.row, cell.column)):
        rows[cell.row].append(cell)
    return Grid((lefts[0], tops[0], right, bottom), rows, tops, lefts, at)


def _fill(at: dict[tuple[int, int], GridCell], tops: Sequence[float], lefts: Sequence[float]) -> None:
    """A cell whose border is broken is still there: the hole it leaves, from rule to rule."""
    for row in range(len(tops) - 1):
        column = 0
        while column < len(lefts) - 1:
            start = column
            while column < len(lefts) - 1 and (row, column) not in at:
                column += 1
            if column > start:
                box = (lefts[start], tops[row], lefts[column], tops[row + 1])
                cell = GridCell(box, row, start, 1, column - start)
                at |= {(row, across): cell for across in range(start, column)}
            column += 1
