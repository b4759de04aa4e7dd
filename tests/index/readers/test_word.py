"""Word files: merged cells once, text boxes, what was deleted or hidden left out; DOC by the program that is there."""

from __future__ import annotations

import io
from typing import Any

import pytest

from index.document import Document, Paragraph, Table
from index.errors import UnsupportedFile
from index.readers import doc, read_bytes
from tests.documents import Printed, make
from tests.documents.programs import need


def saved(document: Any) -> Document:
    stream = io.BytesIO()
    document.save(stream)
    return read_bytes(stream.getvalue(), "年报.docx")


@pytest.fixture
def blank() -> Any:
    import docx

    return docx.Document()


def test_merged_cells_stand_once_with_their_spans(blank: Any) -> None:
    table = blank.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "三、本年度办理结果"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "（一）予以公开"
    table.cell(1, 1).text, table.cell(1, 2).text = "1", ""
    (read,) = saved(blank).blocks
    assert isinstance(read, Table)
    assert [(cell.text, cell.column, cell.colspan, cell.rowspan) for cell in read.rows[0]] == [
        ("三、本年度办理结果", 0, 1, 2),
        ("（一）予以公开", 1, 2, 1),
    ]
    assert [(cell.text, cell.column) for cell in read.rows[1]] == [("1", 1), ("", 2)]


def test_hidden_and_deleted_text_is_not_read(blank: Any) -> None:
    from docx.oxml import parse_xml

    paragraph = blank.add_paragraph("申请12件")
    paragraph.add_run("隐藏99").font.hidden = True
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph._p.append(parse_xml(f"<w:del {word}><w:r><w:delText>删去88</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {word}><w:r><w:t>，办结11件</w:t></w:r></w:ins>"))
    assert [block.text for block in saved(blank).blocks if isinstance(block, Paragraph)] == ["申请12件，办结11件"]


def test_a_text_box_is_read_once(blank: Any) -> None:
    from docx.oxml import parse_xml

    box = (
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>框中标题</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框中标题</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    blank.add_paragraph("正文")._p.append(parse_xml(box))
    assert [block.text for block in saved(blank).blocks if isinstance(block, Paragraph)] == ["正文", "框中标题"]


def test_a_table_that_only_lays_out_the_page_gives_the_tables_inside(blank: Any) -> None:
    outer = blank.add_table(rows=1, cols=2)
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "行政许可", "7"
    tables = [block for block in saved(blank).blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for table in tables for row in table.rows] == [["行政许可", "7"]]


def test_headings_are_marked(blank: Any) -> None:
    blank.add_heading("一、总体情况", level=1)
    blank.add_paragraph("正文")
    assert [block.heading for block in saved(blank).blocks if isinstance(block, Paragraph)] == [True, False]


def test_a_doc_without_a_program_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    with pytest.raises(UnsupportedFile, match="LibreOffice"):
        read_bytes(data, "年报.doc")


def test_antiword_reads_what_it_can_and_says_what_it_lost(report: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    need("office", "antiword")
    data = make("doc", report)
    monkeypatch.setattr(doc, "has_office", lambda: False)
    document = read_bytes(data, "年报.doc")
    assert any("antiword" in note for note in document.notes)
    assert any(isinstance(block, Paragraph) and "年度报告" in block.text for block in document.blocks)
    assert not any(block.exact for block in document.blocks if isinstance(block, Table))


def test_the_raised_number_of_a_note_is_no_digit_of_the_number(blank: Any) -> None:
    paragraph = blank.add_table(rows=1, cols=2).cell(0, 1).paragraphs[0]
    paragraph.add_run("12")
    paragraph.add_run("3").font.superscript = True
    (read,) = saved(blank).blocks
    assert isinstance(read, Table)
    assert read.rows[0][1].text == "12³"
