"""Several reports in one file are refused, also where most of their rows are alike."""

import pytest

from index.errors import NotAReport
from index.readers import read_bytes
from index.reading import read_figures
from tests.index.pages import page


def test_two_reports_of_small_numbers_in_one_page_are_not_one_report() -> None:
    one, other = (page("示例市甲区人民政府", year, received) for year, received in ((2024, 30), (2023, 20)))
    both = one.replace("</body></html>", "") + other
    with pytest.raises(NotAReport, match="几份报告"):
        read_figures(read_bytes(both.encode(), "两年.html"))


def test_the_same_table_printed_twice_is_still_one_report() -> None:
    text = page("示例市甲区人民政府", 2024)
    table = text[text.index("<table") : text.index("</table>") + len("</table>")]
    reading = read_figures(read_bytes(text.replace(table, table + table).encode(), "一年.html"))
    assert reading.figures["requests.received.total"].value == 30


def test_two_whole_web_pages_in_one_file_are_refused() -> None:
    labels = (
        "一、本年新收政府信息公开申请数量",
        "（一）予以公开",
        "2.重复申请",
        "（七）总计",
        "四、结转下年度继续办理",
    )
    pages = []
    for number in (1, 2):
        rows = "".join(f"<tr><td>{label}</td>{f'<td>{number}</td>' * 7}</tr>" for label in labels)
        title = f"示例市甲区202{number}年政府信息公开工作年度报告"
        head = f"<!DOCTYPE html><html><head><title>{title}</title></head>"
        pages.append(f"{head}<body><h1>{title}</h1><table>{rows}</table></body></html>\n")
    with pytest.raises(NotAReport, match="几份"):
        read_figures(read_bytes("".join(pages).encode(), "a.html"))
