"""Years as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.question.normalise import normalise
from bot.question.years import find_years

TODAY = date(2025, 6, 1)


def years_of(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.kind, each.years) for each in find_years(normalise(text), TODAY) if not each.carry]


@pytest.mark.parametrize(
    "text",
    [
        "2024年",
        "24年",
        "二〇二四年",
        "二零二四年",
        "２０２４年",
        "2024年度",
        "去年",
        "公按局2024行政处法",
        "二四年",
        "2024年底",
    ],
)
def test_these_all_mean_2024(text: str) -> None:
    assert years_of(text) == [("year", (2024,))]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("近三年", (2022, 2023, 2024)),
        ("近两年", (2023, 2024)),
        ("2022到2024年", (2022, 2023, 2024)),
        ("2020-2022年", (2020, 2021, 2022)),
        ("2021—2023", (2021, 2022, 2023)),
        ("22至24年", (2022, 2023, 2024)),
        ("2023年以来", (2023, 2024, 2025)),
        ("十三五期间", (2016, 2017, 2018, 2019, 2020)),
    ],
)
def test_spans_are_inclusive(text: str, years: tuple[int, ...]) -> None:
    assert years_of(text) == [("span", years)]


@pytest.mark.parametrize(
    ("text", "year"), [("今年", 2025), ("前年", 2023), ("大前年", 2022), ("上上年", 2023), ("三年前", 2022)]
)
def test_relative_years_count_from_the_day_given(text: str, year: int) -> None:
    assert years_of(text) == [("year", (year,))]


@pytest.mark.parametrize(
    "text", ["上年结转多少件", "结转下年度继续办理", "超过2024件", "三安全一稳定", "前三名", "12345热线"]
)
def test_these_name_no_year(text: str) -> None:
    assert years_of(text) == []


def test_a_year_taken_back_does_not_count() -> None:
    assert years_of("前年……哦不，2022年") == [("year", (2022,))]


@pytest.mark.parametrize(
    ("text", "carry"),
    [("留到2024年继续办的", "out"), ("从2022年转过来的", "in"), ("拖到今年了", "out"), ("从上一年带进来", "in")],
)
def test_a_year_that_only_says_where_requests_went_is_marked(text: str, carry: str) -> None:
    assert [each.carry for each in find_years(text, TODAY)] == [carry]
