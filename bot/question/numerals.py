"""Chinese and Arabic numerals → numbers."""

from __future__ import annotations

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "仨": 3}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

NUMBER = re.compile(r"\d+(?:\.\d+)?[万千百亿]?|[零一二三四五六七八九十百千万亿两俩仨]+")
"""A number as it may stand in a question."""


def number(text: str) -> int | float | None:
    """3883.3 → 3883.3; 1.2万 → 12000; 一百二十 → 120; 一百二 → 120; anything else → None."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([百千万亿]?)", text)
    if match:
        scale = (_UNITS | _LARGE).get(match[2], 1)
        value = float(match[1]) * scale
        return int(value) if value == int(value) else value
    return chinese_number(text)


def chinese_number(text: str) -> int | None:
    """两千零五 → 2005; 二零二四 → 2024; 三万五 → 35000."""
    if not text or any(char not in _DIGITS and char not in _UNITS and char not in _LARGE for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    last_unit = 1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            last_unit = 1 if char == "零" else last_unit
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit, last_unit = 0, _UNITS[char]
        else:
            total = (total + section + digit) * _LARGE[char]
            section = digit = 0
            last_unit = _LARGE[char]
    return total + section + digit * (last_unit // 10 if last_unit >= 10 else 1)
