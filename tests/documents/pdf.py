"""PDFs drawn by reportlab: ruled, with rules between rows only, with none; framed, narrow, rotated, cut by pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.documents.programs import FONT
from tests.documents.report import Printed
from tests.documents.tables import Box, Grid, Heading, Text, Title, parts

A4 = (595.0, 842.0)


@dataclass(frozen=True)
class Style:
    """How a PDF looks."""

    rules: Literal["all", "rows", "none"] = "all"
    frame: bool = False
    """A frame round every page."""
    repeat_heads: bool = False
    numbered: bool = True
    """Page numbers at the foot."""
    width: float = 460.0
    """Points the tables are wide: the narrower, the more their labels wrap."""
    size: float = 9.0
    gap: float = 6.0
    """Points between a row's text and its rules."""
    landscape: bool = False
    """A page that is turned to be read."""
    shaded: bool = False
    """Heads on grey."""
    boxed_prose: bool = False
    """Each paragraph in a frame of its own."""
    embedded: bool = False
    """With an embedded TrueType font (needs the font), else Adobe's name of one."""


def pdf(report: Printed, style: Style | None = None) -> bytes:
    """The report as a PDF."""
    style = style or Style()
    stream = io.BytesIO()
    sheet = _Sheet(stream, style)
    for part in parts(report):
        match part:
            case Title(text):
                sheet.line(text, 18, centred=True)
            case Heading(text):
                sheet.line(text, 14)
            case Text(text):
                sheet.paragraph(text)
            case Grid():
                sheet.table(part)
    sheet.close()
    return stream.getvalue()


@dataclass
class _Sheet:
    """Where the pen is, from the top down."""

    stream: io.BytesIO
    style: Style
    page: int = 1
    y: float = 0.0
    canvas: Any = field(init=False)

    def __post_init__(self) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.canvas = Canvas(self.stream, pagesize=A4, invariant=True)
        self.font = _font(self.style.embedded)
        self.across, self.down = A4[::-1] if self.style.landscape else A4
        self.left = (self.across - self.style.width) / 2
        self._begin()

    def _begin(self) -> None:
        self.y = self.down - 60
        if self.style.landscape:
            self.canvas.setPageRotation(90)
            self.canvas.transform(0, 1, -1, 0, A4[0], 0)
        if self.style.frame:
            self.canvas.rect(30, 30, self.across - 60, self.down - 60)

    def _end(self) -> None:
        if self.style.numbered:
            self._text(self.across / 2, 40, f"— {self.page} —", 9, centred=True)
        self.canvas.showPage()
        self.page += 1

    def close(self) -> None:
        self._end()
        self.canvas.save()

    def _room(self, height: float) -> bool:
        """Begins a new page when there is no room for so much; True when it did."""
        if self.y - height >= 60:
            return False
        self._end()
        self._begin()
        return True

    def _text(self, x: float, y: float, text: str, size: float, centred: bool = False) -> None:
        self.canvas.setFont(self.font, size)
        (self.canvas.drawCentredString if centred else self.canvas.drawString)(x, y, text)

    def _wrap(self, text: str, width: float, size: float) -> list[str]:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        lines = [""]
        for char in text:
            if char == "\n" or (lines[-1] and stringWidth(lines[-1] + char, self.font, size) > width):
                lines.append("")
            lines[-1] += char.strip("\n")
        return lines

    def line(self, text: str, size: float, centred: bool = False) -> None:
        for line in self._wrap(text, self.style.width, size):
            self._room(size * 2)
            self.y -= size * 1.6
            self._text(self.across / 2 if centred else self.left, self.y, line, size, centred)
        self.y -= size * 0.5

    def paragraph(self, text: str, size: float = 11) -> None:
        lines = self._wrap("　　" + text, self.style.width - 8, size)
        top = self.y
        for line in lines:
            if self._room(size * 2):
                top = self.y
            self.y -= size * 1.6
            self._text(self.left + 4, self.y, line, size)
        if self.style.boxed_prose:
            self.canvas.rect(self.left, self.y - 5, self.style.width, top - self.y + 3)
        self.y -= 8

    def table(self, grid: Grid) -> None:
        """Row by row; where a page is full the rest goes on the next, with the head again if the style says so."""
        lefts = _lefts(grid, self.left, self.style.width)
        heights = self._heights(grid, lefts)
        self._room(sum(heights[: max(grid.heads + 1, 2)]))
        start = 0
        head = range(grid.heads) if self.style.repeat_heads else range(0)
        while start < len(heights):
            again = [row for row in head if start > 0]
            room, end = self.y - 60 - sum(heights[row] for row in again), start
            while end < len(heights) and room >= heights[end]:
                room -= heights[end]
                end += 1
            self._rows(grid, [*again, *range(start, max(end, start + 1))], lefts, heights)
            start = max(end, start + 1)
            if start < len(heights):
                self._end()
                self._begin()
        self.y -= 14

    def _heights(self, grid: Grid, lefts: Sequence[float]) -> list[float]:
        leading = self.style.size * 1.25
        heights = [0.0] * len(grid.rows)
        for box in sorted(grid.boxes, key=lambda box: box.rowspan):
            lines = self._lines(box, lefts)
            needed = len(lines) * leading + 2 * self.style.gap
            short = needed - sum(heights[box.row : box.row + box.rowspan])
            if short > 0:
                heights[box.row + box.rowspan - 1] += short
        return heights

    def _lines(self, box: Box, lefts: Sequence[float]) -> list[str]:
        width = lefts[box.column + box.colspan] - lefts[box.column] - 4
        return list(box.text) if box.upright else self._wrap(box.text, width, self.style.size)

    def _rows(self, grid: Grid, rows: Sequence[int], lefts: Sequence[float], heights: Sequence[float]) -> None:
        """Some rows of a table at the pen: each cell as much of it as is in these rows, its text in the first part."""
        tops, y = {}, self.y
        for row in rows:
            tops[row] = y
            y -= heights[row]
        for box in grid.boxes:
            here = [row for row in rows if box.row <= row < box.row + box.rowspan]
            if here:
                bottom = tops[here[-1]] - heights[here[-1]]
                x0, x1 = lefts[box.column], lefts[box.column + box.colspan]
                self._cell(box, (x0, tops[here[0]], x1, bottom), box.row in rows, box.row < grid.heads)
        if self.style.rules == "rows":
            self.canvas.line(lefts[0], self.y, lefts[-1], self.y)
        self.y = y

    def _cell(self, box: Box, place: tuple[float, float, float, float], first: bool, head: bool) -> None:
        x0, top, x1, bottom = place
        if self.style.shaded and head:
            self.canvas.setFillGray(0.9)
            self.canvas.rect(x0, bottom, x1 - x0, top - bottom, stroke=0, fill=1)
            self.canvas.setFillGray(0)
        if self.style.rules == "all":
            self.canvas.rect(x0, bottom, x1 - x0, top - bottom)
        elif self.style.rules == "rows":
            self.canvas.line(x0, bottom, x1, bottom)
        if not first:
            return
        width, size = x1 - x0 - 4, self.style.size
        lines = list(box.text) if box.upright else self._wrap(box.text, width, size)
        leading = size * 1.25
        y = (top + bottom) / 2 + len(lines) * leading / 2 - size
        for line in lines:
            self._text((x0 + x1) / 2, y, line, size, centred=True)
            y -= leading


def _lefts(grid: Grid, left: float, width: float) -> list[float]:
    """Column edges: labels take half the table, the rest is shared by the numbers."""
    shares = {0: [], 1: [0.34], 2: [0.12, 0.16], 3: [0.08, 0.12, 0.3]}[grid.labels]
    numbers = grid.columns - len(shares)
    shares = [*shares, *[(1 - sum(shares)) / numbers] * numbers]
    edges = [left]
    for share in shares:
        edges.append(edges[-1] + share * width)
    return edges


def _font(embedded: bool) -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    name = "WenQuanYi" if embedded else "STSong-Light"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(FONT), subfontIndex=0) if embedded else UnicodeCIDFont(name))
    return name
