"""The form's data files say what the two documents of the General Office prescribe."""

import csv
from pathlib import Path

import pytest

from index import forms

SHARED = Path(__file__).parents[3] / "shared" / "form"


def test_the_edition_of_2021_has_200_cells_and_that_of_2019_has_198() -> None:
    assert len(forms.edition("2021").fields) == 200
    assert len(forms.edition("2019").fields) == 198


@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder is absent")
@pytest.mark.parametrize("name", ["2021", "2019"])
def test_codes_and_units_are_those_agreed(name: str) -> None:
    with (SHARED / f"fields-{name}.csv").open(encoding="utf-8") as file:
        agreed = {line["code"]: line["unit"] for line in csv.DictReader(file)}
    assert {code: field.unit for code, field in forms.edition(name).fields.items()} == agreed


def test_a_group_sum_is_the_sum_of_its_rows() -> None:
    parts = forms.sums()["requests.unavailable.person"].parts
    assert parts == tuple(
        f"requests.unavailable.{row}.person" for row in ("not_held", "needs_creation", "still_unclear")
    )


def test_organisations_can_be_asked_of_rows_and_of_groups() -> None:
    sums = forms.edition("2021").sums
    assert "requests.granted.organisations" in sums
    assert "requests.refused.organisations" in sums


def test_every_cell_of_the_requests_table_stands_in_an_equation() -> None:
    for edition in (forms.edition("2021"), forms.edition("2019")):
        tested = {code for equation in edition.equations for code in (*equation.left, *equation.right)}
        cells = {code for code, field in edition.fields.items() if field.row.table != "disclosure"}
        assert cells <= tested


def test_a_field_says_in_words_where_it_stands() -> None:
    assert forms.field("requests.refused.state_secret.person").label == "（三）不予公开 · 1.属于国家秘密 · 自然人"


def test_no_code_is_defined_twice_within_an_edition() -> None:
    for edition in forms.editions():
        rows = [row.code for row in edition.rows]
        assert len(rows) == len(set(rows))


def test_the_statistics_table_of_reports_up_to_2018_is_a_form_apart() -> None:
    old = forms.edition(forms.STATISTICS).fields
    assert len(old) == 58
    assert not old.keys() & forms.fields().keys()
    assert forms.all_fields().keys() == forms.fields().keys() | old.keys()


def test_every_total_of_the_statistics_table_stands_in_an_equation() -> None:
    lefts = {code for each in forms.edition(forms.STATISTICS).equations for code in each.left}
    assert len(lefts) == len(forms.edition(forms.STATISTICS).equations) == 7
