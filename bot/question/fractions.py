"""三成, 四分之一, 一半, 翻一番 → 30%, 25%, 50%, 达到2倍: parts of a whole as the numbers that bounds are read from."""

from __future__ import annotations

import re
from functools import cache

from bot.question.numerals import number
from bot.wording import data


def in_percent(text: str) -> str:
    """The text with every part of a whole as a percentage, and every doubling as a multiple."""
    if not text or text.isascii():
        return text
    table = data("bounds.toml")
    text = _pattern(table["tenths"]["pattern"]).sub(_tenths, text)
    text = _pattern(table["parts"]["pattern"]).sub(_parts, text)
    text = _pattern(table["doubled"]["pattern"]).sub(_doubled, text)
    for word, meaning in table["words"].items():
        text = text.replace(word, meaning)
    return text


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _tenths(match: re.Match[str]) -> str:
    """两成五 → 25%; 一成半 → 15%."""
    rest = 5 if match[2] == "半" else number(match[2]) if match[2] else 0
    return _percent((number(match[1]) or 0) * 10 + (rest or 0))


def _parts(match: re.Match[str]) -> str:
    """四分之一 → 25%; 百分之二点五 → 2.5%."""
    whole = number(match[1]) or {"百": 100, "千": 1000, "万": 10_000}[match[1]]
    before, _, after = match[2].partition("点")
    top = float(match[2]) if match[2][0].isdigit() else float(number(before) or 0)
    if after:
        top += float("0." + "".join(str(number(each)) for each in after))
    return _percent(top / whole * 100)


def _doubled(match: re.Match[str]) -> str:
    """翻两番 is four times as many."""
    times = 2 ** int(number(match[1]) or 1) if match[1] else 2
    return str(data("bounds.toml")["doubled"]["say"]).format(times=times)


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
