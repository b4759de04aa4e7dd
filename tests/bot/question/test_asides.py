"""What is said round a question is passed over; what limits it is not."""

from __future__ import annotations

import pytest

from bot.question.asides import without_asides
from index.agencies import Directory
from index.agencies.identify import identify
from index.store.records import Agency

NAME = "示例市教育局"
ASKED = "示例市教育局2024年收到多少件申请"


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory((Agency(1, NAME, str(identify(NAME).key), (NAME,), (2024,)),))


@pytest.mark.parametrize(
    "said",
    [
        "老师好，{}", "师傅{}", "领导要{}", "听邻居讲{}", "写稿子用{}", "不好意思，{}", "第一个问题，{}", "好的，{}",
        "{}，感激不尽", "{}感谢", "{}，等着用", "{}，给个准数就行", "{}，我不记得了", "哈喽，{}，很急",
    ],
)  # fmt: skip
def test_a_remark_round_the_question_is_passed_over(said: str, directory: Directory) -> None:
    assert without_asides(said.format(ASKED), directory) == ASKED


@pytest.mark.parametrize(
    "said",
    [
        "关于拆迁，{}",
        "老师提的{}",
        "{}，只算网上的",
        "{}，不含补正的",
        "{}，加急的",
        "其中{}",
        "按季度看，{}",
        "2023年，{}",
    ],
)
def test_what_may_limit_the_question_stays(said: str, directory: Directory) -> None:
    assert without_asides(said.format(ASKED), directory) == said.format(ASKED)
