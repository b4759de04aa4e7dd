"""Word documents (DOCX): body paragraphs, tables with their real spans, text boxes; tracked deletions left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from index.document import Block, Cell, Document, Paragraph, Place, Table
from index.errors import FileUnreadable
from index.readers.notemarks import raised
from index.readers.prose import is_prose
from index.readers.zipsafe import check_container

if TYPE_CHECKING:
    from docx.document import Document as DocxFile

__all__ = ["read"]

Element = Any
"""An lxml element; the XML of Word is walked by local names, so that strict and transitional files read alike."""

WRAPPERS = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo"}
)
BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
HEADING = re.compile(r"heading|title|标题|題", re.I)


def read(data: bytes, name: str) -> Document:
    """The body in reading order; headers and footers repeat on every page and are left out."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    check_container(data, name)
    try:
        file = docx.Document(io.BytesIO(data))
        walk = Walk(_heading_styles(file))
        walk.through(file.element.body)
        title, metadata = _properties(file)
    except (PackageNotFoundError, BadZipFile, XMLSyntaxError, KeyError, ValueError, AttributeError, OSError, EOFError):
        raise FileUnreadable(f"Word 文件“{name}”已损坏，无法打开：请用 Word 或 WPS 打开并重新保存后再试。") from None
    return Document(tuple(walk.blocks), "docx", name, title, metadata)


def _heading_styles(file: DocxFile) -> frozenset[str]:
    """Identifiers of the paragraph styles that are headings or titles."""
    return frozenset(style.style_id for style in file.styles if style.style_id and HEADING.search(style.name or ""))


def _properties(file: DocxFile) -> tuple[str | None, dict[str, str]]:
    core = file.core_properties
    found = {"author": core.author, "subject": core.subject, "created": str(core.created or "")}
    # The library puts its own name where the file names nobody.
    metadata = {key: value.strip() for key, value in found.items() if value and value != "python-docx"}
    return (core.title or "").strip() or None, metadata


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else next((child for child in element if _local(child) == name), None)


def _value(element: Element | None, default: str = "") -> str:
    """The w:val of an element."""
    if element is None:
        return default
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), default)


def _number(element: Element | None, default: int) -> int:
    text = _value(element)
    return max(1, min(int(text), 500)) if text.isdigit() else default


def _children(element: Element, names: frozenset[str]) -> Iterator[Element]:
    """Children with one of the names, looking through what only wraps them."""
    for child in element:
        name = _local(child)
        if name in names:
            yield child
        elif name in WRAPPERS:
            yield from _children(child, names)


BLOCKS, ROWS, CELLS = frozenset({"p", "tbl"}), frozenset({"tr"}), frozenset({"tc"})


@dataclass(slots=True)
class Walk:
    """Walks a body in reading order and gathers its blocks."""

    headings: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
    tables: int = 0

    def through(self, container: Element) -> None:
        """The content of a body, a text box or a cell of a table that only lays out the page."""
        for block in _children(container, BLOCKS):
            if _local(block) == "p":
                self._paragraph(block)
            else:
                self._table(block)

    def _paragraph(self, paragraph: Element) -> None:
        text = _text(paragraph).strip(" \t\u3000\xa0\n")
        if text:
            self.blocks.append(Paragraph(text, heading=self._is_heading(paragraph)))
        for box in _boxes(paragraph):
            self.through(box)

    def _is_heading(self, paragraph: Element) -> bool:
        properties = _child(paragraph, "pPr")
        return _child(properties, "outlineLvl") is not None or _value(_child(properties, "pStyle")) in self.headings

    def _table(self, table: Element) -> None:
        rows = [row for row in _children(table, ROWS) if _child(_child(row, "trPr"), "del") is None]
        if _lays_out(rows):
            for row in rows:
                for cell in _children(row, CELLS):
                    self.through(cell)
            return
        self.tables += 1
        placed = _grid(rows, self.tables)
        if placed:
            self.blocks.append(Table(placed, Place(table=self.tables)))


def _text(paragraph: Element) -> str:
    """The text of a paragraph's runs, without hidden and deleted text and without its text boxes."""
    parts = []
    for run in _children(paragraph, frozenset({"r"})):
        if _hidden(run):
            continue
        pieces = [(piece.text or "") if _local(piece) == "t" else BREAKS.get(_local(piece), "") for piece in run]
        parts.append(raised("".join(pieces)) if _is_raised(run) else "".join(pieces))
    return "".join(parts)


def _is_raised(run: Element) -> bool:
    return _value(_child(_child(run, "rPr"), "vertAlign")) == "superscript"


def _hidden(run: Element) -> bool:
    vanish = _child(_child(run, "rPr"), "vanish")
    return vanish is not None and _value(vanish, "1") not in ("0", "false", "off")


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Contents of the text boxes anchored here, each once: Word writes a modern and an old form side by side."""
    for element in paragraph.iter():
        if _local(element) != "txbxContent":
            continue
        above = [_local(parent) for parent in element.iterancestors()]
        inside = above[: above.index("p")] if "p" in above else above
        if "Fallback" not in above and "txbxContent" not in inside:
            yield element


def _lays_out(rows: list[Element]) -> bool:
    """One cell a row, tables inside, or prose inside: the table arranges the page and is no data."""
    cells = [list(_children(row, CELLS)) for row in rows]
    if all(len(row) <= 1 for row in cells):
        return True
    inner = [table for row in cells for cell in row for table in _children(cell, frozenset({"tbl"}))]
    if any(len(list(_children(row, CELLS))) > 1 for table in inner for row in _children(table, ROWS)):
        return True
    return any(is_prose(_cell_text(cell)) for row in cells for cell in row)


def _cell_text(cell: Element) -> str:
    """Paragraphs of a cell, and of a table of one cell inside it, line by line."""
    lines = []
    for block in _children(cell, BLOCKS):
        if _local(block) == "p":
            lines.append(_text(block))
            lines += [_cell_text(box) for box in _boxes(block)]
        else:
            lines += [_cell_text(inner) for row in _children(block, ROWS) for inner in _children(row, CELLS)]
    return "\n".join(line.strip(" \t\u3000\xa0") for line in lines if line.strip(" \t\u3000\xa0"))


@dataclass(slots=True)
class Merged:
    """A cell while the rows under it are still to come."""

    text: str
    row: int
    column: int
    colspan: int
    rowspan: int = 1


def _grid(rows: list[Element], number: int) -> tuple[tuple[Cell, ...], ...]:
    """Cells at their columns; those merged into the cell above or to the left only widen it."""
    grid: list[list[Merged]] = []
    above: dict[int, Merged] = {}
    for row_number, row in enumerate(rows, start=1):
        before = _value(_child(_child(row, "trPr"), "gridBefore"), "0")
        column = int(before) if before.isdigit() else 0
        placed: list[Merged] = []
        open_below: dict[int, Merged] = {}
        for cell in _children(row, CELLS):
            properties = _child(cell, "tcPr")
            width, merge = _number(_child(properties, "gridSpan"), 1), _child(properties, "vMerge")
            over = above.get(column)
            if _value(_child(properties, "hMerge"), "restart") == "continue" and placed:
                placed[-1].colspan += width
            elif merge is not None and _value(merge, "continue") != "restart" and over is not None:
                over.rowspan += 1
                open_below[column] = over
            else:
                placed.append(Merged(_cell_text(cell), row_number, column, width))
                if merge is not None:
                    open_below[column] = placed[-1]
            column += width
        grid.append(placed)
        above = open_below
    return tuple(tuple(_cell(merged, number) for merged in placed) for placed in grid)


def _cell(merged: Merged, number: int) -> Cell:
    place = Place(table=number, row=merged.row, column=merged.column + 1)
    return Cell(merged.text, place, merged.column, merged.colspan, merged.rowspan)
