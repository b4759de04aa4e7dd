"""What the prose says against what the table prints: only what is unmistakable counts."""

import pytest

from index.contradictions import contradictions
from index.report import Figure, Passage

CELLS = {
    "requests.received.total": 30,
    "requests.carried_in.total": 2,
    "requests.handled.total": 29,
    "requests.carried_out.total": 3,
    "requests.granted.total": 11,
    "review.total": 5,
    "litigation.direct.total": 1,
    "litigation.after_review.total": 1,
}
FIGURES = {code: Figure(code, value) for code, value in CELLS.items()}


def against(text: str, topic: str = "overview", figures: dict[str, Figure] = FIGURES) -> dict[str, tuple[int, int]]:
    passage = Passage("一、总体情况", text, topic=topic)
    found = contradictions([passage], figures, "示例市甲区民政局", 2024)
    return {each.code: (each.said, each.printed) for each in found}


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("2024年，我局共收到政府信息公开申请31件。", "requests.received.total", 31),
        ("2024年示例市甲区民政局收到依申请公开申请 31 件，已办结。", "requests.received.total", 31),
        ("全年新收政府信息公开申请1,031件，上年结转2件。", "requests.received.total", 1031),
        ("本年度未收到政府信息公开申请。", "requests.received.total", 0),
        ("全年收到申请30件，办结28件。", "requests.handled.total", 28),
        ("全年收到申请30件，上年结转1件，办结29件，结转下年度3件。", "requests.carried_in.total", 1),
        ("全年收到申请30件，其中予以公开10件。", "requests.granted.total", 10),
        ("2024年度，因政府信息公开引发的行政复议3件。", "review.total", 3),
        ("2024年度，因政府信息公开引发的行政复议5件，行政诉讼3件。", "litigation.total", 3),
    ],
)
def test_a_total_of_the_prose_that_the_table_does_not_print_is_found(text: str, code: str, said: int) -> None:
    printed = CELLS.get(code, 2)
    assert against(text, "disputes" if code.startswith(("review", "lit")) else "overview") == {code: (said, printed)}


def test_no_disputes_at_all_contradicts_both_cells() -> None:
    text = "本年度未发生因政府信息公开的行政复议、行政诉讼案件。"
    assert against(text, "disputes") == {"review.total": (0, 5), "litigation.total": (0, 2)}


@pytest.mark.parametrize(
    "text",
    [
        "2024年，我局共收到政府信息公开申请30件，办结29件，结转下年度3件。",
        "2023年，我局共收到政府信息公开申请12件。",
        "全区各单位共收到申请120件。",
        "其中区教育局收到申请3件，予以公开3件。",
        "全年收到申请32件（含上年结转2件）。",
        "我局通过网络收到申请20件，通过信函收到申请10件。",
        "受理申请28件。",
        "全年办理行政复议案件15件。",
        "全年收到申请30件，较上年增长20%，办结率100%，办结3件投诉。",
        "上半年收到申请31件。",
        "收到申请31件次，收到信访件12件。",
        "全年收到申请31件，全年收到申请33件。",
        "共收到政府信息公开申请31件。全年收到政府信息公开申请30件。",
        "一是规范流程，收到申请后3个工作日内办结。",
    ],
)
def test_what_may_mean_something_else_says_nothing(text: str) -> None:
    assert against(text) == {}


def test_a_cell_that_is_not_printed_is_not_contradicted() -> None:
    figures = {"requests.received.total": Figure("requests.received.total", 4, "derived")}
    assert against("全年收到政府信息公开申请3件，办结3件。", figures=figures) == {}


def test_a_contradiction_says_both_numbers_and_quotes_the_sentence() -> None:
    passage = Passage("一、总体情况", "2024年，共收到政府信息公开申请31件，均已答复。后略。", topic="overview")
    (found,) = contradictions([passage], FIGURES, "示例市甲区民政局", 2024)
    assert found.rule == "prose:requests.received.total"
    assert found.detail == "正文说31件，表中为30件（“2024年,共收到政府信息公开申请31件,均已答复”）"
