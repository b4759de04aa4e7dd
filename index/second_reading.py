"""When an equation fails: is the report at fault, or the reading? The cells are read once more, by another path.

A PDF is taken apart by pdfplumber instead of pdfium; elsewhere the cells of a table are read in the order they are
printed instead of by their place in the grid. Where both readings give the same numbers, the report prints them so.
A scan has no second path: its verdict stays open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from index.document import Block, Document, Paragraph, Table
from index.errors import NianbaoError
from index.reading import Reading, read_figures
from index.report import Check, Figure, Report

R = TypeVar("R", Reading, Report)
AS_PRINTED = "原文如此"
DISAGREE = "两次读取不一致"


def with_verdicts(reading: R, document: Document, data: bytes) -> R:
    """The reading, with a verdict on each failed check where there is a second path.

    Other figures are taken only from a PDF whose second reading is proved by the equations that the first one fails.
    """
    if all(check.holds for check in reading.checks):
        return reading
    again = _again(document, data)
    if again is None:
        return reading
    if document.kind == "pdf" and proved(reading, again):
        return replace(reading, figures=again.figures, checks=again.checks, unread=again.unread)
    return replace(reading, checks=tuple(_judged(check, again.figures) for check in reading.checks))


def proved(first: Reading | Report, second: Reading) -> bool:
    """Whether the second reading leaves out no figure or equation of the first, and all its equations hold."""
    complete = set(first.figures) <= set(second.figures) and len(first.checks) <= len(second.checks)
    return complete and all(check.holds for check in second.checks)


def _judged(check: Check, again: Mapping[str, Figure]) -> Check:
    if check.holds:
        return check
    second = [again[code].value if code in again else None for code in check.codes]
    if None in second:
        return check  # the second path could not read them all: it says nothing
    values = {**check.left, **check.right}
    agree = all(again[code].value == value for code, value in values.items())
    return replace(check, verdict=AS_PRINTED if agree else DISAGREE)


def _again(document: Document, data: bytes) -> Reading | None:
    try:
        second = _by_another_path(document, data)
        return None if second is None else read_figures(second)
    except NianbaoError:
        return None  # what only one path can read has no second opinion


def _by_another_path(document: Document, data: bytes) -> Document | None:
    if document.kind == "pdf":
        from index.readers import pdf

        return pdf.read(data, document.file, "pdfplumber")
    if document.kind == "scan" or not any(isinstance(block, Table) for block in document.blocks):
        return None
    return replace(document, blocks=tuple(again for block in document.blocks for again in _in_order(block)))


def _in_order(block: Block) -> tuple[Block, ...]:
    """A table whose cells stand in a grid as rows in printed order; one found by separators as plain lines."""
    if isinstance(block, Paragraph):
        return (block,)
    if block.exact:
        return (replace(block, exact=False),)
    return tuple(Paragraph(" ".join(cell.text for cell in row), row[0].place) for row in block.rows if row)
