"""Narrowing words are known as such and as nothing else, and never fall away beside a figure they do not belong to."""

from __future__ import annotations

from bot.question import Item
from bot.question.leftover import says_nothing
from bot.wording import data, lexicon
from bot.wording.expand import expand

WORDS = [word for about in data("narrowing.toml").values() for pattern in about["say"] for word in expand(pattern)]
PLAIN = [
    Item("field", code)
    for code in ("requests.received.total", "requests.handled.total", "requests.granted.total", "review.total",
                 "disclosure.penalties.decisions", "disclosure.normative.issued")
]  # fmt: skip


def test_a_narrowing_word_means_nothing_else() -> None:
    other = {word: [e.kind for e in lexicon().entries[word] if e.kind != "narrowing"] for word in WORDS}
    assert {word: kinds for word, kinds in other.items() if kinds} == {}


def test_no_narrowing_word_is_dropped_but_where_it_repeats_the_row() -> None:
    echoes = {word for words in data("leftover.toml")["echo"].values() for word in words}
    assert [word for word in WORDS if word not in echoes and any(says_nothing(word, [item]) for item in PLAIN)] == []


def test_what_may_be_dropped_anywhere_is_no_narrowing_word() -> None:
    leftover = data("leftover.toml")
    assert not {*leftover["drop"]["words"], *leftover["handling"]["words"]} & set(WORDS)


def test_rows_that_echo_are_rows_of_the_form() -> None:
    tables = data("fields.toml")
    rows = {*tables["row"], *tables["field"]} | {
        f"{row}.{column}" for row in tables["row"] for column in tables["column"]
    }
    assert set(data("leftover.toml")["echo"]) <= rows
