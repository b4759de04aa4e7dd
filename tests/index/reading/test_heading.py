"""Which agency and which year a document says it is of."""

import pytest

from index.document import Document, Paragraph, Place
from index.readers.text import document_of
from index.reading.heading import heading
from index.reading.title import body_title, read_title


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("2024年度示例市甲区人民政府政府信息公开工作年度报告", "示例市甲区人民政府", 2024),
        ("示例市甲区人民政府信息公开工作年度报告（2023年度）", "示例市甲区人民政府", 2023),
        ("示例县乙镇人民政府2024年度政府信息公开工作年度报告", "示例县乙镇人民政府", 2024),
        ("２０２３年示例市（高新区）管委会政府信息公开工作报告", "示例市（高新区）管委会", 2023),
        ("二〇二四年示例省教育厅信息公开年报", "示例省教育厅", 2024),
        ("示例市財政局2020年政府信息公開工作年度報告", "示例市財政局", 2020),
        ("示例市财政局关于2023年政府信息公开工作年度报告", "示例市财政局", 2023),
        ("关于2021年度政府信息公开情况的报告", None, 2021),
        ("县人民政府2022年政府信息公开工作年度报告", None, 2022),
        ("我局2022年政府信息公开工作年度报告", None, 2022),
        ("政府信息公开工作年度报告", None, None),
        ("《示例市甲区人民政府2023年政府信息公开工作年度报告》", "示例市甲区人民政府", 2023),
        ("示例经济技术开发区管理委员会2022年政府信息公开年度报告", "示例经济技术开发区管理委员会", 2022),
        ("示例市甲区乙街道办事处2023年度政府信息公开工作年度报告", "示例市甲区乙街道办事处", 2023),
        ("示例市公安局交通警察支队2022年政府信息公开工作年度报告", "示例市公安局交通警察支队", 2022),
        ("示例市甲区民政局关于2023年度政府信息公开工作情况的报告", "示例市甲区民政局", 2023),
        ("示例市甲区民政局关于报送2023年政府信息公开工作年度报告的报告", "示例市甲区民政局", 2023),
        ("示例市甲区乙镇政府信息公开工作2023年年度报告", "示例市甲区乙镇", 2023),
        ("示例市甲区政府信息公开2023年度工作报告", "示例市甲区", 2023),
        ("示例市水利局政府信息公开2023年年报", "示例市水利局", 2023),
        ("【年度报告】示例市水利局2023年政府信息公开工作年度报告", "示例市水利局", 2023),
        ("示例市水利局法定主动公开内容2023年政府信息公开工作年度报告", "示例市水利局", 2023),
        ("国家税务总局示例市税务局2023年政府信息公开工作年度报告", "国家税务总局示例市税务局", 2023),
        ("示例大学2022-2023学年信息公开工作年度报告", "示例大学", None),
    ],
)
def test_a_title_names_agency_and_year(title: str, agency: str | None, year: int | None) -> None:
    found = read_title("".join(title.split()))
    assert (found.agency, found.year) == (agency, year)


@pytest.mark.parametrize(
    "lines",
    [
        ["示例市甲区民政局", "2024年度政府信息公开", "工作年度报告", "一、总体情况"],
        ["2024年度", "示例市甲区民政局", "政府信息公开工作年度报告"],
        ["示例市甲区", "民政局政府信息公开工作", "年度报告", "（2024年度）"],
        ["正文", "2024年示例市甲区民政局政府信息公开工作", "年度报告"],
    ],
)
def test_a_title_may_be_broken_over_lines(lines: list[str]) -> None:
    found = body_title(lines)
    assert found is not None
    assert (found.agency, found.year) == ("示例市甲区民政局", 2024)


@pytest.mark.parametrize(
    "lines",
    [
        ["示例市自然资源和规划局", "甲区分局2023年度政府", "信息公开工作年度报告"],
        ["2023年", "示例市自然资源和规划局甲区分局", "政府信息公开工作年度报告"],
        ["示例市自然资源和规划局", "甲区分局政府信息公开工作", "2023年度报告"],
    ],
)
def test_a_part_of_an_agency_keeps_the_agency_above_it(lines: list[str]) -> None:
    found = body_title(lines)
    assert found is not None
    assert (found.agency, found.year) == ("示例市自然资源和规划局甲区分局", 2023)


@pytest.mark.parametrize(
    "title",
    [
        "示例市水利局2023年政府信息公开工作年度报告_年度报告_示例市人民政府门户网站",
        "年度报告 - 示例市水利局2023年政府信息公开工作年度报告",
        "示例市水利局 政府信息公开年报 示例市水利局2023年政府信息公开工作年度报告",
        "示例市人民政府 年报 示例市水利局2023年政府信息公开工作年度报告",
        "示例市政府信息公开年报 >> 示例市水利局2023年政府信息公开工作年度报告",
    ],
)
def test_names_of_columns_in_the_title_of_a_page_are_not_the_agency(title: str) -> None:
    found = heading(Document((Paragraph("一、总体情况"),), kind="html", title=title))
    assert (found.agency, found.year) == ("示例市水利局", 2023)


def test_a_heading_before_a_sentence_is_no_part_of_a_name() -> None:
    sentence = "示例市水利局对2023年度政府信息公开工作情况进行了总结。"
    assert heading(document("2023年度信息公开年报", "一、总体情况", sentence)).agency == "示例市水利局"


def document(*lines: str, file: str = "") -> Document:
    return Document(tuple(Paragraph(line) for line in lines), kind="text", file=file)


def test_an_agency_the_title_leaves_open_is_taken_from_the_signature() -> None:
    found = heading(document("2024年政府信息公开工作年度报告", "一、总体情况", "示例市水务局", "2025年1月20日"))
    assert (found.agency, found.year) == ("示例市水务局", 2024)


def test_a_file_name_alone_says_neither_agency_nor_year() -> None:
    found = heading(document("政府信息公开工作年度报告", "一、总体情况", file="示例市水务局2024.pdf"))
    assert (found.agency, found.year) == (None, None)


def test_the_year_is_that_of_the_period_not_of_the_publication() -> None:
    period = "本报告数据统计期限为2023年1月1日至2023年12月31日。"
    found = heading(document("示例市水务局政府信息公开工作年度报告", period, "示例市水务局", "2024年1月20日"))
    assert found.year == 2023


def test_a_signature_that_contradicts_the_title_is_noted() -> None:
    found = heading(document("示例市水务局2024年政府信息公开工作年度报告", "示例市教育局", "2025年1月20日"))
    assert found.agency == "示例市水务局"
    assert any("示例市教育局" in note for note in found.notes)


def at_top(*lines: tuple[str, float]) -> Document:
    """A page with lines of these heights, one under the other, over a text of height 12."""
    top, blocks = 50.0, []
    for text, height in (*lines, *[("本机关认真做好政府信息公开工作。", 12.0)] * 6):
        blocks.append(Paragraph(text, Place(page=1, box=(60.0, top, 500.0, top + height))))
        top += 1.4 * height
    return Document(tuple(blocks), "pdf", "a.pdf")


def test_a_title_broken_in_the_middle_of_the_name_is_joined_by_its_size() -> None:
    found = heading(at_top(("示例省示例市甲区住房和城", 22.0), ("乡建设局2023年政府信息公开工作年度报告", 22.0)))
    assert (found.agency, found.year) == ("示例省示例市甲区住房和城乡建设局", 2023)


def test_a_smaller_line_above_the_title_is_no_part_of_it() -> None:
    found = heading(at_top(("甲区政务服务", 12.0), ("示例市甲区教育局2023年政府信息公开工作年度报告", 22.0)))
    assert found.agency == "示例市甲区教育局"


def test_a_title_broken_within_the_year_or_the_name_at_the_top_of_a_text_is_joined() -> None:
    for text in (
        "示例市甲区教育局2023\n年政府信息公开工作年度报告",
        "示例市甲区住房和城\n乡建设局2023年政府信息公开工作年度报告",
    ):
        found = heading(document_of(text + "\n一、总体情况\n", "a.txt"))
        assert (found.agency, found.year) == (text.split("2023")[0].replace("\n", ""), 2023)


def test_a_running_title_above_the_title_is_no_part_of_it() -> None:
    text = "示例县人民政府公报 2024年第3期\n示例市甲区教育局2023年政府信息公开工作年度报告\n一、总体情况\n"
    found = heading(document_of(text, "a.txt"))
    assert (found.agency, found.year) == ("示例市甲区教育局", 2023)


def test_a_letter_that_was_not_recognised_does_not_hide_the_title_of_a_scan() -> None:
    lines = (Paragraph("示例市甲区民政局2023年政府信息公井工作年度报告"), Paragraph("一、总体情况"))
    assert heading(Document(lines, "scan", "a.pdf")).agency == "示例市甲区民政局"
    assert heading(Document(lines, "html", "a.html")).agency is None
