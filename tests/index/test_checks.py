"""The equations of the form on a report's figures."""

from index.checks import run_checks
from index.report import Figure

APPLICANTS = ["person", "company", "research", "charity", "legal_service", "other_org", "total"]


def row(code: str, *values: int) -> dict[str, Figure]:
    return {f"{code}.{each}": Figure(f"{code}.{each}", value) for each, value in zip(APPLICANTS, values, strict=True)}


def test_a_row_that_adds_up_holds() -> None:
    checks = run_checks(row("requests.received", 3, 0, 1, 0, 0, 0, 4), "2021")
    assert [(check.rule, check.holds) for check in checks] == [("row_total:requests.received.total", True)]


def test_a_row_that_does_not_add_up_says_by_how_much() -> None:
    (check,) = run_checks(row("requests.received", 3, 0, 1, 0, 0, 0, 5), "2021")
    assert (check.holds, check.gap) == (False, 1)


def test_a_check_needs_all_its_cells() -> None:
    figures = row("requests.received", 3, 0, 1, 0, 0, 0, 4)
    del figures["requests.received.research"]
    assert run_checks(figures, "2021") == ()


def test_blank_and_derived_cells_prove_nothing() -> None:
    figures = row("requests.received", 3, 0, 1, 0, 0, 0, 4)
    code = "requests.received.research"
    for status, value in (("blank", None), ("derived", 1)):
        assert run_checks({**figures, code: Figure(code, value, status)}, "2021") == ()  # type: ignore[arg-type]


def test_what_came_in_is_what_went_out_and_what_is_left() -> None:
    figures = {
        **row("requests.received", 5, 0, 0, 0, 0, 0, 5),
        **row("requests.carried_in", 1, 0, 0, 0, 0, 0, 1),
        **row("requests.handled", 4, 0, 0, 0, 0, 0, 4),
        **row("requests.carried_out", 1, 0, 0, 0, 0, 0, 1),
    }
    failed = {check.rule for check in run_checks(figures, "2021") if not check.holds}
    assert failed == {"carried:requests.received.person", "carried:requests.received.total"}


def test_a_group_printed_as_one_row_stands_for_its_rows_in_either_edition() -> None:
    parts = ["granted", "partly_granted", "refused", "unavailable", "rejected"]
    figures = {**row("requests.handled", 2, 0, 0, 0, 0, 0, 2), **row("requests.other", 2, 0, 0, 0, 0, 0, 2)}
    for group in parts:
        figures |= row(f"requests.{group}", 0, 0, 0, 0, 0, 0, 0)
    rules = {check.rule for check in run_checks(figures, "2021") if check.holds}
    assert "handled:requests.handled.person" in rules


def test_an_unknown_edition_has_no_equations() -> None:
    assert run_checks(row("requests.received", 3, 0, 1, 0, 0, 0, 4), "1999") == ()
