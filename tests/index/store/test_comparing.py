"""Reports are compared with each other in whatever order they come."""

from decimal import Decimal

import pytest

from index import comparisons
from index.store import Index
from tests.index.store.reports import FEES, full_report, make_report, put

OUT, IN = "requests.carried_out.total", "requests.carried_in.total"
FORCE = "disclosure.normative.in_force"


def rules(index: Index, year: int, agency_id: int | None = None) -> list[str]:
    chosen = None if agency_id is None else [agency_id]
    return [check.rule for check in index.failed_checks(chosen, [year]) if not check.rule.startswith("row_total")]


@pytest.mark.parametrize("order", [(2023, 2024), (2024, 2023)])
def test_what_is_carried_out_must_be_carried_in_the_year_after(index: Index, order: tuple[int, int]) -> None:
    values = {2023: {OUT: 3}, 2024: {IN: 2}}
    for year in order:
        put(index, make_report(year=year, values=values[year]))
    assert rules(index, 2023) == rules(index, 2024) == [f"carried_between_years:{IN}"]
    [check] = index.failed_checks(None, [2024], [IN])
    assert check.detail == "2024年 2 ≠ 2023年 3（差 -1）"
    assert check.between
    assert index.failed_checks(None, [2023], [OUT])


def test_comparisons_follow_what_counts(index: Index) -> None:
    put(index, make_report(year=2023, values={OUT: 3}))
    agency_id = put(index, make_report(year=2024, values={IN: 2}), b"one").source.agency_id
    put(index, make_report(year=2024, values={IN: 3}), b"two")
    assert rules(index, 2023) == rules(index, 2024) == []
    index.undo(agency_id, 2024)
    assert rules(index, 2023) == [f"carried_between_years:{IN}"]
    index.remove(agency_id, 2024)
    assert rules(index, 2023) == []


def test_blank_and_absent_cells_are_not_compared(index: Index) -> None:
    put(index, make_report(year=2023, values={OUT: None}))
    put(index, make_report(year=2024, values={IN: 2}))
    assert rules(index, 2024) == []


def test_what_is_in_force_follows_from_the_year_before(index: Index) -> None:
    issued, repealed = "disclosure.normative.issued", "disclosure.normative.repealed"
    put(index, make_report(year=2023, values={FORCE: 40}))
    put(index, make_report(year=2024, values={FORCE: 42, issued: 5, repealed: 2}))
    [check] = index.failed_checks(None, None)
    assert (check.source.year, check.detail) == (2024, "2024年 42 ≠ 2023年 40 + 5 − 2（差 -1）")


def test_a_sum_in_yuan_is_told_from_one_in_ten_thousands(index: Index) -> None:
    put(index, make_report(year=2023, values={FEES: Decimal("25.1")}))
    put(index, make_report(year=2024, values={FEES: Decimal("251000")}))
    assert rules(index, 2023) == rules(index, 2024) == [f"magnitude:{FEES}"]


def test_a_table_that_repeats_last_years_is_noticed(index: Index) -> None:
    put(index, full_report(year=2023))
    put(index, full_report(year=2024))
    assert "same_as_last_year:requests" in rules(index, 2024)
    assert not any(rule.startswith("same_as_last_year") for rule in rules(index, 2023))


def test_a_table_that_is_another_agencys_is_noticed_on_both_and_forgotten_with_one(index: Index) -> None:
    first = put(index, full_report("示例市甲区人民政府")).source.agency_id
    second = put(index, full_report("示例市乙区人民政府")).source.agency_id
    assert "same_as_other:requests" in rules(index, 2024, first)
    assert "same_as_other:requests" in rules(index, 2024, second)
    put(index, full_report("示例市乙区人民政府", seed=1), b"better")
    assert "same_as_other:requests" not in rules(index, 2024, first) + rules(index, 2024, second)


def test_of_three_alike_two_remain_alike_when_one_goes(index: Index) -> None:
    ids = [put(index, full_report(f"示例市{name}区人民政府")).source.agency_id for name in "甲乙丙"]
    index.remove(ids[0], 2024)
    assert all("same_as_other:requests" in rules(index, 2024, each) for each in ids[1:])


def test_tables_of_zeros_are_not_alike(index: Index) -> None:
    zeros = {f"requests.{row}.total": 0 for row in ("received", "carried_in", "granted", "handled")}
    for name in "甲乙":
        put(index, make_report(f"示例市{name}区人民政府", values=zeros))
    assert rules(index, 2024) == []


def test_the_rules_name_fields_of_the_form() -> None:
    assert {rule.rule for rule in comparisons.continuations()} == {"carried_between_years", "in_force"}
    assert len([rule for rule in comparisons.continuations() if rule.rule == "carried_between_years"]) == 7
