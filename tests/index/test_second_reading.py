"""Whether the report or the reading is at fault, where an equation fails."""

from dataclasses import replace

import pytest

from index.checks import run_checks
from index.document import Document
from index.load import read_content
from index.readers import read_bytes
from index.report import Report
from index.second_reading import AS_PRINTED, DISAGREE, with_verdicts
from tests.documents import LAYOUTS, make, printed
from tests.index.pages import page

AGENCY = "示例市甲区人民政府"


def wrong_page(received: str) -> bytes:
    """A page whose total of requests received does not add up."""
    return page(AGENCY, 2024, 30).replace("<td>30</td></tr>", f"<td>{received}</td></tr>", 1).encode()


def verdicts(report: Report) -> set[str]:
    return {check.verdict for check in report.checks if not check.holds}


def test_a_sum_that_the_page_prints_wrong_is_the_reports_fault() -> None:
    report = read_content(wrong_page("31"), "a.html", None, None)
    assert report.figures["requests.received.total"].value == 31
    assert verdicts(report) == {AS_PRINTED}


@pytest.mark.parametrize("layout", ["docx", "xlsx", "html-word", "txt-tabs", "pdf-ruled", "pdf-borderless"])
def test_every_format_that_has_a_second_path_finds_the_report_at_fault(layout: str) -> None:
    report = printed(
        {"requests.received.person": 12, "requests.granted.person": 12, "requests.handled.person": 12},
        agency=AGENCY,
        year=2024,
        cells={"requests.received.total": "31"},
    )
    read = read_content(make(layout, report), "a" + LAYOUTS[layout].suffix, None, None)
    assert verdicts(read) == {AS_PRINTED}


def test_equations_that_hold_need_no_verdict() -> None:
    report = read_content(page(AGENCY, 2024, 30).encode(), "a.html", None, None)
    assert {check.verdict for check in report.checks} == {""}


def test_where_the_second_reading_finds_other_numbers_it_says_so() -> None:
    report = read_content(wrong_page("31"), "a.html", None, None)
    other = read_bytes(wrong_page("32"), "a.html")
    assert DISAGREE in verdicts(with_verdicts(report, other, b""))


def test_what_has_no_second_path_stays_open() -> None:
    report = read_content(wrong_page("31"), "a.html", None, None)
    bare = with_verdicts(_without_verdicts(report), Document((), "scan"), b"")
    assert verdicts(bare) == {""}


def _without_verdicts(report: Report) -> Report:
    return replace(report, checks=tuple(replace(check, verdict="") for check in report.checks))


def misread(report: Report, code: str, value: int) -> Report:
    """The report as a faulty first reading would have it."""
    figures = {**report.figures, code: replace(report.figures[code], value=value)}
    return replace(report, figures=figures, checks=run_checks(figures, report.edition))


def test_a_second_reading_of_a_pdf_that_the_equations_prove_is_taken_instead() -> None:
    right = printed(
        {"requests.received.person": 12, "requests.granted.person": 12, "requests.handled.person": 12},
        agency=AGENCY,
        year=2024,
    )
    data = make("pdf-ruled", right)
    report = read_content(data, "a.pdf", None, None)
    first = misread(report, "requests.received.total", 99)
    assert not all(check.holds for check in first.checks)
    mended = with_verdicts(first, read_bytes(data, "a.pdf"), data)
    assert mended.figures["requests.received.total"].value == report.figures["requests.received.total"].value
    assert all(check.holds for check in mended.checks)


def test_a_second_reading_that_proves_nothing_changes_no_figure() -> None:
    wrong = printed({"requests.received.person": 12}, agency=AGENCY, year=2024, cells={"requests.received.total": "31"})
    data = make("pdf-ruled", wrong)
    report = read_content(data, "a.pdf", None, None)
    first = misread(report, "requests.granted.total", 7)
    again = with_verdicts(first, read_bytes(data, "a.pdf"), data)
    assert again.figures["requests.granted.total"].value == 7
    assert DISAGREE in verdicts(again)
