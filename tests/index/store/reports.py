"""Reports made by hand, with evidently fictional agencies."""

from collections.abc import Mapping
from decimal import Decimal

from index import forms
from index.document import Place
from index.report import Check, Figure, Number, Passage, Report, Unread
from index.store import Index, Saved

AGENCY = "示例市甲区人民政府"
RECEIVED = "requests.received.total"
FEES = "disclosure.fees.amount"


def make_report(
    agency: str = AGENCY, year: int = 2024, values: Mapping[str, Number | None] | None = None, **more: object
) -> Report:
    """None stands for a cell printed empty."""
    chosen = {RECEIVED: 30, FEES: Decimal("7730.28")} if values is None else values
    figures = {code: make_figure(code, value) for code, value in chosen.items()}
    about = {"edition": "2021", "title": f"{agency}{year}年政府信息公开工作年度报告", "figures": figures} | more
    return Report(agency, year, **about)  # type: ignore[arg-type]


def make_figure(code: str, value: Number | None) -> Figure:
    place = Place(page=2, box=(10.0, 20.0, 30.0, 40.0))
    return Figure(code, value, "blank" if value is None else "printed", "" if value is None else str(value), place)


def full_report(agency: str = AGENCY, year: int = 2024, seed: int = 0) -> Report:
    """Every cell, two paragraphs, a failed check, a note and something unread."""
    values: dict[str, Number | None] = {
        code: (number * 7 + seed) % 40 for number, code in enumerate(forms.edition("2021").fields)
    }
    check = Check("row_total:x", "总计 = 各列之和", {RECEIVED: 30}, {"requests.received.person": 29}, 30, 29)
    prose = (
        Passage("一、总体情况", "我区主动公开政府信息，开通政务新媒体12个。", Place(page=1), "overview"),
        Passage("五、存在的主要问题及改进情况", "公开不够及时，下一步加強培訓。", Place(page=4), "problems"),
    )
    unread = (Unread("22（其中", "无法归入任何一格", Place(page=3)),)
    return make_report(agency, year, values, checks=(check,), passages=prose, unread=unread, notes=("落款不同",))


def put(index: Index, report: Report, content: bytes | None = None, **more: object) -> Saved:
    original = content if content is not None else repr(report).encode()
    about = {"file": "年报.txt", "reader": "0.1"} | more
    return index.save(report, original=original, **about)  # type: ignore[arg-type]
