"""The bot's own sentences hold together: each takes its values, escaped, and fits Telegram in every language."""

from __future__ import annotations

import re

import pytest

from bot.wording.chat import commands, keys, language_of, profile, say
from tests.fake_telegram import TAGS, balanced


@pytest.mark.parametrize("key", sorted(keys()))
@pytest.mark.parametrize("language", ["zh", "hant", "en"])
def test_a_sentence_takes_its_values_and_escapes_them(key: str, language) -> None:
    wanted = keys()[key]
    text = say(key, language, **{name: "<甲&>" for name in wanted if not name.endswith("_html")}, **_raw(wanted))
    assert balanced(text)
    assert "<甲" not in text
    assert len(text) < 3000
    assert set(re.findall(r"</?([a-z-]+)", text)) <= TAGS


def _raw(wanted: frozenset[str]) -> dict[str, str]:
    return {f"{name}_html": "x" for name in wanted if name.endswith("_html")}


def test_commands_fit_telegram() -> None:
    for audience in ("everyone", "groups", "loaders", "owners"):
        for language in ("zh", "en"):
            for name, text in commands(audience, language).items():
                assert name.isascii()
                assert name.islower()
                assert 1 <= len(text) <= 256


def test_the_profile_fits_telegram() -> None:
    for language in ("zh", "en", "hant"):
        assert len(profile("description", language)) <= 512
        assert len(profile("short", language)) <= 120


@pytest.mark.parametrize(
    ("code", "language"),
    [("zh-hans", "zh"), ("zh", "zh"), (None, "zh"), ("zh-hant", "hant"), ("zh-TW", "hant"), ("en", "en"), ("de", "en")],
)
def test_the_interface_follows_telegrams_language(code: str | None, language: str) -> None:
    assert language_of(code) == language


CHINESE_TOO = {"start.example_value", "start.example_trend", "start.example_rank", "start.example_passage"}
CHINESE_TOO |= {key for key in keys() if key.startswith("log.")}
"""Questions are asked in Chinese; the log is for whoever runs the server."""


def test_english_speakers_read_english_wherever_the_words_are_ours() -> None:
    missing = [key for key in keys() if key not in CHINESE_TOO and say_raw(key, "en") == say_raw(key, "zh")]
    same = {key for key in missing if not re.search("[\u4e00-\u9fff]", say_raw(key, "zh"))}  # ⏳ {file}
    assert set(missing) == same


def say_raw(key: str, language) -> str:
    return say(key, language, **{f"{name}_html": "{}" for name in keys()[key]})
