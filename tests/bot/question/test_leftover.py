"""What may be left over of a question without changing what it asks."""

from __future__ import annotations

import pytest

from bot.question.leftover import says_nothing
from bot.question.query import Item
from bot.wording import data

RECEIVED = Item("field", "requests.received.total")
PUBLICATION = Item("field", "requests.rejected.publication.total")
UNPAID = Item("field", "requests.other.fee_unpaid.total")


@pytest.mark.parametrize("text", ["且", "拿", "所以又", "，仍"])
def test_function_words_say_nothing(text: str) -> None:
    assert says_nothing(text, [RECEIVED])


@pytest.mark.parametrize(("text", "item"), [("出版物", PUBLICATION), ("行政机关", UNPAID), ("逾期", UNPAID)])
def test_a_repeat_of_the_rows_own_wording_says_nothing(text: str, item: Item) -> None:
    assert says_nothing(text, [item])


@pytest.mark.parametrize(
    "text", ["学生", "环保", "季度", "网上", "二审", "工作日", "人员", "行政机关", "逾期", "人均", "且网上"]
)
def test_a_content_word_is_never_dropped(text: str) -> None:
    assert not says_nothing(text, [RECEIVED])


def test_no_droppable_word_is_part_of_a_qualifier() -> None:
    dropped = data("leftover.toml")["drop"]["words"]
    assert not {
        word for word in dropped if word in {"网上", "学生", "按期", "季度", "人员", "人", "不", "没", "新", "均"}
    }
