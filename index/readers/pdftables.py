"""Ruled tables of a page: pdfplumber's TableFinder on edges from any parser, and every character in its cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfplumber.table import TableFinder, merge_edges

from index.document import Box
from index.readers.pdfpage import MAX_EDGES, Char, Edge, PageContent

__all__ = ["Grid", "GridCell", "find_grids"]

SNAP = 3.0
"""Points within which lines count as one (pdfplumber's own tolerance)."""
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

    def take(self, char: Char) -> bool:
        """Puts a character into the cell its middle is in; False when it is outside."""
        cell = self.cell_at(*char.middle)
        if cell is None:
            return False
        cell.chars.append(char)
        return True

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell at a point of the page."""
        if not (self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]):
            return None
        return self.at.get((bisect_right(self.tops, y) - 1, bisect_right(self.lefts, x) - 1))


@dataclass(slots=True)
class _PageLike:
    """What TableFinder asks of a page."""

    edges: list[dict[str, Any]]
    bbox: Box
    chars: tuple[()] = ()


def find_grids(content: PageContent, *, keep_empty: bool = False) -> tuple[list[Grid], list[Char]]:
    """The tables from the top down, and the characters outside them. A frame with one column is no table."""
    grids = [grid for grid in _grids(content) if any(len(row) > 1 for row in grid.rows)]
    inner_first = sorted(grids, key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))
    outside = [char for char in content.chars if not any(grid.take(char) for grid in inner_first)]
    return [grid for grid in grids if keep_empty or any(cell.chars for row in grid.rows for cell in row)], outside


def _grids(content: PageContent) -> list[Grid]:
    if len(content.edges) < 4 or len(content.edges) >= MAX_EDGES:
        return []
    merged = merge_edges([_as_dict(edge) for edge in set(content.edges)], SNAP, SNAP, SNAP, SNAP)
    merged += _closing(merged)
    page: Any = _PageLike(merged, (0.0, 0.0, content.width, content.height))
    found = TableFinder(page)
    return [_grid(table.cells) for table in sorted(found.tables, key=lambda table: table.bbox[1])]


def _as_dict(edge: Edge) -> dict[str, Any]:
    x0, top, x1, bottom = edge
    return {
        "object_type": "line",
        "orientation": "h" if edge.horizontal else "v",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _closing(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rules that a page break left out: where two or more upright lines end at one height with nothing to end at."""
    # A line drawn as a thin rectangle has ends of its own: they are no rules.
    rules = [edge for edge in edges if edge["orientation"] == "h" and edge["width"] > NEAR]
    uprights = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > NEAR]
    closing = []
    for end in ("top", "bottom"):
        loose = sorted((edge for edge in uprights if not _ends_at(edge, end, rules)), key=lambda edge: edge[end])
        while loose:
            group = [edge for edge in loose if edge[end] - loose[0][end] <= SNAP]
            loose = loose[len(group) :]
            left, right = min(edge["x0"] for edge in group), max(edge["x0"] for edge in group)
            if right - left > NEAR:
                at = group[0][end]
                closing.append(_as_dict(Edge(left, at, right, at)))
    return closing


def _ends_at(upright: dict[str, Any], end: str, rules: Sequence[dict[str, Any]]) -> bool:
    at, x = upright[end], upright["x0"]
    return any(abs(rule["top"] - at) <= NEAR and rule["x0"] - SNAP <= x <= rule["x1"] + SNAP for rule in rules)


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
