"""Parts of a whole are read as percentages, doublings as multiples."""

from __future__ import annotations

import pytest

from bot.question.fractions import in_percent


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("超过三成了吗", "超过30%了吗"),
        ("有两成五吗", "有25%吗"),
        ("超过四分之一", "超过25%"),
        ("百分之二点五", "2.5%"),
        ("千分之三", "0.3%"),
        ("过半了吗", "超过50%了吗"),
        ("占一半以上", "占50%以上"),
        ("翻了一番", "达到2倍"),
        ("翻两番", "达到4倍"),
    ],
)
def test_a_part_of_a_whole_is_a_percentage(text: str, meant: str) -> None:
    assert in_percent(text) == meant


@pytest.mark.parametrize("text", ["占几成", "百分之几", "翻了几番", "2024年成都市", "第三成员单位", "翻了两倍"])
def test_a_question_or_another_word_is_left_alone(text: str) -> None:
    assert in_percent(text) == text
