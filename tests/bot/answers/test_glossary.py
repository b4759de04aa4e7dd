"""Taught words are put into the words of the form, and never cut into a name that is known."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.answers.glossary import Glossary
from index.agencies import Directory
from index.store.records import Agency, Alias, AliasKind

AGENCIES = (
    Agency(1, "示例市甲区人民政府", "~示例市/甲区|人民政府", ("示例市甲区人民政府",), (2024,)),
    Agency(2, "示例市乙区人民政府", "~示例市/乙区|人民政府", ("示例市乙区人民政府",), (2024,)),
)


def glossary(*taught: tuple[str, AliasKind, str]) -> Glossary:
    aliases = [Alias(n, word, kind, target, "", datetime.now(UTC)) for n, (word, kind, target) in enumerate(taught)]
    return Glossary(aliases, Directory(AGENCIES))


def test_a_word_stands_for_an_agency_or_a_field() -> None:
    taught = glossary(("琼台", "agency", AGENCIES[0].key), ("函询件", "field", "requests.received"))
    assert taught.applied("瓊台2024年函询件多少") == "示例市甲区人民政府2024年本年新收政府信息公开申请多少"


def test_the_longest_word_wins() -> None:
    taught = glossary(("琼台", "agency", AGENCIES[0].key), ("琼台东", "agency", AGENCIES[1].key))
    assert taught.applied("琼台东多少").startswith("示例市乙区")


def test_a_word_that_reaches_into_a_known_name_is_left_alone() -> None:
    taught = glossary(("区府", "agency", AGENCIES[0].key))
    assert "甲区" not in taught.applied("示例市乙区府2024年收到多少申请")


def test_without_taught_words_a_question_is_untouched() -> None:
    assert glossary().applied("Ａ  琼台？") == "Ａ  琼台？"
    assert glossary(("琼台", "agency", "~别市|人民政府")).applied("琼台 多少") == "琼台 多少"
