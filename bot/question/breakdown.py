"""哪类申请人最多, 不予公开的主要理由: an item taken apart into its columns or its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.question import form
from bot.question.query import Item
from bot.question.reading import Reading
from bot.wording import data


def listed(reading: Reading, items: tuple[Item, ...], before: Sequence[Item]) -> tuple[Item, ...]:
    """The parts of the items, if the question asks for kinds of applicants or of reasons; else the items."""
    base = items or tuple(before)
    if reading.has("applicant_kinds"):
        rows = [form.split_code(item.code)[0] for item in base if item.kind == "field"] or ["requests.received"]
        codes = [code for row in rows for column in form.APPLICANTS[:6] if (code := form.field_code(row, column))]
        return tuple(Item("field", code) for code in codes) or items
    if _OUTCOMES.search(reading.text) and [item.code for item in base] == ["requests.handled.total"]:
        codes = [code for row in form.OUTCOMES if (code := form.field_code(row, "total"))]
        return tuple(Item("field", code) for code in codes)
    if reading.has("reason_kinds"):
        codes = [code for item in base if item.kind == "field" for code in _rows_below(item.code)]
        return tuple(Item("field", code) for code in codes) or items
    return items


_OUTCOMES = re.compile(
    "(?:办理|处理|答复)(?:的)?(?:结果|结论|情况|方式)(?:都|分别|各|具体)*(?:有|是)(?:哪些|什么|哪几[种类]|几[种类]|怎样的)"
)
"""办理结果都有哪些: every outcome with its count."""


def whys(reading: Reading, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """为什么2024年申请比2023年多: a figure is no reason; only the prose may print one."""
    words = data("prose.toml")["reason"]["asks"]
    asked = any(word in token.text for token in reading.tokens if token.has("reason_kinds") for word in words)
    if not asked or len(items) != 1 or items[0].kind not in ("field", "measure", "share"):
        return items
    code = items[0].code
    if items[0].kind == "measure":
        code = data("measures.toml")["measure"][code]["top"][0].replace("{column}", items[0].column)
    return (Item("reason", code),)


def _rows_below(code: str) -> list[str]:
    """requests.refused.total → the totals of its eight rows."""
    row, column = form.split_code(code)
    if row not in form.GROUPS:
        return []
    return [
        each
        for each in sorted(form.codes(), key=form.position)
        if each.startswith(row + ".") and each.endswith("." + column) and each.count(".") == 3
    ]
