"""A figure's evidence can be looked at: the printed cell boxed on its page, or its table or lines with it marked."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.samples import SAMPLES_IN_SOURCE
from index.document import Document, Place
from index.drawing import chinese_font
from index.errors import FileUnreadable
from index.readers import picture, read_document
from index.reading import read_figures

pytestmark = pytest.mark.skipif(chinese_font() is None, reason="no Chinese font on this machine")

FIELD = "requests.received.total"


def evidence(name: str) -> tuple[Path, Document, Place]:
    path = SAMPLES_IN_SOURCE / name
    document = read_document(path)
    place = read_figures(document).figures[FIELD].place
    assert place
    return path, document, place


def marked(png: bytes) -> tuple[int, int, int, int]:
    """The box of the red frame."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    red = image.point(lambda value: value).convert("RGB")
    mask = Image.new("1", red.size)
    mask.putdata([r > 180 and g < 90 and b < 90 for r, g, b in red.get_flattened_data()])
    box = mask.getbbox()
    assert box, "nothing is marked"
    return box


def test_the_cell_of_a_pdf_is_boxed_on_its_page() -> None:
    path, _, place = evidence("geermu-2024.pdf")
    left, top, right, bottom = marked(picture.picture_of_page(path, place))
    assert place.box
    width, height = (place.box[2] - place.box[0]) * picture.SCALE, (place.box[3] - place.box[1]) * picture.SCALE
    assert right - left == pytest.approx(width + 10, abs=3)
    assert bottom - top == pytest.approx(height + 10, abs=3)


@pytest.mark.parametrize("name", ["hongze-2023.html", "geermu-dongcheng-2024.docx"])
def test_the_table_of_other_formats_is_drawn_with_the_cell_marked(name: str) -> None:
    _, document, place = evidence(name)
    left, top, right, bottom = marked(picture.picture_of_table(document, place))
    assert right - left < 400
    assert bottom - top < 60


def test_the_line_of_a_text_is_marked() -> None:
    _, document, place = evidence("shanghai-kewei-2024.txt")
    left, top, right, bottom = marked(picture.picture_of_lines(document, place))
    assert right - left > 1000
    assert bottom - top < 60


def test_a_figure_without_a_place_is_said_not_drawn() -> None:
    path, document, _ = evidence("geermu-2024.pdf")
    with pytest.raises(FileUnreadable, match="无法画图"):
        picture.picture_of_page(path, Place())
    with pytest.raises(FileUnreadable, match="无法画图"):
        picture.picture_of_table(document, Place(row=1))
    with pytest.raises(FileUnreadable, match="无法画图"):
        picture.picture_of_lines(document, Place())
