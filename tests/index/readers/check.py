"""Comparison of a Document with the tables of the report it was printed from."""

from __future__ import annotations

from collections.abc import Iterator

from index.document import Document, Paragraph, Table
from index.readers import read_bytes
from tests.documents import LAYOUTS, Printed, make
from tests.documents.tables import Grid, parts

_READ: dict[tuple[str, str], Document] = {}


def read(name: str, report: Printed) -> Document:
    """A report printed in a layout and read, once."""
    key = (name, repr(report))
    if key not in _READ:
        _READ[key] = read_bytes(make(name, report), f"年报{LAYOUTS[name].suffix}")
    return _READ[key]


def squeezed(text: str) -> str:
    return "".join(text.split())


def number_rows(report: Printed) -> Iterator[tuple[str, ...]]:
    """The number cells of every printed row that has some, from the top down."""
    for part in parts(report):
        if isinstance(part, Grid):
            for row in part.rows:
                numbers = tuple(squeezed(box.text) for box in row if box.number)
                if numbers:
                    yield numbers


def table_rows(document: Document) -> list[tuple[str, ...]]:
    """The rows of all tables, lines of text among them as rows of one cell."""
    rows = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows += [tuple(squeezed(cell.text) for cell in row) for row in block.rows]
        else:
            rows.append((squeezed(block.text),))
    return rows


def missing_rows(report: Printed, document: Document) -> list[tuple[str, ...]]:
    """Rows of numbers that the document does not hold at the end of a row, in the order they are printed."""
    rows = iter(table_rows(document))
    missing = []
    for numbers in number_rows(report):
        kept = list(rows)
        at = next((index for index, row in enumerate(kept) if _holds(row, numbers)), None)
        if at is None:
            missing.append(numbers)
            rows = iter(kept)
        else:
            rows = iter(kept[at + 1 :])
    return missing


def _holds(row: tuple[str, ...], numbers: tuple[str, ...]) -> bool:
    """One after another, with nothing but empty cells behind them (merged ones, in Markdown)."""
    ends = range(len(numbers), len(row) + 1)
    return any(row[end - len(numbers) : end] == numbers and not any(row[end:]) for end in ends)


def prose(document: Document) -> str:
    """All text outside tables, without spaces."""
    return "".join(squeezed(block.text) for block in document.blocks if isinstance(block, Paragraph))
