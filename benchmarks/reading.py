"""How fast a text PDF is read: against pdfplumber's extract_tables() over all pages, and against bare pdfium text.

    .venv/bin/python benchmarks/reading.py [--rounds 5] [PDF...]

Without files it draws its own with tests/documents (and through LibreOffice and Chromium where they are). The three
are measured side by side in each round, and the medians compared; every cell pdfplumber finds must be ours too, white
space apart. Budget (design.md): at least 5 times as fast as extract_tables(), with no cell less.
"""

from __future__ import annotations

import argparse
import io
import logging
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pdfplumber
import pypdfium2 as pdfium

from index.document import Document, Paragraph, Table
from index.readers import pdf
from index.readers.pdfpage import plain

DRAWN = ("pdf-ruled", "pdf-heads-repeated", "pdf-narrow", "pdf-framed", "pdf-office", "pdf-chromium")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    heads = ("floor ms", "ours ms", "plumber ms", "x floor", "faster", "cells", "lost")
    print(f"{'file':24}" + "".join(f"{head:>11}" for head in heads))
    ratios = []
    for name, data in files(options.files):
        floor, ours, plumber = race(data, options.rounds)
        cells, lost = compare(data)
        ratios.append(plumber / ours)
        times = f"{floor:11.1f}{ours:11.1f}{plumber:11.1f}{ours / floor:11.1f}{plumber / ours:10.1f}x"
        print(f"{name[:23]:24}{times}{cells:11}{sum(lost.values()):11}" + (f"  {list(lost)[:4]}" if lost else ""))
    print(f"median: {median(ratios):.1f} times as fast as extract_tables() (budget: 5)")
    if not options.files:
        scanned_page()


def files(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """The files given, or generated ones."""
    if paths:
        yield from ((path.name, path.read_bytes()) for path in paths)
        return
    from tests.documents import LAYOUTS, printed
    from tests.documents.programs import missing

    report = printed(
        {"requests.received.person": 215, "requests.granted.person": 97, "disclosure.fees.amount": "7730.28"}
    )
    for name in DRAWN:
        if not any(map(missing, LAYOUTS[name].needs)):
            yield name, LAYOUTS[name].print(report)


def race(data: bytes, rounds: int) -> tuple[float, float, float]:
    """Medians in milliseconds of the processor: bare text, our reading, extract_tables(), in turn in every round."""
    methods: tuple[Callable[[bytes], object], ...] = (bare_text, read, extract_tables)
    for method in methods:
        method(data)
    times: list[list[float]] = [[], [], []]
    for _ in range(rounds):
        for method, spent in zip(methods, times, strict=True):
            start = time.process_time()
            method(data)
            spent.append((time.process_time() - start) * 1000)
    floor, ours, plumber = map(median, times)
    return floor, ours, plumber


def scanned_page() -> None:
    """Seconds of one core a page of a scan takes, and the memory of the process that reads it (budget: 2.5 s, 1 GB)."""
    from tests.documents import LAYOUTS, printed
    from tests.documents.programs import missing

    if any(map(missing, LAYOUTS["pdf-scan"].needs)):
        print("scan: not measured, the extra [ocr] or a font is absent")
        return
    data = LAYOUTS["pdf-scan"].print(printed({"requests.received.person": 215}))
    read(data)
    start, pages = time.process_time(), read(data).pages or 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = (time.process_time() - start) / pages
    print(f"scan: {spent:.2f} s a page on one core (budget: 2.5), {memory:.0f} MB at most (budget: 1000)")


def bare_text(data: bytes) -> None:
    document = pdfium.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def read(data: bytes) -> Document:
    return pdf.read(data, "benchmark.pdf")


def extract_tables(data: bytes) -> list[list[list[list[str | None]]]]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_tables() for page in document.pages]


def compare(data: bytes) -> tuple[int, Counter[str]]:
    """Number of pdfplumber's cells with text, and those that are neither cells nor lines of ours."""
    theirs = Counter(
        squeezed(cell)
        for page in extract_tables(data)
        for table in page
        for row in table
        for cell in row
        if cell and squeezed(cell)
    )
    document = read(data)
    ours = Counter(
        squeezed(cell.text)
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    )
    lines = "".join(squeezed(block.text) for block in document.blocks if isinstance(block, Paragraph))
    lost = Counter({text: count for text, count in (theirs - ours).items() if text not in lines})
    return sum(theirs.values()), lost


def squeezed(text: str) -> str:
    """Without white space, and with the everyday character where a font stands a radical for it."""
    return "".join(plain(char) for char in text if not char.isspace())


if __name__ == "__main__":
    main()
