"""什么叫结转, 公开率是什么意思: a word of the form is asked about, not a figure."""

from __future__ import annotations

import re
from functools import cache

from bot.wording import data, lexicon
from bot.wording.lexicon import STRONG

_AROUND = re.compile(r"^(?:请问|请教|想问|问一下|我想知道|那|所谓的?)+|[，。？！、 ]|[啊呀呢吧哦]+$")
_MEANING = re.compile("意思|含义|定义|概念|^什么[是叫]|^啥[是叫]|区别|不同|解释")
_KINDS = ("measure", "field", "row", "column")


def asked_about(text: str, *, follows: bool) -> tuple[str, ...]:
    """The codes of the words whose meaning a whole message asks for; () where it asks for something else.

    `follows`: in a conversation 公开率是什么 asks for the figure of whoever is spoken of.
    """
    plain = _AROUND.sub("", text)
    if follows and not _MEANING.search(plain):
        return ()
    for pattern in _patterns():
        match = pattern.match(plain)
        codes = [_code(word) for word in match.groupdict().values() if word] if match else []
        if codes and all(codes):
            return tuple(codes)
    return ()


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, data("terms.toml")["ask"]["pattern"]))


def _code(word: str) -> str:
    """The one measure, row or column that a word means by itself, or ''."""
    entries = lexicon().entries.get(word, ())
    for kind in _KINDS:
        codes = {each.code for each in entries if each.kind == kind and each.strength == STRONG}
        if len(codes) == 1:
            return codes.pop()
    return ""
