"""What a reader makes of a file: paragraphs and tables in reading order, each with its place.

Plain dataclasses; they know no file format and no form.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, counted from the top left corner of the page."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: as much of it as the format knows."""

    page: int | None = None
    """Page, counted from 1 (PDF, scan)."""
    box: Box | None = None
    """The printed area on that page (PDF, scan)."""
    line: int | None = None
    """Line of a text file, counted from 1."""
    table: int | None = None
    """Table of the document, counted from 1 (HTML, DOCX, XLSX)."""
    row: int | None = None
    """Row of that table, counted from 1."""
    column: int | None = None
    """Column of that table, counted from 1 in the full grid, so that merged cells count their width."""
    sheet: str | None = None
    """Worksheet (XLSX)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell; a merged cell stands once, at its top left, with its spans."""

    text: str
    place: Place = Place()
    column: int = 0
    """Position in the row's full grid, from 0; spans of earlier cells, from above too, are counted."""
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text outside tables, or one line of a plain text; line breaks inside it are '\\n'."""

    text: str
    place: Place = Place()
    heading: bool = False
    """Marked as a heading or title by the format itself."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as printed. An empty cell is there with text ''; a cell under a span is not repeated."""

    rows: tuple[tuple[Cell, ...], ...]
    place: Place = Place()
    exact: bool = True
    """True where the format itself says which cell is where (HTML, DOCX, XLSX, ruled PDF); False where cells
    were found by separators or spacing and may be shifted, cut or merged."""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content in reading order."""

    blocks: tuple[Block, ...]
    kind: str
    """pdf, scan, docx, doc, html, xlsx, text or markdown."""
    file: str = ""
    """Name of the file, without its folders."""
    title: str | None = None
    """Title from the metadata (HTML <title>, document properties), if any; often the site's name."""
    metadata: dict[str, str] = field(default_factory=dict)
    """Other metadata worth a weak signal: author, created, meta name=…"""
    pages: int | None = None
    notes: tuple[str, ...] = ()
    """What the reader could not do, as sentences for people (a table lost, pages skipped)."""
