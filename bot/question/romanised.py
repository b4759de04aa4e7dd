"""A question typed in pinyin → the Chinese words it spells, as far as they are known words."""

from __future__ import annotations

import re
from functools import cache

from bot.wording import lexicon
from index.agencies import Directory

_LATIN = re.compile(r"[a-z' ]{6,}")


def to_chinese(text: str, directory: Directory) -> str:
    """shou dao duo shao shen qing → 收到多少申请. Names are left to the directory, English to the English wordings."""
    if not re.search(r"[a-z]{2,}", text) or _english(text):
        return text
    spans = [(mention.start, mention.end) for mention in directory.recognise(text)]
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    if _english(" ".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))):
        return text
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces.append(_spelt(text[position:start]))
        pieces.append(text[start:end])
        position = end
    pieces.append(_spelt(text[position:]))
    return "".join(pieces)


def _english(text: str) -> bool:
    words = re.findall(r"[a-z]+", text)
    return sum(1 for word in words if word in _english_words()) * 3 > len(words)


_PINYIN = frozenset(
    re.findall("[a-z]+", "you shi he hai me an men fan ban long sang song pin bang can din pan run sun tan wan")
)
"""Syllables that are English words too."""


@cache
def _english_words() -> frozenset[str]:
    english = {
        word for spelling in lexicon().entries if spelling.isascii() for word in re.findall(r"[a-z]{2,}", spelling)
    }
    return frozenset(english - _PINYIN)


def _spelt(text: str) -> str:
    """Greedy: the longest known pinyin first; what is unknown stays."""
    table, longest = _table()
    out: list[str] = []
    position = 0
    while position < len(text):
        if not text[position].isalpha() or not text[position].isascii():
            if not text[position].isspace():
                out.append(text[position])
            position += 1
            continue
        for end in range(min(len(text), position + longest), position, -1):
            if end < len(text) and text[end - 1].isspace():
                continue
            word = table.get(re.sub(r"[\s']", "", text[position:end]))
            if word:
                out.append(word)
                position = end
                break
        else:
            out.append(text[position])
            position += 1
    return "".join(out)


@cache
def _table() -> tuple[dict[str, str], int]:
    from pypinyin import lazy_pinyin

    table: dict[str, str] = {"nian": "年", "ji": "几", "jian": "件"}
    for spelling, entries in lexicon().entries.items():
        if spelling.isascii() or len(spelling) > 12 or (len(spelling) == 1 and entries[0].kind != "filler"):
            continue
        table.setdefault("".join(lazy_pinyin(spelling)), spelling)
    for digit, word in enumerate(("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu")):
        table[word] = "零一二三四五六七八九"[digit]
    return table, 60
