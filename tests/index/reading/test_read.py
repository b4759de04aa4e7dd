"""The walk from a document to a report, on small documents written out here."""

from pathlib import Path

import pytest

from index.document import Cell, Document, Paragraph, Place, Table
from index.errors import AgencyUnknown, NotAReport, YearUnknown
from index.readers import read_bytes
from index.readers.text import document_of
from index.reading import Reading, read_figures, read_report

TITLE = "示例市甲区民政局2024年政府信息公开工作年度报告\n"
HEADS = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n申请人情况\n自然人\n总计\n"
REQUESTS = "三、收到和处理政府信息公开申请情况\n" + HEADS
RECEIVED = "一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3\n"


def read(text: str) -> Reading:
    return read_figures(document_of(text, "a.txt"))


def values(reading: Reading, row: str) -> list[object]:
    return [figure.value for code, figure in reading.figures.items() if code.startswith(f"{row}.")]


def test_a_row_of_zeros_that_lost_a_cell_is_read() -> None:
    reading = read(TITLE + REQUESTS + RECEIVED + "二、上年结转政府信息公开申请数量 0 0 0 0 0 0\n")
    assert values(reading, "requests.carried_in") == [0] * 7


def test_a_zero_that_may_be_the_cell_that_is_missing_is_not_called_printed() -> None:
    reading = read(TITLE + REQUESTS + RECEIVED + "二、上年结转政府信息公开申请数量 0 0 0 0 0 0\n")
    assert {figure.status for code, figure in reading.figures.items() if "carried_in" in code} == {"derived"}


def test_without_a_head_of_totals_an_empty_cell_beside_the_label_is_not_taken_for_a_column() -> None:
    heads = REQUESTS.replace("总计\n", "商业企业\n其他\n")
    rows = "一、本年新收政府信息公开申请数量\t\t4\t\t\t\t\t3\n三、本年度办理结果\t（一）予以公开\t\t\t2\t\t5\t\t3\n"
    reading = read(TITLE + heads + rows)
    assert not [code for code, figure in reading.figures.items() if figure.value is not None]
    assert reading.unread


def test_totals_named_before_the_applicants_in_a_head_of_two_lines_stand_first() -> None:
    heads = "\t总计\t自然人\t法人或其他组织\n\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n"
    row = "一、本年新收政府信息公开申请数量\t9\t4\t5\t0\t0\t0\t0\n"
    reading = read(
        TITLE + "三、收到和处理政府信息公开申请情况\n" + heads + row + row.replace("一、本年新收", "二、上年结转")
    )
    assert values(reading, "requests.received") == [4, 5, 0, 0, 0, 0, 9]


def test_numbers_of_reviews_and_suits_with_empty_cells_are_no_row_of_requests() -> None:
    rows = "（六）其他处理\n1 0 0 0 0 0 1\n（七）总计 3 0 0 0 0 0 3\n四、结转下年度继续办理\n74\n74\n"
    suits = (
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议\n行政诉讼\n结果维持\n总计\n289\n289\n164\n164\n378\n39\n417\n"
    )
    assert values(read(TITLE + REQUESTS + RECEIVED + rows + suits), "requests.carried_out") == []


def test_a_short_row_that_can_be_read_in_two_ways_is_not_read() -> None:
    reading = read(TITLE + REQUESTS + RECEIVED + "二、上年结转政府信息公开申请数量 1 0 0 0 0 1\n")
    assert values(reading, "requests.carried_in") == []
    assert any(unread.code == "requests.carried_in" for unread in reading.unread)


def test_a_number_between_the_lines_of_a_label_belongs_to_it() -> None:
    text = "（二）部分公开（区分处理的，只计这一情\n2 0 0 0 0 0 2\n形，不计其他情形）\n"
    assert values(read(TITLE + REQUESTS + RECEIVED + text), "requests.partly_granted") == [2, 0, 0, 0, 0, 0, 2]


def test_numbers_whose_labels_stand_after_them_are_read_in_order() -> None:
    text = (
        "（一）予以公开 1 0 0 0 0 0 1\n2 0 0 0 0 0 2\n（二）部分公开（区分处理的，只计\n这一情形，不计其他情形）\n"
        "1.属于国家秘密 0 0 0 0 0 0 0\n"
    )
    assert values(read(TITLE + REQUESTS + RECEIVED + text), "requests.partly_granted") == [2, 0, 0, 0, 0, 0, 2]


def test_two_rows_and_one_line_of_numbers_without_a_label_is_not_read() -> None:
    text = "1.属于国家秘密 0 0 0 0 0 0 0\n2 0 0 0 0 0 2\n4.保护第三方合法权益 0 0 0 0 0 0 0\n"
    reading = read(TITLE + REQUESTS + RECEIVED + text)
    assert not any("prohibited" in code or "security" in code for code in reading.figures)
    assert any("2 0 0 0 0 0 2" in unread.text for unread in reading.unread)


def test_what_is_not_printed_is_absent_and_prose_fills_nothing() -> None:
    reading = read(TITLE + "一、总体情况\n全年收到申请 30 件，办结 29 件。\n" + REQUESTS + RECEIVED)
    assert {code.rsplit(".", 1)[0] for code in reading.figures} == {"requests.received"}


def test_what_the_prose_says_otherwise_than_the_table_is_noted_and_changes_nothing() -> None:
    prose = "一、总体情况\n2024年，我局共收到政府信息公开申请4件。\n"
    report = read_report(document_of(TITLE + prose + REQUESTS + RECEIVED + "（一）予以公开 3 0 0 0 0 0 3\n", "a.txt"))
    assert report.figures["requests.received.total"].value == 3
    (found,) = report.contradictions
    assert found.detail == "正文说4件，表中为3件（“2024年,我局共收到政府信息公开申请4件”）"
    assert f"正文与表格不一致：{found.detail}" in report.notes
    assert all(check.holds for check in report.checks)


def test_a_wrong_total_is_kept_as_printed_and_the_check_says_so() -> None:
    reading = read(
        TITLE + REQUESTS + "一、本年新收政府信息公开申请数量 3 0 0 0 0 0 5\n" + "（一）予以公开 1 0 0 0 0 0 1\n"
    )
    assert reading.figures["requests.received.total"].value == 5
    assert [check.holds for check in reading.checks] == [False, True]


def test_a_group_printed_as_one_row_has_its_own_code_in_any_edition() -> None:
    reading = read(TITLE + REQUESTS + RECEIVED + "（六）其他处理 2 0 0 0 0 0 2\n（七）总计 3 0 0 0 0 0 3\n")
    assert values(reading, "requests.other") == [2, 0, 0, 0, 0, 0, 2]


def test_money_without_a_unit_that_may_be_yuan_is_not_read() -> None:
    heads = "第二十条第（九）项\n信息内容 采购项目数量 采购总金额\n"
    reading = read(TITLE + "规范性文件 0 0 0\n" + heads + "政府集中采购 3 1035000\n")
    assert "procurement.amount" not in reading.figures
    assert any(unread.code == "procurement.amount" for unread in reading.unread)


def test_an_empty_cell_is_blank_and_derived_where_the_equation_leaves_one_value() -> None:
    cells = ["一、本年新收政府信息公开申请数量", "3", "", "0", "0", "0", "0", "4"]
    other = ["（一）予以公开", "", "", "0", "0", "0", "0", "4"]
    rows = tuple(tuple(Cell(text, Place(table=1), at) for at, text in enumerate(row)) for row in (cells, other))
    reading = read_figures(Document((Paragraph(TITLE), Table(rows)), kind="html"))
    company = reading.figures["requests.received.company"]
    assert (company.value, company.status) == (1, "derived")
    assert reading.figures["requests.granted.person"].status == "blank"


def test_prose_keeps_its_section_topic_and_line() -> None:
    text = "二、总体情况\n全年培训三次，覆盖各科\n室。\n五、存在的主要问题及改进情况\n更新不及时。\n"
    found = [(each.topic, each.text, each.place.line) for each in read(TITLE + text + RECEIVED).passages]
    assert found == [("overview", "全年培训三次，覆盖各科室。", 3), ("problems", "更新不及时。", 6)]


@pytest.mark.parametrize(
    "text",
    [
        "示例市2024年政府信息公开工作年度报告解读\n一、总体情况\n好。\n三、申请情况\n好。\n",
        "示例市2024年12月政府信息公开情况月报\n" + RECEIVED + "（一）予以公开 1 0 0 0 0 0 1\n",
        "示例市2024年1—9月政府信息公开工作情况\n" + RECEIVED + "（一）予以公开 1 0 0 0 0 0 1\n",
        "××县××局20××年政府信息公开工作年度报告\n" + RECEIVED + "（一）予以公开 1 0 0 0 0 0 1\n",
        "示例市2024年上半年政府信息公开工作情况报告\n" + RECEIVED + "（一）予以公开 1 0 0 0 0 0 1\n",
        "示例市水务局2024年部门预算\n一、收支总表\n收入 3 4\n",
        "今天天气不错\n",
    ],
)
def test_what_is_not_an_annual_report_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NotAReport) as refusal:
        read(text)
    assert "a.txt" in str(refusal.value)


def test_several_reports_in_one_file_are_refused() -> None:
    rows = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开"]
    rows += ["1.属于国家秘密", "4.保护第三方合法权益", "（七）总计"]
    text = "".join(f"{label} {{0}} 0 0 0 0 0 {{0}}\n" for label in rows)
    with pytest.raises(NotAReport, match="几份"):
        read(TITLE + text.format(3) + TITLE.replace("甲", "乙") + text.format(4))


def test_a_report_needs_an_agency_and_a_year_and_they_can_be_given() -> None:
    nobody = document_of("政府信息公开工作年度报告\n" + REQUESTS + RECEIVED + "（一）予以公开 1 0 0 0 0 0 1\n", "a.txt")
    with pytest.raises(AgencyUnknown, match="--agency"):
        read_report(nobody)
    with pytest.raises(YearUnknown, match="--year"):
        read_report(nobody, agency="示例市水务局")
    report = read_report(nobody, agency="示例市水务局", year=2022)
    assert (report.agency, report.year, report.edition) == ("示例市水务局", 2022, "2021")


def test_a_row_printed_again_with_other_numbers_is_noted_and_the_first_counts() -> None:
    again = "（一）予以公开 1 0 0 0 0 0 1\n（一）予以公开 2 0 0 0 0 0 2\n"
    reading = read(TITLE + REQUESTS + RECEIVED + again)
    assert values(reading, "requests.granted") == [1, 0, 0, 0, 0, 0, 1]
    assert any("（一）予以公开" in note and "两次" in note for note in reading.notes)


RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def page(disputes: str, cell: str = "3") -> Reading:
    """A page with one row of requests and a table of reviews and suits."""
    values = "".join(f"<td>{text}</td>" for text in (cell, 0, 0, 0, 0, 0, 3))
    rows = f"<tr><td>一、本年新收政府信息公开申请数量</td>{values}</tr>"
    rows += "<tr><td>（一）予以公开</td>" + "<td>0</td>" * 7 + "</tr>"
    body = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>工作有序开展。</p><table>{rows}</table><table>{disputes}</table>"
    return read_figures(read_bytes(f"<html><body>{body}</body></html>".encode(), "a.html"))


def test_results_printed_as_rows_are_read() -> None:
    heads = "<tr><td rowspan=2></td><td rowspan=2>行政复议</td><td colspan=2>行政诉讼</td></tr>"
    heads += "<tr><td>未经复议直接起诉</td><td>复议后起诉</td></tr>"
    numbers = [(1, 5, 0), (2, 0, 0), (0, 0, 7), (0, 1, 0), (3, 6, 7)]
    rows = "".join(
        f"<tr><td>{label}</td>" + "".join(f"<td>{number}</td>" for number in row) + "</tr>"
        for label, row in zip(RESULTS, numbers, strict=True)
    )
    reading = page(heads + rows)
    assert values(reading, "review") == [1, 2, 0, 0, 3]
    assert values(reading, "litigation.direct") == [5, 0, 0, 1, 6]
    assert values(reading, "litigation.after_review") == [0, 0, 7, 0, 7]


@pytest.mark.parametrize("separator", ["\t", " | "])
def test_a_column_of_totals_before_the_others_is_read_by_its_head(separator: str) -> None:
    heads = ["申请人情况", "总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    numbers = ["5", "3", "2", "0", "0", "0", "0"]
    rows = [heads, ["一、本年新收政府信息公开申请数量", *numbers], ["（一）予以公开", *numbers]]
    reading = read(TITLE + "\n".join(separator.join(row) for row in rows) + "\n")
    assert values(reading, "requests.received") == [3, 2, 0, 0, 0, 0, 5]


def test_totals_printed_before_the_results_are_totals() -> None:
    heads = "<tr>" + "".join(f"<td colspan=5>{text}</td>" for text in ("行政复议", "未经复议直接起诉", "复议后起诉"))
    heads += "</tr><tr>" + "".join(f"<td>{text}</td>" for text in [RESULTS[4], *RESULTS[:4]] * 3) + "</tr>"
    numbers = [3, 1, 2, 0, 0, 6, 5, 0, 0, 1, 7, 0, 0, 7, 0]
    reading = page(heads + "<tr>" + "".join(f"<td>{number}</td>" for number in numbers) + "</tr>")
    assert values(reading, "review") == [1, 2, 0, 0, 3]
    assert values(reading, "litigation.direct") == [5, 0, 0, 1, 6]
    assert values(reading, "litigation.after_review") == [0, 0, 7, 0, 7]


@pytest.mark.parametrize(
    "cell", ["3<sup>1</sup>", "3<sup>[2]</sup>", "3①", "3*", '3<span style="vertical-align: super">1</span>']
)
def test_the_mark_of_a_note_is_no_digit(cell: str) -> None:
    assert page("", cell).figures["requests.received.person"].value == 3


def test_a_text_in_a_cell_does_not_move_its_neighbours() -> None:
    cells = "".join(f"<td>{text}</td>" for text in (2, "见附件", 0, 0, 0, 0, 5))
    reading = page(f"<tr><td>四、结转下年度继续办理</td>{cells}</tr>")
    assert reading.figures["requests.carried_out.person"].value == 2
    assert reading.figures["requests.carried_out.total"].value == 5
    assert reading.figures["requests.carried_out.company"].status == "derived"


LABEL = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"


@pytest.mark.parametrize(
    "rows",
    [
        f"（六）其他处理\n{LABEL[:7]}\n{LABEL[7:20]}\n{LABEL[20:]}\n1 0 0 0 0 0 1\n3.其他 2 0 0 0 0 0 2\n",
        f"三、本年度办理结果 （六）其他处理 {LABEL} 1 0 0 0 0 0 1\n"
        "三、本年度办理结果 （六）其他处理 3.其他 2 0 0 0 0 0 2\n",
    ],
)
def test_a_row_of_a_group_is_not_taken_for_the_group(rows: str) -> None:
    reading = read(TITLE + REQUESTS + RECEIVED + rows)
    assert values(reading, "requests.other.not_corrected") == [1, 0, 0, 0, 0, 0, 1]
    assert values(reading, "requests.other.miscellaneous") == [2, 0, 0, 0, 0, 0, 2]
    assert "requests.other.person" not in reading.figures


def test_digits_that_had_no_room_in_their_line_make_a_row_doubtful_that_does_not_add_up() -> None:
    rows = "二、上年结转政府信息 18 0 0 0 0 2 2\n公开申请数量 0\n（一）予以公开 1 0 0 0 0 0 1\n行政许可 4202\n7\n"
    reading = read(TITLE + REQUESTS + RECEIVED + rows)
    assert values(reading, "requests.carried_in") == []
    assert values(reading, "requests.granted") == [1, 0, 0, 0, 0, 0, 1]
    assert len(reading.unread) >= 1


def of_pages(*pages: list[list[str]]) -> Document:
    """Ruled tables, one a page, of a label and numbers."""
    blocks = [Paragraph(TITLE.strip(), Place(page=1)), Paragraph("三、收到和处理政府信息公开申请情况", Place(page=1))]
    for number, rows in enumerate(pages, start=1):
        cells = tuple(
            tuple(
                Cell(text, Place(page=number, box=(50.0 * at, 20.0 * y, 50.0 * at + 50, 20.0 * y + 20)), at)
                for at, text in enumerate(row)
            )
            for y, row in enumerate(rows)
        )
        blocks.append(Table(cells, Place(page=number)))
    return Document(tuple(blocks), "pdf", "a.pdf")


def test_a_row_cut_by_the_end_of_a_page_is_one_row() -> None:
    first = [["一、本年新收政府信息公开申请数量", *"3000003"], ["二、上年结转政府", "12", *"00000", "1"]]
    second = [["信息公开申请数量", *[""] * 6, "2"], ["（一）予以公开", *"2000002"]]
    reading = read_figures(of_pages(first, second))
    assert values(reading, "requests.carried_in") == [12, 0, 0, 0, 0, 0, 12]
    assert values(reading, "requests.granted") == [2, 0, 0, 0, 0, 0, 2]


def test_digits_on_two_lines_of_a_cell_are_one_number_only_where_the_row_adds_up() -> None:
    rows = [["一、本年新收政府信息公开申请数量", "21\n3", *"00000", "213"], ["（七）总计", "21\n0", *"00000", "21"]]
    reading = read_figures(of_pages(rows))
    assert values(reading, "requests.received") == [213, 0, 0, 0, 0, 0, 213]
    assert "requests.handled.person" not in reading.figures


def test_a_row_of_empty_cells_at_the_top_of_a_page_is_a_row() -> None:
    first = [["一、本年新收政府信息公开申请数量", *"3000003"], ["二、上年结转政府信息公开申请数量", *"1000001"]]
    second = [["（一）予以公开", *[""] * 7], ["（二）部分公开（区分处理的，只计这一情形，不计其他情形）", *"2000002"]]
    reading = read_figures(of_pages(first, second))
    assert values(reading, "requests.carried_in") == [1, 0, 0, 0, 0, 0, 1]
    assert values(reading, "requests.granted") == [None] * 7


SHARED = Path(__file__).parents[4] / "shared" / "reports" / "real"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder is absent")
def test_the_real_texts_are_read_cell_for_cell() -> None:
    import json

    for gold in (json.loads(path.read_text(encoding="utf-8")) for path in SHARED.glob("*.json")):
        if not gold["file"].endswith(".txt"):
            continue
        reading = read_figures(document_of((SHARED / gold["file"]).read_text(encoding="utf-8"), gold["file"]))
        found = {code: float(reading.figures[code].value or 0) for code in gold["figures"] if code in reading.figures}
        assert found == gold["figures"], gold["file"]
        assert (reading.agency, reading.year) == (gold["agency"], gold["year"])
