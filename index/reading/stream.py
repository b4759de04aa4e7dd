"""Document → one stream of fragments of text and runs of values, whatever the layout.

A run is what one printed row holds: the values of a table's row, the numbers at the end of a line, or numbers that
follow one another a line each. A fragment is any other stretch of text: a label or part of one, a head, prose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.document import Cell, Document, Paragraph, Place, Table
from index.reading.layout import heads
from index.reading.script import key, plain
from index.reading.values import Printed, is_empty, looks_like_value, parse

PAGE_NUMBER = re.compile(
    r"[-—–―·~]{1,2}\s*[1-9]\d{0,2}\s*[-—–―·~]{1,2}|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
BARE = re.compile(r"\d{1,3}")
NUMBERED = re.compile(r"^[0-9一二三四五六七八九十](?=\D)")
ODD = re.compile(r"\d|^[一二三四五六七八九十百千万]{2,}$")
SENTENCE = re.compile(r"[。；！？]|[，,、：:]$")
CLAUSE = re.compile(r"[。；！？]|.{24}[，,]\s*$")
LONGEST_LABEL = 60
WHOLE = (7, 15)
"""So many cells are a whole row of requests, or of reviews and suits."""
REMARKED = 5
"""So many cells between two texts of a row are values, and the second text a remark."""


@dataclass(frozen=True, slots=True)
class Token:
    """One value of a run: a number, an empty cell, or a cell that could not be understood."""

    text: str
    printed: Printed | None
    place: Place
    column: int = 0
    """In the grid of an exact table."""
    width: int = 1

    @property
    def empty(self) -> bool:
        return is_empty(self.text)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text."""

    text: str
    key: str
    place: Place
    block: int
    column: int = 0
    width: int = 1
    in_table: bool = False
    heading: bool = False

    @property
    def prose(self) -> bool:
        """A sentence, or more: never a label."""
        return self.heading or bool(CLAUSE.search(self.text)) or len(self.key) > LONGEST_LABEL


@dataclass(frozen=True, slots=True)
class Run:
    """The values of one row."""

    tokens: tuple[Token, ...]
    block: int
    exact: bool
    single: bool = False
    """Its values stand a line each."""
    own: tuple[Fragment, ...] = ()
    """The texts on the same row or line, before the values."""

    @property
    def all_empty(self) -> bool:
        return all(token.empty for token in self.tokens)

    @property
    def place(self) -> Place:
        return self.tokens[0].place

    def trimmed(self, width: int) -> tuple[Token, ...] | None:
        """Its tokens as exactly so many cells: empty ones beyond that number are padding; None if unclear."""
        starts = self.starts(width)
        if len(starts) == 1 or (starts and self.all_empty):
            return self.tokens[starts[0] : starts[0] + width]
        return None

    def starts(self, width: int) -> tuple[int, ...]:
        """Where the cells may begin if there are so many, all beyond them being empty."""
        extra = len(self.tokens) - width
        unread = [at for at, token in enumerate(self.tokens) if token.printed is None and not token.empty]
        if self.exact and extra == 1 and unread == [width]:
            return (0,)  # a remark in a column of its own
        if extra < 0 or (extra and unread):
            return ()
        empty = [token.empty for token in self.tokens]
        return tuple(at for at in range(extra + 1) if all(empty[:at]) and all(empty[at + width :]))


Item = Fragment | Run


def fragments(item: Item) -> tuple[Fragment, ...]:
    """The texts of an item."""
    return (item,) if isinstance(item, Fragment) else item.own


def is_odd_cell(text: str, exact: bool) -> bool:
    """Whether a text beside numbers is a cell that cannot be read (约22, 不详, 22+3) and no end of a label."""
    name = NUMBERED.sub("", key(text))
    letters = len(re.findall(r"[\u4e00-\u9fff]", name))
    return bool(name) and letters <= 2 and name not in heads() and (exact or bool(ODD.search(name)))


def is_page_number(text: str) -> bool:
    """Whether a line shows itself to be a page's number: — 3 —, 第3页."""
    return PAGE_NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def stream(document: Document) -> tuple[Item, ...]:
    """All items of a document in reading order; page numbers that show themselves as such are left out."""
    skipped = _page_numbers(document)
    items: list[Item] = []
    for number, block in enumerate(document.blocks):
        if number in skipped:
            continue
        if isinstance(block, Paragraph):
            items += _line_items(block, number)
        else:
            items += _table_items(block, number)
    return tuple(_gathered(items))


def _page_numbers(document: Document) -> set[int]:
    """Blocks that print a page's number at its top or bottom."""
    marked = {
        number
        for number, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and is_page_number(block.text)
    }
    pages: dict[int, list[int]] = {}
    for number, block in enumerate(document.blocks):
        page = block.place.page
        if page is not None:
            pages.setdefault(page, []).append(number)
    shifts: dict[int, list[int]] = {}
    for page, numbers in pages.items():
        for number in {numbers[0], numbers[-1]}:
            edge = document.blocks[number]
            if isinstance(edge, Paragraph) and BARE.fullmatch(plain(edge.text)):
                shifts.setdefault(int(plain(edge.text)) - page, []).append(number)
    common = max(shifts.values(), key=len, default=[])
    return marked | (set(common) if len(common) > 1 or len(pages) == 1 else set(shifts.get(0, ())))


def _line_items(paragraph: Paragraph, block: int) -> Iterator[Item]:
    """A line: a fragment, or a label with the numbers at its end."""
    for text in paragraph.text.split("\n"):
        words = text.replace("|", " ").split()
        values = 0
        while values < len(words) and looks_like_value(words[-1 - values]):
            values += 1
        if values > 1 and values + 1 < len(words) and is_odd_cell(words[-1 - values], exact=False):
            values += 1
        label = " ".join(words[: len(words) - values])
        if label and (SENTENCE.search(label) or len(plain(label)) > LONGEST_LABEL):
            label, values = " ".join(words), 0
        if not values and label:
            label, glued = _unglued(label)
        else:
            glued = ""
        own = (Fragment(label, key(label), paragraph.place, block, heading=paragraph.heading),) if label else ()
        numbers = [glued] if glued else words[len(words) - values :]
        if numbers:
            tokens = tuple(Token(word, parse(word), paragraph.place, at) for at, word in enumerate(numbers))
            yield Run(tokens, block, exact=False, single=not label and len(tokens) == 1, own=own)
        else:
            yield from own


def _unglued(label: str) -> tuple[str, str]:
    """行政许可97 → 行政许可, 97: only for what could be a label, never in a sentence."""
    found = re.fullmatch(r"(\D*[\u4e00-\u9fff])([\d,]+(?:\.\d+)?(?:件|万元|元)?)", label)
    if found and len(key(found[1])) <= 12 and looks_like_value(found[2]):
        return found[1], found[2]
    return label, ""


def _table_items(table: Table, block: int) -> Iterator[Item]:
    for row in table.rows:
        yield from _row_items(row, block, table.exact)


def _row_items(row: tuple[Cell, ...], block: int, exact: bool) -> Iterator[Item]:
    """A row: its labels, then its values."""
    start = _values_start(row, exact)
    own = tuple(
        Fragment(cell.text, key(cell.text), cell.place, block, cell.column, cell.colspan, in_table=True)
        for cell in row[:start]
        if not is_empty(cell.text)
    )
    tokens = tuple(_token(cell) for cell in row[start:])
    if tokens:
        yield Run(tokens, block, exact, single=len(row) == 1, own=own)
    else:
        yield from own


def _token(cell: Cell) -> Token:
    return Token(cell.text, parse(cell.text), cell.place, cell.column, cell.colspan)


def _values_start(row: tuple[Cell, ...], exact: bool) -> int:
    """Where the values of a row begin: after its last text, unless that text stands among values."""
    value = [not is_empty(cell.text) and looks_like_value(cell.text) for cell in row]
    text = [not is_empty(cell.text) and not value[at] for at, cell in enumerate(row)]
    last = max((at for at, is_text in enumerate(text) if is_text), default=-1)
    before = sum(value[: last + 1])
    cells = next((at for at in range(last - 1, -1, -1) if text[at]), -1)
    if before and last - 1 - cells >= REMARKED and cells >= 0:
        return cells + 1  # a remark at the end of a row, most of it empty perhaps
    first = value.index(True) if before else 0
    if last > 0 and len(row) - last in WHOLE and not before and is_odd_cell(row[last].text, exact):
        return last
    if exact and first and text[first - 1] and last > first and len(row) - first in WHOLE:
        return first  # the row's cells to the last, one of them not to be read
    if before >= 2 and before >= sum(text[: last + 1]) - 1:
        # a cell that cannot be read stands among the values, or a remark behind them
        return max((at for at in range(first) if text[at]), default=-1) + 1
    return last + 1


def _gathered(items: Iterable[Item]) -> Iterator[Item]:
    """Values that follow one another a line each become one run."""
    pending: Run | None = None
    for item in items:
        if isinstance(item, Run) and item.single and pending is not None:
            pending = replace(pending, tokens=pending.tokens + item.tokens)
            continue
        if pending is not None:
            yield pending
            pending = None
        if isinstance(item, Run) and item.single:
            pending = item
        else:
            yield item
    if pending is not None:
        yield pending
