"""Characters: width, spaces, 繁→简. What is compared is simplified; what is shown stays as printed."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
MARKS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff\uf900-\ufaff〇]+")


def plain(text: str) -> str:
    """Half width, without any space: ２０２３ 年 → 2023年."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text))


def squeezed(text: str) -> str:
    """As printed, only without spaces."""
    return SPACES.sub("", text)


def simple(text: str) -> str:
    """What patterns are matched with: half width, simplified, without spaces."""
    return simplified(plain(text))


def key(text: str) -> str:
    """What labels are compared by: simplified, without spaces and punctuation. （三）不 予公開 → 三不予公开."""
    return MARKS.sub("", simplified(plain(text)))


@cache
def simplified(text: str) -> str:
    """繁體 → 简体, character for character; other text unchanged."""
    return str(_converter().convert(text)) if any("\u3400" <= char <= "\u9fff" for char in text) else text


@cache
def _converter() -> Any:
    import opencc  # 10 ms to ready, and only those who read documents need it

    return opencc.OpenCC("t2s")
