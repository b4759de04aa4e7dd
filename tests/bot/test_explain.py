"""`nianbao explain` in words: every name of the program that it may print has one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.answers import Conversation, Engine
from bot.question import query
from bot.question.years import YearKind
from bot.render.explain import explanation
from bot.wording import data
from bot.wording.lexicon import Kind
from index.agencies.model import How
from tests.golden.ask import TODAY
from tests.golden.corpus import build

WORDS = data("explain.toml")


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("how", get_args(How)),
        ("year", get_args(YearKind)),
        ("means", set(get_args(Kind)) - {"filler"}),
        ("operation", data("operations.toml")),
        ("unit", data("units.toml")),
        ("narrowing", data("narrowing.toml")),
        ("kind", get_args(query.QueryKind)),
        ("of", get_args(query.Measured)),
    ],
)
def test_every_name_has_words(section: str, names: object) -> None:
    assert set(WORDS[section]) == set(names)  # type: ignore[call-overload]


def test_an_explanation_is_in_chinese(tmp_path: Path) -> None:
    engine = Engine(build(tmp_path / "index.db"))
    for question in ("示例市各区2024年申请最多的三个", "示例市2024年公开率超过50%吗", "示例市近三年诉讼，范例市呢"):
        text = explanation(engine.ask(question, Conversation(), TODAY).answer)
        bare = re.sub(r"（[^）]*）|[（(][a-z_.]+[)）]", "", text)
        assert not re.search("[a-z]{2,}", bare), bare
