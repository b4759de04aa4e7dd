"""Every layout of tests/documents comes out of its reader cell for cell, or, where nothing is exact, line for line."""

from __future__ import annotations

import pytest

from index.document import Table
from tests.documents import Printed, parameters, printed
from tests.index.readers.check import missing_rows, number_rows, prose, read, squeezed, table_rows


@pytest.mark.parametrize("name", parameters(slow=True, exact=True))
def test_every_row_of_numbers_is_read_in_order(name: str, report: Printed) -> None:
    document = read(name, report)
    assert missing_rows(report, document) == []
    assert all(block.exact for block in document.blocks if isinstance(block, Table))


@pytest.mark.parametrize("name", ["txt-tabs", "txt-bare-tabs", "txt-pipes", "markdown"])
def test_rows_of_texts_keep_their_blank_cells(name: str, report: Printed) -> None:
    assert missing_rows(report, read(name, report)) == []


@pytest.mark.parametrize("name", ["txt-cells", "txt-cells-piped", "txt-wrapped"])
def test_texts_with_a_cell_or_a_wrapped_line_lose_nothing(name: str) -> None:
    report = printed({"requests.received.person": 215, "disclosure.fees.amount": "7730.28"})
    found = [text for row in table_rows(read(name, report)) for text in row]
    wanted = [number for row in number_rows(report) for number in row]
    joined = "".join(found)
    assert all(number in joined for number in wanted)
    assert joined.count("0") == "".join(wanted).count("0") + squeezed_zeros(report)


def squeezed_zeros(report: Printed) -> int:
    """Zeros of the prose, title and signature."""
    prose_text = "".join(text for texts in report.prose.values() for text in texts)
    return squeezed(prose_text + report.title + f"{report.year + 1}年1月15日").count("0")


@pytest.mark.parametrize("name", ["pdf-borderless", "pdf-borderless-framed", "pdf-row-rules"])
def test_tables_without_a_grid_keep_their_rows_together(name: str, report: Printed) -> None:
    document = read(name, report)
    assert missing_rows(report, document) == []
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert tables
    assert not any(table.exact for table in tables)


@pytest.mark.parametrize("name", parameters(slow=True))
def test_title_and_prose_are_outside_the_tables(name: str, report: Printed) -> None:
    document = read(name, report)
    text = prose(document)
    assert "示例市甲区人民政府2024年政府信息公开工作年度报告" in text
    assert "全年通过门户网站发布信息1286条" in text
    assert "本年度未收取信息处理费" in text


@pytest.mark.parametrize("name", ["html-system", "html-nested"])
def test_other_reports_named_around_an_article_are_left_out(name: str, report: Printed) -> None:
    document = read(name, report)
    text = "".join(text for row in table_rows(document) for text in row)
    assert "示例市乙区" not in text
    assert "241698" not in text
    assert "栏目" not in text


def test_a_picture_of_a_page_gives_its_table_and_its_title(report: Printed) -> None:
    document = read("png", report)
    assert document.kind == "scan"
    assert "示例市甲区人民政府2024年政府信息公开工作年度报告" in prose(document)
    assert ("行政许可", "20608") in table_rows(document)
    assert ("行政事业性收费", "7730.28") in table_rows(document)
