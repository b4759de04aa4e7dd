"""What a printed cell says."""

from decimal import Decimal

import pytest

from index.reading.values import in_unit, parse


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("30", 30),
        ("３８８３．３０", Decimal("3883.30")),
        ("1,035,000", 1035000),
        ("22（其中修订16件）", 22),
        ("5件", 5),
        ("减3", -3),
        ("減45", -45),
        ("增1", 1),
        ("-11", -11),
        ("0.00", 0),
        ("-", 0),
        ("—", 0),
        ("－", 0),
        ("/", 0),
        ("无", 0),
        ("无此项", 0),
        ("12①", 12),
        ("3¹", 3),
        ("30*", 30),
    ],
)
def test_a_cell_is_read_as_its_number(text: str, number: object) -> None:
    printed = parse(text)
    assert printed is not None
    assert printed.number == number


@pytest.mark.parametrize("text", ["①", "²", "", "  ", "详见附件", "1 2", "约30", "一", "12%", "2023年"])
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    assert parse(text) is None


def test_digits_on_two_lines_of_a_cell_are_marked() -> None:
    printed = parse("3454\n3.54")
    assert printed is not None
    assert (printed.number, printed.broken) == (Decimal("34543.54"), True)


@pytest.mark.parametrize(
    ("text", "head", "value"),
    [
        ("251000元", "", Decimal("25.1")),
        ("574043.07万元", "", Decimal("574043.07")),
        ("251000", "元", Decimal("25.1")),
        ("3", "万元", 3),
        ("3件", "", None),
    ],
)
def test_money_is_given_in_ten_thousands(text: str, head: str, value: object) -> None:
    printed = parse(text)
    assert printed is not None
    assert in_unit(printed, "万元", head) == value


@pytest.mark.parametrize(("text", "value"), [("1.5", None), ("3元", None), ("30.0", 30)])
def test_a_count_is_whole_and_not_money(text: str, value: int | None) -> None:
    printed = parse(text)
    assert printed is not None
    assert in_unit(printed, "件") == value
