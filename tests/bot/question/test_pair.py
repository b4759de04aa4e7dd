"""Words for the two agencies spoken of last stay apart from ordinary words."""

from __future__ import annotations

import pytest

from bot.question.pair import spoken
from bot.question.query import Conversation, Query
from index.agencies import Directory

NOBODY = Directory(())
TALK = Conversation(Query("figures", (2,), (2024,)), earlier=(1, 2), changed="agency")


@pytest.mark.parametrize(
    ("text", "rest", "agencies"),
    [
        ("前者办结多少", "办结多少", (1,)),
        ("后者比前者多几件", "比多几件", (2, 1)),
        ("两个市的办结数", "办结数", (1, 2)),
        ("它俩差几件", "差几件", (1, 2)),
        ("该局不予公开几件", "不予公开几件", (2,)),
    ],
)
def test_a_word_for_one_or_both_gives_the_agencies(text: str, rest: str, agencies: tuple[int, ...]) -> None:
    said, before = spoken(text, TALK, NOBODY)
    assert said == rest
    assert before is not None
    assert before.agencies == agencies


@pytest.mark.parametrize("text", ["办结多少", "复议后起诉的第一审几件", "两年一共多少", "该区长是谁"])
def test_other_words_change_nothing(text: str) -> None:
    assert spoken(text, TALK, NOBODY) == (text, TALK.query)


def test_without_a_pair_nothing_is_taken_away() -> None:
    assert spoken("前者办结多少", Conversation(), NOBODY) == ("前者办结多少", None)
