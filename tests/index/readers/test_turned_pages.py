"""Pages shown or printed sideways, fonts that do not say their letters, digits that stand over a rule."""

from __future__ import annotations

import io

import pytest

from index.readers.pdf import _is_picture
from index.readers.pdffile import open_pdf
from index.readers.pdfpage import Char, Edge, PageContent, page_by_pdfium, upright
from index.readers.pdftables import find_grids


def page(rotation: int, angle: int) -> bytes:
    """A page shown in a rotation, with a line of text drawn at an angle."""
    from reportlab.pdfgen import canvas

    stream = io.BytesIO()
    drawn = canvas.Canvas(stream, pagesize=(400, 600))
    drawn.setPageRotation(rotation)
    drawn.translate(200, 300)
    drawn.rotate(angle)
    drawn.drawString(0, 0, "HELLO")
    drawn.save()
    return stream.getvalue()


@pytest.mark.parametrize(("rotation", "angle"), [(0, 0), (90, 90), (270, -90), (180, 180), (0, 90), (90, 0), (180, 0)])
def test_text_is_read_upright_however_the_page_is_shown(rotation: int, angle: int) -> None:
    shown = open_pdf(page(rotation, angle), "a.pdf")[0]
    chars = page_by_pdfium(shown, 1).chars
    assert "".join(char.text for char in sorted(chars, key=lambda char: char.x0)) == "HELLO"
    assert len({round(char.bottom) for char in chars}) == 1
    assert upright(shown) == angle // 90 % 4


def test_a_watermark_across_the_page_is_no_part_of_its_text() -> None:
    from reportlab.pdfgen import canvas

    stream = io.BytesIO()
    drawn = canvas.Canvas(stream, pagesize=(400, 600))
    for at in range(8):
        drawn.drawString(40, 500 - 20 * at, "12345")
    drawn.translate(30, 300)
    drawn.rotate(30)
    drawn.setFontSize(40)
    drawn.drawString(0, 0, "2024")
    drawn.save()
    chars = page_by_pdfium(open_pdf(stream.getvalue(), "a.pdf")[0], 1).chars
    assert "".join(char.text for char in chars) == "12345" * 8


def test_a_page_whose_fonts_do_not_say_their_letters_is_looked_at() -> None:
    chars = tuple(Char("ࡩ", 10.0 * at, 0, 10.0 * at + 9, 12) for at in range(40))
    assert _is_picture(PageContent(1, 600, 800, chars, (), unmapped=0.7))
    assert not _is_picture(PageContent(1, 600, 800, chars, (), unmapped=0.1))


def test_the_digits_of_a_number_over_a_rule_stay_together() -> None:
    edges = [Edge(0, y, 60, y) for y in (0, 20, 40)] + [Edge(x, 0, x, 40) for x in (0, 20, 40, 60)]
    over = (Char("4", 16, 4, 22, 14), Char("6", 22, 4, 28, 14))
    beside = (Char("7", 34, 24, 40, 34), Char("8", 40, 24, 46, 34))
    (grid,), outside = find_grids(PageContent(1, 100, 100, (*over, *beside), tuple(edges)))
    rows = [["".join(char.text for char in cell.chars) for cell in row] for row in grid.rows]
    assert rows == [["", "46", ""], ["", "7", "8"]]
    assert outside == []
