"""What goes into the index comes out as it was."""

from decimal import Decimal

import pytest

from index import forms
from index.document import Place
from index.report import Figure
from index.store import Index
from tests.index.store.reports import AGENCY, FEES, RECEIVED, full_report, make_report, put


def test_a_figure_comes_back_with_its_source(index: Index) -> None:
    source = put(index, make_report()).source
    [figure] = index.figures([source.agency_id], [2024], [RECEIVED])
    assert (figure.value, figure.status, figure.source.agency) == (30, "printed", AGENCY)
    assert figure.source == source
    assert figure.place is None


def test_evidence_comes_when_asked_for(index: Index) -> None:
    source = put(index, make_report()).source
    [figure] = index.figures([source.agency_id], [2024], [FEES], evidence=True)
    assert figure.raw == "7730.28"
    assert figure.place == Place(page=2, box=(10.0, 20.0, 30.0, 40.0))


@pytest.mark.parametrize(
    "place",
    [
        Place(line=17),
        Place(table=2, row=3, column=4),
        Place(sheet="表一", row=3, column=4),
        Place(page=1, box=(0.0, 1.5, 2.0, 3.25), row=1),
        Place(),
    ],
)
def test_every_kind_of_place_comes_back(index: Index, place: Place) -> None:
    figure = Figure(RECEIVED, 22, "printed", "22（其中修订16件）", place)
    source = put(index, make_report(values={}, figures={RECEIVED: figure})).source
    [stored] = index.figures([source.agency_id], [2024], [RECEIVED], evidence=True)
    assert (stored.raw, stored.place or Place()) == ("22（其中修订16件）", place)


@pytest.mark.parametrize("printed", ["3],[2,", '"],[7,"', "[[1,", '\\"]', "22（[其中]修订16件）", '"'])
def test_brackets_in_a_cell_do_not_reach_its_neighbours(index: Index, printed: str) -> None:
    codes = list(forms.edition("2021").fields)[:3]
    places = [Place(page=1, line=number) for number in range(3)]
    figures = {code: Figure(code, 3, "printed", printed, place) for code, place in zip(codes, places, strict=True)}
    source = put(index, make_report(values={}, figures=figures)).source
    stored = [index.figures([source.agency_id], [2024], [code], evidence=True)[0] for code in codes]
    assert [(each.raw, each.place) for each in stored] == [(printed, place) for place in places]


@pytest.mark.parametrize(
    "value", ["7730.28", "0", "0.5", "0.000001", "0.0000001", "123456789.123456", "-3.5", "7730", "9" * 30]
)
def test_money_comes_back_exactly(index: Index, value: str) -> None:
    source = put(index, make_report(values={FEES: Decimal(value)})).source
    [figure] = index.figures([source.agency_id], [2024], [FEES])
    assert figure.value == Decimal(value)
    assert "E" not in str(figure.value) or "E" in str(Decimal(value))


@pytest.mark.parametrize("value", [0, 1, -3, 10**12, 10**25, Decimal("2.5")])
def test_counts_come_back_exactly(index: Index, value: int) -> None:
    source = put(index, make_report(values={RECEIVED: value})).source
    [figure] = index.figures([source.agency_id], [2024], [RECEIVED])
    assert figure.value == value
    assert type(figure.value) is type(value)


def test_zero_blank_derived_and_absent_are_four_things(index: Index) -> None:
    zero, blank, derived = RECEIVED, "requests.granted.total", "requests.handled.total"
    figures = {
        zero: Figure(zero, 0, "printed", "-"),
        blank: Figure(blank, None, "blank"),
        derived: Figure(derived, 4, "derived"),
    }
    source = put(index, make_report(values={}, figures=figures)).source
    codes = [zero, blank, derived, "requests.carried_out.total"]
    found = index.figures([source.agency_id], [2024], codes)
    assert [(each.code, each.value, each.status) for each in found] == [
        (zero, 0, "printed"),
        (blank, None, "blank"),
        (derived, 4, "derived"),
    ]


def test_every_field_of_every_edition_has_a_column_of_its_own(index: Index) -> None:
    values = {code: number for number, code in enumerate(forms.all_fields(), 1)}
    source = put(index, make_report(values=values)).source
    found = index.figures([source.agency_id], [2024], list(values))
    assert {each.code: each.value for each in found} == values


def test_figures_come_in_the_order_asked_for(index: Index) -> None:
    ids = [put(index, make_report(f"示例市{name}区人民政府", year)).source.agency_id for name, year in ASKED]
    found = index.figures([ids[2], ids[0]], [2023, 2024], [FEES, RECEIVED])
    assert [(each.source.agency_id, each.source.year, each.code) for each in found] == [
        (ids[2], 2024, FEES),
        (ids[2], 2024, RECEIVED),
        (ids[0], 2023, FEES),
        (ids[0], 2023, RECEIVED),
        (ids[0], 2024, FEES),
        (ids[0], 2024, RECEIVED),
    ]


ASKED = [("甲", 2023), ("甲", 2024), ("乙", 2024)]


def test_a_column_holds_one_field_of_all_reports_of_a_year(index: Index) -> None:
    for name, received in (("甲", 1), ("乙", None), ("丙", 3)):
        put(index, make_report(f"示例市{name}区人民政府", 2024, {RECEIVED: received}))
    put(index, make_report("示例市甲区人民政府", 2023, {RECEIVED: 9}))
    assert [each.value for each in index.column(2024, RECEIVED)] == [1, None, 3]
    assert [each.status for each in index.column(2024, RECEIVED)] == ["printed", "blank", "printed"]


def test_values_of_a_year_come_without_ceremony(index: Index) -> None:
    ids = [
        put(
            index, make_report(f"示例市{name}区人民政府", 2024, {RECEIVED: number, FEES: Decimal("0.5")})
        ).source.agency_id
        for name, number in (("甲", 1), ("乙", None))
    ]
    assert index.values(2024, [RECEIVED, FEES]) == [(ids[0], 1, Decimal("0.5")), (ids[1], None, Decimal("0.5"))]
    assert index.values(2024, [RECEIVED], [ids[1]]) == [(ids[1], None)]


def test_a_view_reads_like_a_table_for_people(index: Index) -> None:
    put(index, full_report())
    rows = index.rows("SELECT agency, year, label, value, unit, status FROM figure_list WHERE code = ?", [FEES])
    expected = full_report().figures[FEES].value
    assert rows == [(AGENCY, 2024, forms.field(FEES).label, float(expected or 0), "万元", "printed")]


def test_what_stands_beside_the_figures_is_kept(index: Index) -> None:
    source = put(index, full_report()).source
    summary = index.summary(source.report_id)
    assert (summary.figures, summary.equations, summary.equations_held, summary.failed_checks) == (200, 1, 0, 1)
    assert summary.notes == ("落款不同",)
    assert summary.unread == full_report().unread
    [failed] = index.failed_checks([source.agency_id], None, [RECEIVED])
    assert failed.detail == "30 ≠ 29（差 1）"
    assert index.failed_checks(None, [2024], [FEES]) == ()


def test_a_check_on_a_sum_concerns_its_parts(index: Index) -> None:
    from index.report import Check

    check = Check("handled:x", "总计", {"requests.handled.total": 2}, {"requests.refused.total": 1}, 2, 1)
    source = put(index, make_report(checks=(check,))).source
    assert index.failed_checks([source.agency_id], [2024], ["requests.refused.state_secret.total"])
