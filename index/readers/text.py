"""Plain text and Markdown: one paragraph a line; runs of lines with tabs or pipes are tables.

What people save or copy as text comes in these shapes, and all may stand in one file:
- lines as a PDF gives them (left as they are: aligning them with the form is not a reader's work);
- cells separated by tabs, an empty cell being nothing between two tabs;
- cells separated by pipes, Markdown's or a web page's, where each row may end with padding (`规章 | 0 | 0 | ||`);
- one cell a line, each closed by a pipe (`规章 |`), an empty cell being ` |`; a pipe alone at the margin ends a row;
- one cell a line with a pipe alone on the lines between them: the cells stay lines.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from index.document import Block, Cell, Document, Paragraph, Place, Table
from index.readers.charset import decode

__all__ = ["read"]

PIPES = str.maketrans({"│": "|", "┃": "|", "║": "|", "｜": "|"})
BORDER = re.compile(
    r"^[\s|+─━═┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬┠┨┯┷┿╂-]*[─━═+-]{3}[\s|+─━═┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬┠┨┯┷┿╂-]*$"
)
MARKDOWN_RULE = re.compile(r"^\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
BACKSLASHED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
FIELDS = re.compile(r"[^,，。；！？]{0,60}(?:,[^,，。；！？]{0,40}){3,}")
"""A line of short fields between commas: no prose."""
MANY = 8
SPACES = " \t\u3000\xa0\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, with what separates its cells."""

    number: int
    text: str
    page: int | None
    separator: str
    """'\\t', '|' or '' for a line that is one stretch of text."""


@dataclass(frozen=True, slots=True)
class Padding:
    """How many empty cells every row of a piped text has before and after its own."""

    left: int = 0
    right: int = 0


def read(data: bytes, name: str) -> Document:
    """Every line in order, as paragraph or in a table; nothing is interpreted."""
    return document_of(decode(data, name=name), name)


def document_of(text: str, name: str) -> Document:
    """The same for a text that is already decoded."""
    markdown = _is_markdown(text, name)
    lines = list(_records(text) if _is_csv(text, name) else _lines(text, markdown=markdown))
    padding = _padding(lines)
    blocks: list[Block] = []
    for separator, run in groupby(lines, key=lambda line: line.separator):
        if separator:
            blocks += _table(list(run), separator, padding, markdown=markdown)
        else:
            blocks += [_paragraph(line, markdown=markdown) for line in run]
    pages = lines[-1].page if lines else None
    return Document(tuple(blocks), kind="markdown" if markdown else "text", file=name, pages=pages)


def _is_markdown(text: str, name: str) -> bool:
    if name.lower().endswith((".md", ".markdown")):
        return True
    return any("|" in line and MARKDOWN_RULE.match(line) for line in text.split("\n"))


def _is_csv(text: str, name: str) -> bool:
    """Whether commas separate cells: a name that says so, or many lines of as many short fields."""
    if name.lower().endswith(".csv"):
        return True
    if "\t" in text or "|" in text:
        return False
    fields = Counter(line.count(",") for line in text.splitlines() if FIELDS.fullmatch(line))
    return max(fields.values(), default=0) >= MANY


def _records(text: str) -> Iterator[Line]:
    """Rows of comma-separated cells, one line of text each; a field may be quoted and hold line breaks."""
    start = 1
    rows = csv.reader(text.replace("\0", "").splitlines(keepends=True))
    for row in rows:
        cells = [" ".join(cell.replace("\t", " ").split()) for cell in row]
        filled = [cell for cell in cells if cell]
        if filled:
            yield Line(start, "\t".join(cells) if len(filled) > 1 else filled[0], None, "\t" if len(filled) > 1 else "")
        start = rows.line_num + 1


def _lines(text: str, *, markdown: bool) -> Iterator[Line]:
    """Lines with something on them; rules and borders of drawn tables are dropped."""
    paged, page = "\f" in text, 1
    for number, raw in enumerate(text.split("\n"), start=1):
        page += raw.count("\f")
        line = raw.replace("\f", "").replace("\x0b", " ").rstrip("\r")
        if not line.strip(SPACES) and "\t" not in line:
            continue
        if BORDER.match(line) or (markdown and MARKDOWN_RULE.match(line)):
            continue
        line = line.translate(PIPES)
        yield Line(number, line, page if paged else None, _separator(line))


def _separator(line: str) -> str:
    if "\t" in line.strip(" \u3000") and ("\t" in line.strip(SPACES) or not line.strip(SPACES) or line[0] == "\t"):
        return "\t"
    return "|" if "|" in line else ""


def _padding(lines: list[Line]) -> Padding:
    """The commonest number of empty cells at either end of the piped rows: Markdown's borders, a web page's ` | ||`."""
    ends = [_empty_ends(_split(line.text)) for line in lines if line.separator == "|" and line.text.strip(SPACES + "|")]
    if not ends:
        return Padding()
    left, right = (Counter(side).most_common(1)[0][0] for side in zip(*ends, strict=True))
    # A row of blanks could outvote borders only where nearly all of a table is blank; one border a side is the rule.
    return Padding(min(left, 1), right)


def _split(text: str) -> list[str]:
    return [cell.strip(SPACES) for cell in re.split(r"(?<!\\)\|", text)]


def _empty_ends(cells: list[str]) -> tuple[int, int]:
    filled = [position for position, cell in enumerate(cells) if cell]
    return (filled[0], len(cells) - 1 - filled[-1]) if filled else (0, 0)


def _table(run: list[Line], separator: str, padding: Padding, *, markdown: bool) -> list[Block]:
    """One table a run; a bare pipe at the margin parts rows, and rows of one cell are parted by nothing else."""
    if all(line.text.strip(SPACES) == "|" for line in run):  # pipes between lines of text: two in a row hold nothing
        rows = [_row(line, [""], markdown=False) for line in run[1:]]
    elif separator == "\t":
        rows = [_row(line, line.text.split("\t"), markdown=False) for line in run]
    else:
        rows = _one_cell_rows(run) if _one_cell_a_line(run) else [_piped(line, padding, markdown) for line in run]
    rows = [row for row in rows if row]
    if not rows:
        return []
    return [Table(tuple(rows), Place(line=run[0].number, page=run[0].page), exact=False)]


def _row(line: Line, cells: list[str], *, markdown: bool) -> tuple[Cell, ...]:
    place = Place(line=line.number, page=line.page)
    return tuple(Cell(_clean(text, markdown=markdown), place, column) for column, text in enumerate(cells))


def _piped(line: Line, padding: Padding, markdown: bool) -> tuple[Cell, ...]:
    cells = _split(line.text)
    left, right = _empty_ends(cells)
    if not any(cells):  # a row of blanks: as many as stand between its borders
        left, right = padding.left, padding.right
    end = len(cells) - min(right, padding.right)
    return _row(line, cells[min(left, padding.left) : end], markdown=markdown)


def _one_cell_a_line(run: list[Line]) -> bool:
    """`规章 |` on line after line: no line holds more than one cell, and most hold one."""
    cells = [sum(bool(cell) for cell in _split(line.text)) for line in run]
    return len(run) > 1 and max(cells) == 1 and all(line.text.count("|") == 1 for line in run)


def _one_cell_rows(run: list[Line]) -> list[tuple[Cell, ...]]:
    """Rows where a bare pipe at the margin ends them, else a row a cell; ` |` is an empty cell."""
    marked = any(line.text.rstrip(SPACES) == "|" for line in run)
    rows: list[list[Cell]] = [[]]
    for line in run:
        if line.text.rstrip(SPACES) == "|":
            rows.append([])
            continue
        if not marked and rows[-1]:
            rows.append([])
        text = line.text.replace("|", "").strip(SPACES)
        rows[-1].append(Cell(text, Place(line=line.number, page=line.page), len(rows[-1])))
    return [tuple(row) for row in rows if row]


def _paragraph(line: Line, *, markdown: bool) -> Paragraph:
    text = line.text.strip(SPACES)
    heading = MARKDOWN_HEADING.match(text) if markdown else None
    if heading:
        text = heading[1]
    return Paragraph(_clean(text, markdown=markdown), Place(line=line.number, page=line.page), heading=bool(heading))


def _clean(text: str, *, markdown: bool) -> str:
    text = text.strip(SPACES)
    if not markdown:
        return text
    text = re.sub(r"<br\s*/?>", "\n", text, flags=re.I)
    text = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text)
    return BACKSLASHED.sub(r"\1", text).replace("&nbsp;", " ").strip(SPACES)
