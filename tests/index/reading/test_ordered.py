"""Columns in another order, and sums the form has not, where no grid says what stands where."""

import pytest

from index.readers.text import document_of
from index.reading import Reading, read_figures
from index.reading.stream import Run, stream

TITLE = "示例市甲区民政局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
FIRST = "申请人情况\n总计 自然人 法人或其他组织\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
LAST = "申请人情况 总计\n自然人 法人或其他组织\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
LABELS = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开")


def read(head: str, rows: list[str], separator: str = " ") -> Reading:
    lines = [separator.join([label, *row.split()]) for label, row in zip(LABELS, rows, strict=False)]
    return read_figures(document_of(TITLE + head + "\n".join(lines) + "\n", "a.txt"))


def values(reading: Reading, row: str = "requests.received") -> list[object]:
    return [figure.value for code, figure in reading.figures.items() if code.startswith(f"{row}.")]


@pytest.mark.parametrize("separator", [" ", "\t", "\n"])
def test_totals_named_and_printed_before_the_applicants_are_totals(separator: str) -> None:
    head = FIRST.replace(" ", separator)
    assert values(read(head, ["9 4 5 0 0 0 0", "2 1 0 0 0 0 1", "0 0 0 0 0 0 0"], separator)) == [4, 5, 0, 0, 0, 0, 9]


def test_heads_that_come_first_only_because_they_are_set_high_do_not_move_the_totals() -> None:
    assert values(read(LAST, ["4 5 0 0 0 0 9", "1 0 0 0 0 1 2", "0 0 0 0 0 0 0"])) == [4, 5, 0, 0, 0, 0, 9]


def test_one_row_against_heads_that_name_the_totals_last_is_left_unread() -> None:
    head = "申请人情况\n自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    reading = read(head, ["9 4 5 0 0 0 0", "0 0 0 0 0 0 0"])
    assert values(reading) == []
    assert reading.unread


def test_a_row_that_does_not_add_up_keeps_its_printed_order() -> None:
    rows = ["4 5 0 0 0 0 9", "1 0 0 0 0 1 7", "3 0 0 0 0 0 3"]
    assert values(read(LAST, rows), "requests.carried_in") == [1, 0, 0, 0, 0, 1, 7]


@pytest.mark.parametrize("separator", [" ", "\t", "\n"])
def test_a_column_of_the_organisations_together_is_no_column_of_the_form(separator: str) -> None:
    head = "自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他 小计\n"
    rows = ["4 5 0 0 0 1 6 10", "1 0 2 0 0 0 2 3", "0 0 0 3 0 0 3 3"]
    assert values(read(head.replace(" ", separator), rows, separator)) == [4, 5, 0, 0, 0, 1, 10]


@pytest.mark.parametrize("cell", ["约22", "22+3", "二十二", "22以上"])
def test_nothing_is_computed_in_place_of_what_a_cell_says(cell: str) -> None:
    reading = read(FIRST.replace("总计 ", ""), [f"{cell} 0 0 0 0 0 3"], "\t")
    assert "requests.received.person" not in reading.figures
    assert any(each.code == "requests.received.person" for each in reading.unread)


def test_a_row_of_numbers_alone_keeps_all_of_them() -> None:
    items = stream(document_of("自然人\t商业企业\n12\t1286\t0\t2\t7\t0\n", "a.txt"))
    (row,) = (item for item in items if isinstance(item, Run))
    assert [token.text for token in row.tokens] == ["12", "1286", "0", "2", "7", "0"]
