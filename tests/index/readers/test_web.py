"""Web pages: spans, hidden parts, layout tables, furniture."""

from __future__ import annotations

from index.document import Document, Paragraph, Table
from index.readers import read_bytes


def page(body: str) -> Document:
    return read_bytes(f"<html><head><title>年报_某网站</title></head><body>{body}</body></html>".encode(), "a.html")


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def test_spans_give_columns_of_the_full_grid() -> None:
    (table,) = tables(
        page("<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr></table>")
    )
    assert [(cell.text, cell.column, cell.colspan, cell.rowspan) for row in table.rows for cell in row] == [
        ("甲", 0, 1, 2),
        ("乙", 1, 2, 1),
        ("1", 1, 1, 1),
        ("2", 2, 1, 1),
    ]
    assert table.rows[1][1].place.column == 3


def test_a_rowspan_ends_with_its_part_of_the_table() -> None:
    (table,) = tables(
        page("<table><thead><tr><td rowspan=9>甲</td><td>乙</td></thead><tbody><tr><td>1</td><td>2</td></table>")
    )
    assert [cell.column for cell in table.rows[1]] == [0, 1]


def test_senseless_spans_do_no_harm() -> None:
    (table,) = tables(
        page("<table><tr><td colspan=99999999 rowspan=-1>甲</td><td>乙</td></tr><tr><td colspan=x>1</td></table>")
    )
    assert [cell.text for row in table.rows for cell in row] == ["甲", "乙", "1"]


def test_hidden_cells_scripts_and_comments_are_not_there() -> None:
    document = page(
        "<table><tr><td>甲</td><td style='display: none'>9</td><td>1<!--2--><script>3</script></td></tr>"
        "<tr hidden><td>8</td><td>8</td></tr></table>"
    )
    assert [[cell.text for cell in row] for row in tables(document)[0].rows] == [["甲", "1"]]


def test_line_breaks_and_hard_spaces_are_kept_apart_from_the_source_s_own() -> None:
    document = page(
        "<p>示例市&nbsp;甲区<br>2024年</p><p>公开\n  工作</p><table><tr><td>&nbsp;</td><td> 1 </td></tr></table>"
    )
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "示例市 甲区\n2024年",
        "公开工作",
    ]
    assert [cell.text for cell in tables(document)[0].rows[0]] == ["", "1"]


def test_prose_in_a_frame_is_paragraphs() -> None:
    prose = "本年度认真做好政府信息公开工作，及时回应社会关切。" * 20
    document = page(f"<table><tr><td>一</td><td><p>{prose}</p></td></tr></table>")
    assert not tables(document)


def test_a_list_of_links_goes_and_a_table_of_numbers_in_it_stays() -> None:
    numbers = "".join(f"<td>{number}</td>" for number in range(10))
    document = page(
        "<ul><li><a href=1>甲区年报</a></li><li><a href=2>乙区年报</a></li><li><a href=3>丙区年报</a></li></ul>"
        f'<div class="footer"><table><tr><td>行政复议</td></tr><tr>{numbers}</tr></table></div>'
    )
    assert [block for block in document.blocks if isinstance(block, Paragraph)] == []
    assert len(tables(document)[0].rows[1]) == 10


def test_title_and_metadata_are_kept() -> None:
    data = "<head><meta charset=gbk><title>年报</title><meta name=ContentSource content='示例市甲区'></head><p>正文</p>"
    document = read_bytes(data.encode("gbk"), "a.html")
    assert document.title == "年报"
    assert document.metadata == {"ContentSource": "示例市甲区"}


def test_a_page_saved_as_one_file_is_read() -> None:
    body = "<html><body><table><tr><td>甲</td><td>1</td></tr></table></body></html>"
    data = (
        "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=XX\r\n\r\n--XX\r\n"
        f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n--XX--\r\n"
    )
    assert [cell.text for cell in tables(read_bytes(data.encode(), "a.mht"))[0].rows[0]] == ["甲", "1"]
