"""The bot's own sentences, from chat.toml; 繁體 is converted from 简体, English covers the interface."""

from __future__ import annotations

import html
import string
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from bot.wording.traditional import traditional
from index.errors import DataError

Language = Literal["zh", "hant", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "hant", "en")
TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def language_of(code: str | None) -> Language:
    """Telegram's language_code → the language of the interface; Chinese when it is not said."""
    lowered = (code or "zh").lower().replace("_", "-")
    if lowered.startswith(TRADITIONAL):
        return "hant"
    return "zh" if lowered.startswith("zh") else "en"


def say(key: str, language: Language = "zh", /, **values: object) -> str:
    """'ask.too_long' with its values, escaped, as HTML for Telegram; a `…_html` value goes in as it is."""
    template = _template(key, language)
    escaped = {
        name.removesuffix("_html"): str(value) if name.endswith("_html") else html.escape(str(value), quote=False)
        for name, value in values.items()
    }
    return template.format(**escaped)


def own(text: str, language: str) -> str:
    """Words of the program that go into a sentence as a value (the label of a field) in the reader's script."""
    return traditional(text) if language == "hant" else text


def language_named(name: object) -> Language:
    """A language as it was kept somewhere."""
    return next((each for each in LANGUAGES if each == name), "zh")


def commands(audience: str, language: Language = "zh") -> dict[str, str]:
    """Command → description for 'everyone', 'groups', 'loaders' or 'owners', in the order shown."""
    data = _data()
    listed = data["commands"][audience]
    if language == "en":
        return {name: data["commands_en"].get(audience, {}).get(name, text) for name, text in listed.items()}
    return {name: own(text, language) for name, text in listed.items()}


def profile(name: str, language: Language = "zh") -> str:
    """The bot's description as Telegram shows it before the first message."""
    text = str(_data()["profile"]["en" if language == "en" else "zh"][name])
    return text if language == "en" else own(text, language)


def keys() -> dict[str, frozenset[str]]:
    """Every sentence with the values it wants, for the test that holds this file together."""
    texts = {f"{group}.{name}": text for group, own in _data()["zh"].items() for name, text in own.items()}
    return {key: frozenset(_fields(text)) for key, text in texts.items()}


@cache
def _template(key: str, language: Language) -> str:
    group, _, name = key.partition(".")
    data = _data()
    found = data["en"].get(group, {}).get(name) if language == "en" else None
    if found is not None:
        return str(found)
    try:
        text = str(data["zh"][group][name])
    except KeyError as error:
        raise DataError(f"bot/wording/chat.toml 里没有 {key}") from error
    return own(text, language)


def _fields(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


@cache
def _data() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = files("bot.wording").joinpath("chat.toml").read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"bot/wording/chat.toml: {error}") from error
