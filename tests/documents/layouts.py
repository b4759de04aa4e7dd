"""The table of layouts: a name, the suffix its file has, how it is printed, and what it needs of the system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from tests.documents import office, pdf, text, web
from tests.documents.pdf import Style
from tests.documents.programs import convert, need, print_page
from tests.documents.report import Printed
from tests.documents.scan import page_images, scanned


@dataclass(frozen=True)
class Layout:
    """A way to print a report."""

    suffix: str
    print: Callable[[Printed], bytes]
    needs: tuple[str, ...] = ()
    whole: bool = True
    """All of the report is printed; a picture holds its first page."""
    exact: bool = True
    """The format says which cell is where; else a reading may leave cells out, but gets none wrong."""


def _drawn(**style: Any) -> Layout:
    return Layout(".pdf", partial(pdf.pdf, style=Style(**style)), exact=style.get("rules", "all") == "all")


def _from_docx(to: str) -> Callable[[Printed], bytes]:
    return lambda report: convert(office.docx(report), ".docx", to)


def _picture(report: Printed) -> bytes:
    import io

    stream = io.BytesIO()
    page_images(pdf.pdf(report, Style(embedded=True, size=7.5, gap=2.0)), 200)[0].save(stream, "PNG")
    return stream.getvalue()


LAYOUTS: dict[str, Layout] = {
    "docx": Layout(".docx", office.docx),
    "xlsx": Layout(".xlsx", office.xlsx),
    "xlsx-one-sheet": Layout(".xlsx", office.one_sheet),
    "html-plain": Layout(".html", web.plain),
    "html-system": Layout(".html", web.system),
    "html-nested": Layout(".htm", web.nested),
    "html-word": Layout(".htm", web.by_word),
    "txt-tabs": Layout(".txt", text.tabs, exact=False),
    "txt-bare-tabs": Layout(".txt", text.bare_tabs, exact=False),
    "txt-pipes": Layout(".txt", text.pipes, exact=False),
    "txt-cells": Layout(".txt", text.one_cell_a_line, exact=False),
    "txt-cells-piped": Layout(".txt", text.one_cell_a_line_piped, exact=False),
    "txt-wrapped": Layout(".txt", text.wrapped, exact=False),
    "markdown": Layout(".md", text.markdown, exact=False),
    "pdf-ruled": _drawn(),
    "pdf-heads-repeated": _drawn(repeat_heads=True, gap=10.0),
    "pdf-cut": _drawn(gap=14.0),
    "pdf-narrow": _drawn(width=300.0, size=7.5, gap=3.0),
    "pdf-framed": _drawn(frame=True, shaded=True),
    "pdf-boxed-prose": _drawn(boxed_prose=True),
    "pdf-landscape": _drawn(landscape=True, width=700.0),
    "pdf-row-rules": _drawn(rules="rows"),
    "pdf-borderless": _drawn(rules="none"),
    "pdf-borderless-framed": _drawn(rules="none", frame=True),
    "pdf-office": Layout(".pdf", _from_docx("pdf"), ("office", "font")),
    "pdf-chromium": Layout(".pdf", lambda report: print_page(web.plain(report).decode()), ("chromium", "font")),
    "doc": Layout(".doc", _from_docx("doc"), ("office",)),
    "rtf": Layout(".rtf", _from_docx("rtf"), ("office",)),
    "odt": Layout(".odt", _from_docx("odt"), ("office",)),
    "pdf-scan": Layout(".pdf", lambda report: scanned(pdf.pdf(report, Style(embedded=True))), ("font", "ocr")),
    "png": Layout(".png", _picture, ("font", "ocr"), whole=False),
}


_MADE: dict[tuple[str, str], bytes] = {}


def make(name: str, report: Printed) -> bytes:
    """A report in that layout, printed once; skips the test where a program is absent."""
    layout = LAYOUTS[name]
    need(*layout.needs)
    key = (name, repr(report))
    if key not in _MADE:
        _MADE[key] = layout.print(report)
    return _MADE[key]


def parameters(*, slow: bool = False, exact: bool | None = None) -> list[Any]:
    """Names of layouts that print all of a report; those that start a program or OCR only if `slow`."""
    return [
        pytest.param(name, id=name)
        for name, layout in LAYOUTS.items()
        if layout.whole and (slow or not layout.needs) and (exact is None or layout.exact == exact)
    ]
