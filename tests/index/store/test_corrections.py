"""A correction stands over the reading; the reading stays."""

from decimal import Decimal

import pytest

from index.contradictions import contradictions
from index.errors import StoreError
from index.load import read_content
from index.report import Figure, Passage
from index.store import Index
from tests.index.pages import page
from tests.index.store.reports import FEES, RECEIVED, make_report, put


@pytest.fixture
def agency_id(index: Index) -> int:
    return put(index, make_report(), b"file").source.agency_id


def value(index: Index, agency_id: int, code: str = RECEIVED) -> tuple[object, bool]:
    [figure] = index.figures([agency_id], [2024], [code])
    return figure.value, figure.corrected


def test_a_corrected_value_is_shown_as_such(index: Index, agency_id: int) -> None:
    made = index.correct(agency_id, 2024, RECEIVED, 29, author="管理员", reason="扫描不清")
    assert (made.old_value, made.new_value, made.author, made.reason) == (30, 29, "管理员", "扫描不清")
    assert value(index, agency_id) == (29, True)
    assert index.column(2024, RECEIVED)[0].corrected
    assert index.values(2024, [RECEIVED]) == [(agency_id, 29)]
    [row] = index.rows("SELECT value, status FROM figure_list WHERE code = ?", [RECEIVED])
    assert row == (29.0, "corrected")


def test_a_correction_taken_back_shows_the_reading_again(index: Index, agency_id: int) -> None:
    made = index.correct(agency_id, 2024, RECEIVED, 29, author="管理员", reason="")
    index.uncorrect(made.id, by="管理员")
    assert value(index, agency_id) == (30, False)
    assert index.corrections_of(agency_id, 2024)[0].undone_by == "管理员"
    with pytest.raises(StoreError, match="已经撤销"):
        index.uncorrect(made.id)


def test_undo_takes_the_last_correction_back_first(index: Index, agency_id: int) -> None:
    index.correct(agency_id, 2024, RECEIVED, 29, author="甲", reason="")
    index.correct(agency_id, 2024, RECEIVED, 28, author="乙", reason="")
    index.undo(agency_id, 2024)
    assert value(index, agency_id) == (29, True)
    index.undo(agency_id, 2024)
    assert value(index, agency_id) == (30, False)


def test_a_correction_survives_a_better_reading_of_the_same_file_but_not_another_file(
    index: Index, agency_id: int
) -> None:
    index.correct(agency_id, 2024, RECEIVED, 29, author="管理员", reason="")
    put(index, make_report(values={RECEIVED: 31}), b"file", reread=True)
    assert value(index, agency_id) == (29, True)
    put(index, make_report(values={RECEIVED: 31}), b"another file")
    assert value(index, agency_id) == (31, False)


def test_a_cell_can_be_corrected_to_blank_and_an_absent_one_filled(index: Index, agency_id: int) -> None:
    index.correct(agency_id, 2024, FEES, None, author="管理员", reason="")
    [figure] = index.figures([agency_id], [2024], [FEES])
    assert (figure.value, figure.status) == (None, "blank")
    index.correct(agency_id, 2024, FEES, Decimal("0.25"), author="管理员", reason="")
    assert value(index, agency_id, FEES) == (Decimal("0.25"), True)
    index.correct(agency_id, 2024, "requests.granted.total", 5, author="管理员", reason="")
    assert value(index, agency_id, "requests.granted.total") == (5, True)


def test_equations_are_tested_again_with_the_corrected_value(index: Index) -> None:
    columns = ["person", "company", "research", "charity", "legal_service", "other_org"]
    values = {f"requests.received.{column}": 1 for column in columns} | {RECEIVED: 7}
    agency_id = put(index, make_report("示例市乙区人民政府", values=values)).source.agency_id
    index.correct(agency_id, 2024, RECEIVED, 8, author="管理员", reason="")
    assert index.failed_checks([agency_id], [2024], [RECEIVED])
    index.correct(agency_id, 2024, RECEIVED, 6, author="管理员", reason="")
    assert index.failed_checks([agency_id], [2024], [RECEIVED]) == ()


def test_prose_is_set_against_the_corrected_value_again(index: Index) -> None:
    prose = (Passage("一、总体情况", "全年收到政府信息公开申请31件。", topic="overview"),)
    said = contradictions(prose, {RECEIVED: Figure(RECEIVED, 30)}, "示例市丙区人民政府", 2024)
    report = make_report("示例市丙区人民政府", passages=prose, contradictions=said)
    agency_id = put(index, report).source.agency_id
    (failed,) = index.failed_checks([agency_id], [2024], [RECEIVED])
    assert (failed.rule, failed.between) == (f"prose:{RECEIVED}", True)
    assert "正文说31件，表中为30件" in failed.detail
    index.correct(agency_id, 2024, RECEIVED, 31, author="管理员", reason="")
    assert index.failed_checks([agency_id], [2024], [RECEIVED]) == ()
    index.correct(agency_id, 2024, RECEIVED, 32, author="管理员", reason="")
    assert "表中为32件" in index.failed_checks([agency_id], [2024], [RECEIVED])[0].detail


def test_history_tells_who_corrected_what(index: Index, agency_id: int) -> None:
    index.correct(agency_id, 2024, RECEIVED, 29, author="管理员", reason="扫描不清")
    last = index.history(agency_id, 2024)[-1]
    assert last.what == "corrected"
    assert last.correction is not None
    assert (last.correction.old_value, last.correction.new_value) == (30, 29)


def test_what_cannot_be_corrected_is_said(index: Index, agency_id: int) -> None:
    with pytest.raises(StoreError, match="没有编码"):
        index.correct(agency_id, 2024, "nothing.at.all", 1, author="", reason="")
    with pytest.raises(StoreError, match="没有载入"):
        index.correct(agency_id, 2020, RECEIVED, 1, author="", reason="")
    with pytest.raises(StoreError, match="不是数字"):
        index.correct(agency_id, 2024, RECEIVED, Decimal("NaN"), author="", reason="")


def test_a_correction_elsewhere_leaves_the_verdict_on_other_equations(index: Index) -> None:
    wrong = page("示例市甲区人民政府", 2024).replace("<td>30</td></tr>", "<td>31</td></tr>", 1).encode()
    report = read_content(wrong, "a.html", None, None)
    saved = index.save(report, original=wrong, file="a.html", reader="1").source
    assert {each.verdict for each in index.failed_checks(None, None)} == {"原文如此"}
    index.correct(saved.agency_id, 2024, "requests.rejected.repeated.person", 1, author="管理员", reason="")
    verdicts = {each.rule: each.verdict for each in index.failed_checks(None, None)}
    assert verdicts["row_total:requests.received.total"] == "原文如此"
    assert "" in verdicts.values(), "what the correction itself breaks is not the report's fault"
