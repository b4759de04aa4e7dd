"""The program's own words in 繁體. What a report prints is never converted: names, titles and quotations stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from bot.wording.lexicon import data


def traditional(text: str, printed: Iterable[str] = ()) -> str:
    """'〔示例市人民政府 · 2024年 · 行政复议〕' → '… 行政復議〕', with every string of `printed` left as it is."""
    kept = sorted({each for each in printed if each}, key=len, reverse=True)
    if not kept:
        return _converted(text)
    pieces = re.split(f"({'|'.join(map(re.escape, kept))})", text)
    return "".join(piece if number % 2 else _converted(piece) for number, piece in enumerate(pieces))


@lru_cache(maxsize=4096)
def _converted(text: str) -> str:
    found = str(_converter().convert(text))
    for wrong, right in data("traditional.toml")["words"].items():
        found = found.replace(wrong, right)
    return found


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2tw")
