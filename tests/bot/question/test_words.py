"""Normalising, numerals, misspelt words, and the notation of the wording files."""

from __future__ import annotations

import pytest

from bot.question.normalise import normalise
from bot.question.numerals import number
from bot.question.similar import fuzzy_matches
from bot.wording.expand import expand
from index.errors import DataError


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("格爾木市２０２４年　收到　申請", "格尔木市2024年收到申请"),
        ("“三安全一稳定”", "三安全一稳定"),
        ("1,234件", "1234件"),
        ("Golmud City  2024", "golmud city 2024"),
        ("TOP3", "前3名"),
        ("", ""),
    ],
)
def test_text_is_made_comparable(text: str, plain: str) -> None:
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百", 100),
        ("一百二十", 120),
        ("一百二", 120),
        ("两千零五", 2005),
        ("3万", 30000),
        ("三万五", 35000),
        ("12.5", 12.5),
        ("甲", None),
    ],
)
def test_numerals(text: str, value: float | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("不与公开", "不予公开"),
        ("行政夏议", "行政复议"),
        ("申情", "申请"),
        ("结专下年", "结转下年"),
        ("行政处法", "行政处罚"),
    ],
)
def test_misspelt_words_are_recognised(text: str, meant: str) -> None:
    assert meant in {spelling for _, _, spelling in fuzzy_matches(text, set(range(len(text))))}


@pytest.mark.parametrize("text", ["行政处分", "行政收入", "下年结转过", "打印", "服役", "行了", "失信"])
def test_other_words_are_not_taken_for_misspelt_ones(text: str) -> None:
    assert not list(fuzzy_matches(text, set(range(len(text)))))


def test_brackets_leave_out_and_choose() -> None:
    assert set(expand("收到[了|过]申(请|请书)")) == {
        "收到申请",
        "收到了申请",
        "收到过申请",
        "收到申请书",
        "收到了申请书",
        "收到过申请书",
    }


@pytest.mark.parametrize("pattern", ["收到[了", "收到了]", "(甲|乙"])
def test_a_bracket_that_is_not_closed_is_told(pattern: str) -> None:
    with pytest.raises(DataError, match="括号"):
        expand(pattern)
