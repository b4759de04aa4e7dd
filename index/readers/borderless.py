"""Tables without a grid: words that stand in rows and columns, with rules between the rows or with nothing at all.

What comes out is as printed, a row a line: labels that wrap are not joined and nothing is moved, for which number
belongs to which label is not a reader's to say. Where rules part the rows, the lines between two rules are one row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from statistics import median

from index.document import Block, Box, Cell, Paragraph, Place, Table
from index.readers.pdflines import Line, box_of, lines_of
from index.readers.pdfpage import PageContent

__all__ = ["blocks_of"]

NUMBER = re.compile(r"^[增减+\-–—－/／]?\s*[\d０-９][\d０-９,，.．%％\s]*(?:万?元|[件项个])?$|^[-–—－/／]+$|^无$")
WIDE_RULE = 60.0
"""Points a rule is long at least to part rows."""
APART = 6
"""Lines of wrapped labels that may stand between two rows of one table."""


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line with its runs of words."""

    line: Line
    runs: tuple[Line, ...]

    @property
    def numbers(self) -> tuple[Line, ...]:
        return tuple(run for run in self.runs if NUMBER.match(run.text))

    @property
    def tabular(self) -> bool:
        """Words in columns: a number beside something else, or three runs."""
        return len(self.runs) >= 3 or (len(self.runs) == 2 and bool(self.numbers) and self.runs[0] not in self.numbers)


def blocks_of(lines: Sequence[Line], content: PageContent) -> list[tuple[float, Block]]:
    """Paragraphs and tables of the lines outside grids, each with its top."""
    rows = [Row(line, tuple(line.runs())) for line in lines]
    rules = _rules(content)
    usual = median(row.line.height for row in rows) if rows else 0.0
    blocks: list[tuple[float, Block]] = []
    for table, stretch in _stretches(rows, content.width):
        if table:
            blocks += _table(stretch, rules, content)
        else:
            blocks += [(row.line.box[1], _paragraph(row, content, usual)) for row in stretch]
    return blocks


def _paragraph(row: Row, content: PageContent, usual: float) -> Paragraph:
    place = Place(page=content.number, box=row.line.box)
    return Paragraph(row.line.text, place, heading=row.line.height > 1.3 * usual)


def _stretches(rows: Sequence[Row], width: float) -> Iterator[tuple[bool, Sequence[Row]]]:
    """Stretches of lines that are a table or are not; short lines between two rows of a table belong to it."""
    marks = [row.tabular for row in rows]
    at = [index for index, mark in enumerate(marks) if mark]
    for one, other in pairwise(at):
        between = rows[one + 1 : other]
        if len(between) <= APART and all(_is_short(row, width) for row in between):
            marks[one:other] = [True] * (other - one)
    for table, group in groupby(zip(marks, rows, strict=True), key=lambda pair: pair[0]):
        stretch = [row for _, row in group]
        enough = sum(row.tabular for row in stretch) >= 2 or any(len(row.numbers) >= 3 for row in stretch)
        yield table and enough, stretch


def _is_short(row: Row, width: float) -> bool:
    left, _, right, _ = row.line.box
    return right - left < 0.55 * width


Placed = tuple[Box, str]
"""A cell to be: where it is printed, and its text."""


def _table(rows: Sequence[Row], rules: Sequence[float], content: PageContent) -> list[tuple[float, Block]]:
    """The stretch as a table; between rules, what stands there in lines of text is paragraphs that part it."""
    bands = _bands(rows, rules) or [[row] for row in rows]
    blocks: list[tuple[float, Block]] = []
    for text, group in groupby(bands, key=_is_text):
        part = list(group)
        lines = [row.line for band in part for row in band]
        if text:
            blocks += [(line.box[1], Paragraph(line.text, Place(page=content.number, box=line.box))) for line in lines]
        else:
            blocks.append((lines[0].box[1], _cells(part, content)))
    return blocks


def _is_text(band: Sequence[Row]) -> bool:
    """Lines with no columns in them: a note under a table, the heading of the next."""
    return len(band) > 1 and all(len(row.runs) == 1 and not row.numbers for row in band)


def _cells(bands: Sequence[Sequence[Row]], content: PageContent) -> Table:
    placed = [_joined(band) for band in bands]
    box = box_of([char for band in bands for row in band for char in row.line.chars])
    cells = tuple(
        tuple(
            Cell(text, Place(page=content.number, box=place), column)
            for column, (place, text) in enumerate(_padded(at, placed))
        )
        for at in range(len(placed))
    )
    return Table(cells, Place(page=content.number, box=box), exact=False)


def _numbers(row: Sequence[Placed]) -> list[Box]:
    return [box for box, text in row if NUMBER.match(text)]


def _padded(at: int, rows: Sequence[Sequence[Placed]]) -> list[Placed]:
    """The cells of a row; a number column that only the fullest row nearby has is an empty cell."""
    cells, here = list(rows[at]), _numbers(rows[at])
    full = max((_numbers(row) for row in rows[max(0, at - 12) : at + 13]), key=len)
    if len(full) >= 3 and len(full) > len(here) >= len(full) / 2:
        cells += _missing(here, full)
    return sorted(cells, key=lambda cell: cell[0][0])


def _missing(here: Sequence[Box], full: Sequence[Box]) -> list[Placed]:
    """The columns that stand empty in a row, if all its numbers are in columns of the full row."""
    middles = [(box[0] + box[2]) / 2 for box in full]
    # A number in the middle of two columns stands in a cell that spans both: nothing is missing there.
    near = min(right - left for left, right in pairwise(middles)) / 4
    taken = set()
    for box in here:
        middle = (box[0] + box[2]) / 2
        column = min(range(len(middles)), key=lambda at: abs(middles[at] - middle))
        if abs(middles[column] - middle) > near or column in taken:
            return []
        taken.add(column)
    top, bottom = here[0][1], here[0][3]
    return [((box[0], top, box[2], bottom), "") for at, box in enumerate(full) if at not in taken]


def _bands(rows: Sequence[Row], rules: Sequence[float]) -> list[list[Row]]:
    """The rows between one rule and the next; none where rules do not part the rows."""
    top, bottom = rows[0].line.box[1], rows[-1].line.box[3]
    inside = [rule for rule in rules if top - 4 <= rule <= bottom + 4]
    middles = [(row.line.box[1] + row.line.box[3]) / 2 for row in rows]
    bands = [
        [row for _, row in group]
        for _, group in groupby(zip(middles, rows, strict=True), key=lambda pair: bisect_right(inside, pair[0]))
    ]
    tabular = [sum(row.tabular for row in band) for band in bands]
    return bands if len(bands) >= 3 and len(inside) >= 3 and sum(count > 2 for count in tabular) <= 1 else []


def _rules(content: PageContent) -> list[float]:
    """Heights of the horizontal rules, each once: pieces drawn cell by cell are one rule."""
    rules: list[float] = []
    level: list[tuple[float, float]] = []
    flat = sorted((edge for edge in content.edges if edge.horizontal), key=lambda edge: edge.top)
    for edge, following in zip_longest(flat, flat[1:]):
        level.append((edge.x0, edge.x1))
        if following is None or following.top - edge.top > 1.5:
            if _longest(level) >= WIDE_RULE and (not rules or edge.top - rules[-1] > 3):
                rules.append(edge.top)
            level = []
    return rules


def _longest(pieces: Sequence[tuple[float, float]]) -> float:
    longest, start, end = 0.0, 0.0, float("-inf")
    for left, right in sorted(pieces):
        if left > end + 3:
            start = left
        end = max(end, right)
        longest = max(longest, end - start)
    return longest


def _joined(band: Sequence[Row]) -> list[Placed]:
    """The cells of a band: runs that stand over each other are one, their lines joined by line breaks."""
    groups: list[list[Line]] = []
    for run in sorted((run for row in band for run in row.runs), key=lambda run: run.box[0]):
        over = next((group for group in groups if _overlap(group, run)), None)
        if over is None:
            groups.append([run])
        else:
            over.append(run)
    cells = []
    for group in groups:
        chars = [char for run in group for char in run.chars]
        cells.append((box_of(chars), "\n".join(line.text for line in lines_of(chars))))
    return cells


def _overlap(group: Sequence[Line], run: Line) -> bool:
    left, right = min(one.box[0] for one in group), max(one.box[2] for one in group)
    shared = min(right, run.box[2]) - max(left, run.box[0])
    return shared > 0.5 * min(right - left, run.box[2] - run.box[0])
