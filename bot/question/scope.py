"""Greetings, calls for help, and what is no question about these reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bot.wording import data

_PARTICLES = re.compile(r"[\s。！？，；、~～.!?]+|[啊呀呢吧哦噢哈啦嘛]+$")


@dataclass(frozen=True, slots=True)
class Scope:
    """What kind of message this is, if not a question about reports."""

    kind: Literal["help", "greeting", "thanks", "out"]
    reason: str = ""
    words: str = ""
    """What gave it away."""


@cache
def _whole() -> dict[str, Literal["help", "greeting", "thanks"]]:
    scope = data("scope.toml")
    kinds: tuple[Literal["help", "greeting", "thanks"], ...] = ("help", "greeting", "thanks")
    return {_bare(words): kind for kind in kinds for words in scope[kind]["whole"]}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    scope = data("scope.toml")
    helping = [(re.compile(each), "help", "") for each in scope["help"]["pattern"]]
    others = [(re.compile(each), "out", part["reason"]) for part in scope["out"] for each in part.get("pattern", ())]
    return tuple(helping + others)


def _bare(text: str) -> str:
    """Without marks and particles, unless nothing else is there: 哦 stays 哦."""
    low = re.sub(r"[\s。！？，；、~～.!?]+", "", text.lower())
    return _PARTICLES.sub("", low) or low


def small_talk(text: str) -> Scope | None:
    """A whole message that is a greeting, thanks or a call for help."""
    kind = _whole().get(_bare(text))
    if kind:
        return Scope(kind, words=text)
    for pattern, found, _ in _patterns():
        if found == "help" and (match := pattern.search(_bare(text))):
            return Scope("help", words=match[0])
    return None


def leaves(text: str) -> bool:
    """Whether a whole message ends the conversation at the terminal: 退出, 再见, quit."""
    return _bare(text) in map(_bare, data("scope.toml")["leaving"]["whole"])


def without_lead_in(text: str) -> str:
    """写稿用，某某市收到多少申请: only what comes after the remark."""
    for pattern in data("scope.toml")["lead_in"]["pattern"]:
        rest = re.sub(pattern, "", text)
        if rest and rest != text:
            return rest
    return text


def out_of_scope(text: str) -> Scope | None:
    """What the text asks for instead, judged by words outside the names of agencies (which the caller blanks out)."""
    for part in data("scope.toml")["out"]:
        for words in part.get("partial", ()):
            if words in text and (not words.isascii() or re.search(rf"(?<![a-z]){re.escape(words)}(?![a-z])", text)):
                return Scope("out", part["reason"], words)
    for pattern, kind, reason in _patterns():
        if kind == "out" and (match := pattern.search(text)):
            return Scope("out", reason, match[0])
    return None


def ordered(text: str) -> Scope | None:
    """翻译：政府开放日: an order that stands before its object; the colon would make it look like a remark."""
    match = next((m for each in data("scope.toml")["order"]["pattern"] if (m := re.match(each, text))), None)
    return Scope("out", "chat", match[0]) if match else None


def is_countable(words: str) -> bool:
    """国家赔偿, 诉讼费: things that a question may also want counted."""
    return words in data("scope.toml")["countable"]["words"]
