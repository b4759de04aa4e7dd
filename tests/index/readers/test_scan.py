"""Scans lie as they were fed: on their side, on their head, a little askew, with a seal over the figures."""

from __future__ import annotations

import io
from typing import Any

import pytest

from index.document import Document, Table
from index.errors import UnsupportedFile
from index.readers import read_bytes, scan
from tests.documents import Printed, scanned
from tests.documents.pdf import Style, pdf
from tests.documents.programs import need
from tests.documents.scan import page_images
from tests.index.readers.check import table_rows


@pytest.fixture(scope="module")
def page(report: Printed) -> Any:
    need("font", "ocr")
    return page_images(pdf(report, Style(embedded=True)), 200)[0]


def read_picture(image: Any) -> Document:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return read_bytes(stream.getvalue(), "年报.png")


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_fed_the_wrong_way_is_read_and_its_boxes_are_where_it_is_printed(
    page: Any, degrees: int, report: Printed
) -> None:
    document = read_picture(page.rotate(degrees, expand=True))
    assert ("行政许可", "20608") in table_rows(document)
    x, y = middle(read_bytes(pdf(report, Style(embedded=True)), "年报.pdf"), "20608")
    printed_at = {90: (y, 595 - x), 180: (595 - x, 842 - y), 270: (842 - y, x)}[degrees]
    assert middle(document, "20608") == pytest.approx(printed_at, abs=3)


def middle(document: Document, text: str) -> tuple[float, float]:
    """Where the middle of a cell is printed."""
    cells = [cell for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row]
    left, top, right, bottom = next(cell for cell in cells if cell.text == text).place.box or (0, 0, 0, 0)
    return (left + right) / 2, (top + bottom) / 2


def test_a_seal_over_the_table_hides_no_figure(report: Printed) -> None:
    need("font", "ocr")
    document = read_bytes(scanned(pdf(report, Style(embedded=True, numbered=False)), skew=1.5), "扫描.pdf")
    rows = table_rows(document)
    assert ("10", "1", "0", "0", "11", "4", "0", "0", "2", "6", "0", "0", "1", "0", "1") in rows


def test_without_the_extra_a_scan_is_refused_with_the_way_to_get_it(
    report: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("font")
    monkeypatch.setattr(scan, "find_spec", lambda _name: None)
    with pytest.raises(UnsupportedFile, match=r"pip install .*\[ocr\]"):
        read_bytes(scanned(pdf(report, Style(embedded=True)), dpi=60), "扫描.pdf")


def test_numbers_of_two_columns_that_were_found_as_one_word_are_parted() -> None:
    need("ocr")
    import numpy

    from index.readers.scanpage import _parted

    paper = numpy.full((60, 300), 255, numpy.uint8)
    for left in (20, 45, 200):
        paper[15:45, left : left + 6] = 0
    (one, other) = _parted((10, 5, 290, 55), paper)
    assert one[2] < 70
    assert other[0] > 180
    assert _parted((10, 5, 80, 55), paper) == [(10, 5, 80, 55)]
