"""A printed cell → its number, or why there is none: '22（其中修订16件）' → 22, '－' → 0, '减3' → -3, '251000元'."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from index.reading.script import SPACES, simplified
from index.reading.words import words
from index.report import Number

NUMBER = r"[+\-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
DASHES = re.compile(r"[-\u2010-\u2015\u2212\u2500\u2501\uff0d~\uff5e_]+")
SLASHES = re.compile(r"[/\\\u2215]+")
FOOTNOTES = re.compile(r"(?<=\S)\s*[\u2460-\u249b\u2776-\u2793\u00b9\u00b2\u00b3\u2070\u2074-\u2079*＊※]+\s*$")
FOOTNOTE = re.compile(r"[\u2460-\u249b\u2776-\u2793\u00b9\u00b2\u00b3\u2070\u2074-\u2079]")
"""Marks of notes: raised or circled numbers, stars. Never digits of the number they stand behind."""
NUMERALS = re.compile(r"[一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]")
MISREAD = str.maketrans("OoQlI|", "000111")
REMARK = r"(?:[(（\[【][^()（）]*[)）\]】])?"


@dataclass(frozen=True, slots=True)
class Printed:
    """The number a cell prints."""

    number: Number
    unit: str = ""
    """As printed behind it: 元, 万元, 件, or ''."""
    zero_mark: bool = False
    """'-', '/', 无: a printed zero that is not written as 0."""
    broken: bool = False
    """The digits stand on two lines of the cell: believed only where the equations agree."""


def parse(text: str) -> Printed | None:
    """The number of a cell, or None where it is empty or cannot be understood."""
    broken = bool(re.search(r"\d\s*\n\s*[\d.]", text.strip()))
    if re.search(r"[\d.,][ \t\u3000\xa0]+[\d.]", text.strip()):
        return None  # two numbers, or one pulled apart: who could say
    if FOOTNOTE.match(text.strip()):
        return None
    cleaned = simplified(SPACES.sub("", unicodedata.normalize("NFKC", FOOTNOTES.sub("", text))))
    if not cleaned or len(cleaned) > 60:
        return None
    if DASHES.fullmatch(cleaned) or SLASHES.fullmatch(cleaned) or cleaned in words()["zeros"]:
        return Printed(0, zero_mark=True)
    found = _pattern().fullmatch(cleaned)
    if not found:
        return None
    if re.match(r"[+\-]?0\d", found["number"]):
        return None  # digits of several cells, one under the other
    number = Decimal(found["number"].replace(",", ""))
    if found["sign"]:
        number = abs(number) * words()["signs"][found["sign"]]
    return Printed(_number(number), found["unit"] or found["bracketed"] or "", broken=broken)


def looks_like_value(text: str) -> bool:
    """Whether a cell holds a number or a mark for none."""
    return parse(text) is not None


def may_print(text: str, value: int) -> bool:
    """Whether a cell that could not be understood may well stand for this number: it names no other.

    '约22', '22+3' and '二十二' are what the report says: nothing else may be computed in their place.
    """
    cleaned = SPACES.sub("", unicodedata.normalize("NFKC", text)).translate(MISREAD)
    digits = re.findall(r"\d+", cleaned)
    return str(value) == "".join(digits) if digits else not NUMERALS.search(cleaned)


def is_empty(text: str) -> bool:
    """Nothing printed, not even a dash."""
    return not SPACES.sub("", text)


def in_unit(printed: Printed, unit: str, head_unit: str = "") -> Number | None:
    """The number in the field's unit; None where the cell's unit or kind does not fit the field.

    `head_unit` is the unit printed in the head of the column, which a unit in the cell overrules.
    """
    if unit != "万元":
        whole = printed.number == int(printed.number)
        return int(printed.number) if whole and printed.unit not in words()["money"] else None
    if printed.unit and printed.unit not in words()["money"]:
        return None
    factor = Decimal(words()["money"].get(printed.unit or head_unit or "万元"))
    value = Decimal(printed.number) * factor
    return _number(value if factor == 1 else value.normalize())


def _number(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value


@cache
def _pattern() -> re.Pattern[str]:
    signs = "|".join(sorted(words()["signs"], key=len, reverse=True))
    units = "|".join(sorted(words()["units"], key=len, reverse=True))
    unit = rf"(?:(?P<unit>{units})|\((?P<bracketed>{units})\))?"
    return re.compile(rf"(?P<sign>{signs})?(?P<number>{NUMBER}){unit}{REMARK}[;、。]?")
