"""Prose is found by its words, and only by its words."""

import pytest

from index.report import Passage
from index.store import Index
from index.store.words import bigrams, fold, phrase
from tests.index.store.reports import make_report, put

TEXTS = {
    "甲": "本区政务公开平台访问量达7730.28万次，新媒体12个。",
    "乙": "公开不够及时，\n下一步加強業務培訓。",
    "丙": "通过ＡＰＰ推送信息。",
}


@pytest.fixture
def filled(index: Index) -> Index:
    for name, text in TEXTS.items():
        put(index, make_report(f"示例市{name}区人民政府", passages=(Passage("一、总体情况", text, topic="overview"),)))
    return index


@pytest.mark.parametrize(
    ("terms", "names"),
    [
        (["公开"], "甲乙"),
        (["公开", "平台"], "甲"),
        (["公开平台"], "甲"),
        (["开平"], "甲"),
        (["平台公开"], ""),
        (["及时下一步"], ""),
        (["业务培训"], "乙"),
        (["app"], "丙"),
        (["7730.28"], "甲"),
        (["个"], "甲"),
        (["新媒体12个"], "甲"),
        (["不存在"], ""),
        (["。"], ""),
    ],
)
@pytest.mark.parametrize("everywhere", [True, False])
def test_a_term_is_found_where_it_stands(filled: Index, terms: list[str], names: str, everywhere: bool) -> None:
    ids = None if everywhere else [agency.id for agency in filled.agencies()]
    found = filled.passages(ids, [2024], contains=terms)
    assert sorted(each.source.agency for each in found) == sorted(f"示例市{name}区人民政府" for name in names)


def test_topic_and_limit_narrow_the_search(filled: Index) -> None:
    assert len(filled.passages(None, None, topic="overview")) == 3
    assert filled.passages(None, None, topic="problems") == ()
    assert len(filled.passages(None, None, contains=["公开"], limit=1)) == 1


def test_text_comes_back_as_printed(filled: Index) -> None:
    [found] = filled.passages(None, [2024], contains=["强业务"])
    assert found.text == TEXTS["乙"]


def test_prose_of_a_report_taken_out_is_not_found(filled: Index) -> None:
    agency = filled.agencies()[0]
    filled.remove(agency.id, 2024)
    assert filled.passages([agency.id], [2024]) == ()
    assert len(filled.passages(None, None, contains=["公开"])) + len(filled.passages(None, None, contains=["app"])) == 2


def test_words_are_folded_before_they_are_cut() -> None:
    assert fold("公开 不够\n及时，ＡＢ c") == "公开不够及时 ab c"
    assert bigrams("公开申请 a") == "公开 开申 申请 a"
    assert phrase("个") is None
