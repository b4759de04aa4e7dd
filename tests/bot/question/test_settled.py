"""No word that asks for a comparison, a calculation or a bound is dropped by a kind of answer that does not do it."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from bot.question.operations import Operation
from bot.question.query import QueryKind
from bot.question.reading import read
from bot.question.settled import unsettled
from bot.wording import data
from index.agencies import Directory

TODAY = date(2025, 6, 1)


def left(text: str, kind: str) -> tuple[str, ...]:
    return unsettled(read(text, Directory(()), TODAY), Operation(kind))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("申请比平均多多少", "average", "比"),
        ("申请是不是最多", "yes_no", "最多"),
        ("同比申请", "figures", "同比"),
        ("申请比上年多", "figures", "多"),
    ],
)
def test_a_word_that_the_kind_cannot_fulfil_is_left_over(text: str, kind: str, word: str) -> None:
    assert word in left(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("平均多少申请", "average"), ("申请过多少件", "figures"), ("申请最多", "ranking")],
)
def test_a_word_that_the_kind_fulfils_is_not(text: str, kind: str) -> None:
    assert left(text, kind) == ()


def test_the_table_names_kinds_and_operations_that_exist() -> None:
    table = data("kinds.toml")
    operations = set(data("operations.toml"))
    assert set(table["asking"]) <= operations
    bounded = {"yes_no_bounded", "yes_no_compared", "sum_bounded", "average_bounded"}
    assert set(table["settles"]) <= {*get_args(QueryKind), *bounded}
    assert all(set(codes) <= operations for codes in table["settles"].values())
