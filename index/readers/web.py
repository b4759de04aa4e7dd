"""Web pages: what stands around the article is taken away, what is left becomes paragraphs and tables in their order.

Nothing is thrown away that holds much text of its own or a table of numbers: a paragraph too many does no harm, a cell
too few does. Tables that only lay out the page are walked through like any other container.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from lxml import etree, html
from lxml.html import HtmlElement

from index.document import Block, Cell, Document, Paragraph, Place, Table
from index.errors import FileUnreadable
from index.readers.charset import decode
from index.readers.notemarks import raised
from index.readers.prose import is_prose

__all__ = ["read"]

CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ROWS, CELLS = frozenset({"tr"}), frozenset({"td", "th"})
CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]"
AGAIN = re.compile(r"(?:</body\s*>\s*)?</html\s*>(?=.*<html).*?<body[^>]*>", re.I | re.S)
RAISING = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.I)
WRAPPED = re.compile(rf"(?<={CJK})[ \t]*\n[ \t]*(?={CJK})")
WIDE = 500
"""Columns of the widest table that is believed; a larger colspan is a mistake of the page."""
LONG = 400
"""Characters of its own text that an element of furniture never has."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around an article (furniture.toml)."""

    never: frozenset[str]
    inline: frozenset[str]
    elements: frozenset[str]
    names: frozenset[str]
    pointers: tuple[str, ...]


@cache
def furniture() -> Furniture:
    data = tomllib.loads(files("index.readers").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return Furniture(
        frozenset(data["never"]),
        frozenset(data["inline"]),
        frozenset(data["elements"]),
        frozenset(data["names"]),
        tuple(data["pointers"]),
    )


def read(data: bytes, name: str, charset: str | None = None) -> Document:
    """The article of a page, its tables with their spans, and what the page says of itself."""
    found = CHARSET.search(data[:8192])
    declared = charset or (found[1].decode("ascii") if found else None)
    return document_of(decode(data, declared=declared, name=name), name)


def document_of(text: str, name: str, kind: str = "html") -> Document:
    """The same for a page that is already decoded."""
    root = _parse(text, name)
    title = root.findtext(".//title")
    metadata = _metadata(root)
    body = root.find("body") if root.find("body") is not None else root
    _clear(body)
    walk = Walk()
    walk.through(body)
    walk.flush()
    return Document(tuple(walk.blocks), kind, name, " ".join(title.split()) if title else None, metadata)


def _parse(text: str, name: str) -> HtmlElement:
    # Word writes conditional comments and an XML prologue; lxml takes no encoding declaration in a text.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    text = re.sub(r"<!\[(?:if|endif)[^>]*\]>", "", text)
    # Pages saved one behind the other are one text: what follows the first is not to be lost.
    text = AGAIN.sub("<hr>", text)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root: HtmlElement = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise FileUnreadable(f"网页“{name}”没有内容或已损坏：请重新保存网页后再试。") from None
    return root


def _metadata(root: HtmlElement) -> dict[str, str]:
    """`<meta name=… content=…>`, short ones only."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key, content = meta.get("name") or meta.get("property"), " ".join((meta.get("content") or "").split())
        if key and 0 < len(content) <= 200:
            found.setdefault(key, content)
    return found


def _clear(body: HtmlElement) -> None:
    """Takes away what is never shown, and what is furniture."""
    known = furniture()
    for element in list(body.iter()):
        hidden = isinstance(element.tag, str) and (
            element.tag in known.never or element.get("hidden") is not None or HIDDEN.search(element.get("style") or "")
        )
        if element is not body and hidden:
            element.drop_tree()
    weights = _weigh(body)
    for element in list(body.iter()):
        if element is not body and _is_furniture(element, weights[element], known):
            element.drop_tree()


@dataclass(slots=True)
class Weight:
    """How much text is under an element, how much of it in links, and how many cells hold a number."""

    text: int = 0
    linked: int = 0
    links: int = 0
    numbers: int = 0

    def add(self, other: Weight) -> None:
        self.text += other.text
        self.linked += other.linked
        self.links += other.links
        self.numbers += other.numbers


def _weigh(body: HtmlElement) -> dict[HtmlElement, Weight]:
    """Every element's weight, in one pass from the leaves up."""
    weights: dict[HtmlElement, Weight] = {}
    for element in reversed(list(body.iter())):
        weight = weights.setdefault(element, Weight())
        weight.text += _length(element.text)
        for child in element:
            weight.add(weights[child])
            weight.text += _length(child.tail)
        if element.tag == "a":
            weight.linked, weight.links = weight.text, 1
        elif element.tag in CELLS and weight.text <= 12 and re.search(r"\d", element.text_content()):
            weight.numbers += 1
    return weights


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _is_furniture(element: HtmlElement, weight: Weight, known: Furniture) -> bool:
    if not isinstance(element.tag, str) or element.tag in furniture().inline or element.tag in HEADINGS:
        return False
    if weight.numbers >= 8 or weight.text - weight.linked > LONG:
        return False
    if element.tag in known.elements or _named(element) & known.names:
        return True
    if weight.links >= 3 and weight.linked >= 0.7 * weight.text:
        return True
    return weight.text < 200 and (element.text_content() or "").strip().startswith(known.pointers)


def _named(element: HtmlElement) -> set[str]:
    """The words of class and id: `crumb-box mainNav` → crumb, box, main, nav."""
    words = f"{element.get('class') or ''} {element.get('id') or ''}"
    return {word.lower() for word in re.split(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])", words) if word}


@dataclass(slots=True)
class Walk:
    """Walks a page in reading order and gathers its blocks."""

    blocks: list[Block] = field(default_factory=list)
    tables: int = 0
    inline: list[str] = field(default_factory=list)

    def through(self, element: HtmlElement, heading: bool = False) -> None:
        """The content of one element: text is gathered until a block ends it."""
        self.inline.append(element.text or "")
        for child in element:
            self._child(child, heading)
            self.inline.append(child.tail or "")

    def _child(self, child: HtmlElement, heading: bool) -> None:
        tag = child.tag
        if not isinstance(tag, str):
            return
        if tag == "br":
            self.inline.append("\v")
        elif tag == "table":
            self.flush(heading)
            self._table(child)
        elif tag in furniture().inline and not any(
            part.tag == "table" or part.tag in HEADINGS for part in child.iter()
        ):
            self.inline.append(_inline(child))
        else:
            self.flush(heading)
            self.through(child, heading or tag in HEADINGS)
            self.flush(heading or tag in HEADINGS)

    def flush(self, heading: bool = False) -> None:
        """Ends a paragraph; an empty line inside it (two `<br>`) ends one too."""
        text, self.inline = tidy("".join(self.inline)), []
        for part in re.split(r"\n\s*\n", text):
            if part.strip():
                self.blocks.append(Paragraph(part.strip(), heading=heading))

    def _table(self, table: HtmlElement) -> None:
        """A table of data, or one that only lays out the page: then its cells are containers."""
        rows = _rows(table)
        if _lays_out(table, rows):
            for child in _within(table, CELLS | {"caption"}):
                self.through(child)
                self.flush()
            return
        for caption in table.iterchildren("caption"):
            self.through(caption)
            self.flush()
        self.tables += 1
        placed = _grid(rows, self.tables)
        if placed:
            self.blocks.append(Table(placed, Place(table=self.tables)))


def _within(element: HtmlElement, tags: frozenset[str]) -> Iterator[HtmlElement]:
    """Descendants with one of the tags, not going into those found nor into tables inside."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag != "table":
            yield from _within(child, tags)


def _rows(table: HtmlElement) -> list[list[HtmlElement]]:
    return [cells for row in _within(table, ROWS) if (cells := list(_within(row, CELLS)))]


def _lays_out(table: HtmlElement, rows: list[list[HtmlElement]]) -> bool:
    """One cell a row, or tables inside, or prose inside: the table arranges the page and is no data."""
    if all(len(cells) == 1 for cells in rows):
        return True
    if any(_is_grid(inner) for inner in table.iter("table") if inner is not table):
        return True
    return any(is_prose(cell.text_content()) for cells in rows for cell in cells)


def _is_grid(table: HtmlElement) -> bool:
    rows = _rows(table)
    return len(rows) > 1 or any(len(cells) > 1 for cells in rows)


def _grid(rows: list[list[HtmlElement]], number: int) -> tuple[tuple[Cell, ...], ...]:
    """The cells at their columns, those under a rowspan left out."""
    placed: list[tuple[Cell, ...]] = []
    taken: dict[int, int] = {}
    for row_number, cells in enumerate(rows, start=1):
        row, column = [], 0
        below = {at: left - 1 for at, left in taken.items() if left > 1}
        left_in_group = _rows_left(rows, row_number - 1)
        for cell in cells:
            while taken.get(column, 0):
                column += 1
            colspan = min(_span(cell, "colspan"), WIDE)
            rowspan = min(_span(cell, "rowspan") or left_in_group, left_in_group)
            row.append(
                Cell(_cell_text(cell), Place(table=number, row=row_number, column=column + 1), column, colspan, rowspan)
            )
            if rowspan > 1:
                below |= dict.fromkeys(range(column, column + colspan), rowspan - 1)
            column = min(column + colspan, 10 * WIDE)
        placed.append(tuple(row))
        taken = below
    return tuple(placed)


def _rows_left(rows: list[list[HtmlElement]], start: int) -> int:
    """Rows from here to the end of the same thead, tbody or tfoot: no span goes beyond."""
    group = _group(rows[start])
    left = 0
    for cells in rows[start:]:
        if _group(cells) is not group:
            break
        left += 1
    return left


def _group(cells: list[HtmlElement]) -> HtmlElement | None:
    row = cells[0].getparent()
    while row is not None and row.tag not in ("thead", "tbody", "tfoot", "table"):
        row = row.getparent()
    return row


def _span(cell: HtmlElement, name: str) -> int:
    digits = re.match(r"\s*(\d{1,5})", cell.get(name) or "")
    value = int(digits[1]) if digits else 1
    return value if name == "rowspan" else max(value, 1)


def _cell_text(cell: HtmlElement) -> str:
    return re.sub(r"\n+", "\n", tidy(_inline(cell))).strip()


def _inline(element: HtmlElement) -> str:
    """All text under an element; `<br>` and the ends of blocks are line breaks (as \\v until spaces are tidied)."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("\v")
        elif isinstance(child.tag, str):
            inside = raised(_inline(child)) if _is_raised(child) else _inline(child)
            parts.append(inside if child.tag in furniture().inline else f"\v{inside}\v")
        parts.append(child.tail or "")
    return "".join(parts)


def _is_raised(element: HtmlElement) -> bool:
    if element.tag == "sup" or "footnotereference" in (element.get("class") or "").lower():
        return True
    return bool(RAISING.search(element.get("style") or ""))


def tidy(text: str) -> str:
    """Spaces as a browser shows them: runs are one, none where a line of the source ends between Chinese characters."""
    text = WRAPPED.sub(
        "", text.replace("\xa0", " ").replace("\u2003", " ").replace("\u2002", " ").replace("\u200b", "")
    )
    text = re.sub(r"[ \t\n\r\f\u3000]+", " ", text)
    return "\n".join(line.strip() for line in text.split("\v")).strip()
