"""Plain texts and Markdown: what copying a report out of a PDF, a Word file or a web page leaves of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.documents.report import Printed
from tests.documents.tables import Grid, Heading, Text, Title, parts


def _lines(report: Printed, grid: Callable[[Grid], Iterator[str]], between: str = "") -> str:
    lines: list[str] = []
    for part in parts(report):
        if isinstance(part, Grid):
            lines += [*grid(part), between]
        else:
            lines += [part.text, between]
    return "\n".join(lines)


def tabs(report: Printed, encoding: str = "utf-8") -> bytes:
    """From Word: cells parted by tabs, one under a merged cell being empty."""

    def rows(grid: Grid) -> Iterator[str]:
        for row in grid.rows:
            texts = [""] * (max(box.column for box in row) + 1) if row else []
            for box in row:
                texts[box.column] = box.text
            yield "\t".join(texts)

    return _lines(report, rows).encode(encoding)


def bare_tabs(report: Printed) -> bytes:
    """From a web page: cells parted by tabs, merged ones simply not there."""
    return _lines(report, lambda grid: ("\t".join(box.text for box in row) for row in grid.rows)).encode("gb18030")


def pipes(report: Printed) -> bytes:
    """From a web page by another way: pipes, and padding at the end of each row."""
    return _lines(report, lambda grid: (" | ".join(box.text for box in row) + " | ||" for row in grid.rows)).encode()


def one_cell_a_line(report: Printed) -> bytes:
    """Every cell on a line of its own."""
    return _lines(report, lambda grid: (box.text for row in grid.rows for box in row)).encode()


def one_cell_a_line_piped(report: Printed) -> bytes:
    """The same with a pipe after each, so that an empty cell is seen."""
    return _lines(report, lambda grid: (f"{box.text} |" for row in grid.rows for box in row)).encode()


def wrapped(report: Printed, width: int = 14) -> bytes:
    """As pdftotext gives it: long labels in lines, the numbers of a row after the last, or between two of them."""

    def rows(grid: Grid) -> Iterator[str]:
        for at, row in enumerate(grid.rows):
            numbers = " ".join(box.text for box in row if box.number)
            labels = [box.text for box in row if not box.number]
            if not numbers:
                yield from labels
                continue
            label = labels[-1] if labels else ""
            yield from labels[:-1]
            lines = [label[start : start + width] for start in range(0, len(label), width)]
            if len(lines) <= 1:
                yield f"{label} {numbers}".strip()
            elif at % 2:
                yield from [*lines[:-1], f"{lines[-1]} {numbers}"]
            else:
                yield from [*lines[:-1], numbers, lines[-1]]

    return _lines(report, rows, between="").encode()


def markdown(report: Printed) -> bytes:
    """Markdown with tables; merged cells are empty ones."""

    def rows(grid: Grid) -> Iterator[str]:
        for at, row in enumerate(grid.rows):
            texts = [""] * grid.columns
            for box in row:
                texts[box.column] = box.text
            yield "| " + " | ".join(texts) + " |"
            if at == 0:
                yield "|" + "---|" * grid.columns

    lines: list[str] = []
    for part in parts(report):
        match part:
            case Title(text):
                lines += [f"# {text}", ""]
            case Heading(text):
                lines += [f"## {text}", ""]
            case Text(text):
                lines += [text, ""]
            case Grid():
                lines += [*rows(part), ""]
    return "\n".join(lines).encode()
