"""Our cells are pdfplumber's: the same edges give the same rectangles, on every producer we can draw with."""

from __future__ import annotations

import io
from typing import Any

import pytest

from index.document import Table
from index.readers import pdf
from index.readers.notemarks import with_raised
from index.readers.pdffile import open_pdf
from index.readers.pdfpage import Char, Edge, PageContent, page_by_pdfium
from index.readers.pdftables import cells_of, find_grids, merge, tables_of
from tests.documents import Printed, make
from tests.index.readers.check import missing_rows, squeezed

RULED = ["pdf-ruled", "pdf-cut", "pdf-narrow", "pdf-framed", "pdf-heads-repeated", "pdf-boxed-prose"]


def finder(edges: tuple[Edge, ...], width: float, height: float) -> Any:
    from pdfplumber.table import TableFinder

    class Page:
        bbox = (0.0, 0.0, width, height)
        chars = ()

    Page.edges = [as_dict(edge) for edge in edges]  # type: ignore[attr-defined]
    return TableFinder(Page())  # type: ignore[arg-type]


def as_dict(edge: Edge) -> dict[str, object]:
    x0, top, x1, bottom = edge
    sizes = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return {"object_type": "line", "orientation": "h" if edge.horizontal else "v", **sizes}


def rounded(boxes: object) -> set[tuple[float, ...]]:
    return {tuple(round(value, 1) for value in box) for box in boxes}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [*RULED, "pdf-office", "pdf-chromium"])
def test_cells_and_tables_are_those_of_pdfplumber(name: str, report: Printed) -> None:
    document = open_pdf(make(name, report), "年报.pdf")
    for index in range(len(document)):
        content = page_by_pdfium(document[index], index + 1)
        theirs = finder(content.edges, content.width, content.height)
        ours = tables_of(cells_of(merge(content.edges)))
        assert sorted(sorted(rounded(table)) for table in ours) == sorted(
            sorted(rounded(table.cells)) for table in theirs.tables if len(table.cells) > 1
        )


@pytest.mark.parametrize("name", RULED)
def test_the_second_parser_reads_the_same_rows(name: str, report: Printed) -> None:
    data = make(name, report)
    assert missing_rows(report, pdf.read(data, "年报.pdf", parser="pdfplumber")) == []


def test_every_cell_of_extract_tables_is_found(report: Printed) -> None:
    import pdfplumber

    data = make("pdf-ruled", report)
    with pdfplumber.open(io.BytesIO(data)) as file:
        theirs = [
            squeezed(cell)
            for page in file.pages
            for table in page.extract_tables()
            for row in table
            for cell in row
            if cell
        ]
    document = pdf.read(data, "年报.pdf")
    ours = [
        squeezed(cell.text)
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    ]
    assert sorted(ours) == sorted([*theirs, *[text for text in ours if not text]])


def test_a_border_left_open_at_a_page_break_is_closed() -> None:
    posts = [Edge(x, 700.0, x, 760.0) for x in (50.0, 150.0, 250.0)]
    rules = [Edge(50.0, y, 250.0, y) for y in (700.0, 730.0)]

    content = PageContent(1, 595.0, 842.0, (), (*posts, *rules))
    grids, _ = find_grids(content, keep_empty=True)
    assert [len(row) for row in grids[0].rows] == [2, 2]
    assert grids[0].box[3] == 760.0


def test_every_cell_knows_its_page_and_its_box(report: Printed) -> None:
    document = pdf.read(make("pdf-ruled", report), "年报.pdf")
    cells = [cell for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row]
    licences = next(cell for cell in cells if cell.text == "20608")
    assert licences.place.page == 1
    left, top, right, bottom = licences.place.box or (0, 0, 0, 0)
    assert 0 < left < right < 595
    assert 0 < top < bottom < 842


def test_a_turned_page_gives_boxes_of_the_page_as_it_is_shown(report: Printed) -> None:
    document = pdf.read(make("pdf-landscape", report), "年报.pdf")
    boxes = [block.place.box for block in document.blocks if block.place.box]
    assert max(box[2] for box in boxes) > 600
    assert max(box[3] for box in boxes) < 595


def test_the_lines_of_a_number_that_had_to_wrap_in_its_cell_are_kept_for_the_sums_to_judge() -> None:
    from index.readers.pageblocks import page_blocks
    from index.readers.pdfpage import Char

    edges = tuple(Edge(x, 10.0, x, 50.0) for x in (10.0, 40.0, 100.0)) + tuple(
        Edge(10.0, y, 100.0, y) for y in (10.0, 50.0)
    )
    wrapped = [Char(text, 16.0 + 6 * at, 12.0, 22.0 + 6 * at, 24.0) for at, text in enumerate("128")]
    wrapped.append(Char("6", 16.0, 26.0, 22.0, 38.0))
    apart = [Char("1", 50.0, 12.0, 56.0, 24.0), Char("2", 50.0, 26.0, 56.0, 38.0)]
    (table,) = page_blocks(PageContent(1, 595.0, 842.0, (*wrapped, *apart), edges))
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["128\n6", "1\n2"]


def test_a_small_digit_raised_behind_a_number_is_the_mark_of_a_note() -> None:
    marked = with_raised([Char("4", 10, 20, 15, 30), Char("2", 15, 20, 20, 30), Char("1", 20, 18, 23, 24)])
    assert "".join(char.text for char in marked) == "42¹"
    level = [Char("4", 10, 20, 15, 30), Char("1", 15, 24, 18, 30)]
    assert with_raised(level) == tuple(level)
