"""Bytes of a Chinese text → characters: mark, declared charset, strict UTF-8, then GB18030 or Big5."""

from __future__ import annotations

import codecs
import re

from index.errors import FileUnreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FAMILY = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
"""Declared names → the superset that reads what such pages really hold."""

FREQUENT = frozenset("的一是在不了有和为人中大上个国政府信息公开年度报告申请收情况件总其他")
FREQUENT_TRADITIONAL = frozenset("的一是在不了有和為人中大上個國政府資訊信息公開年度報告申請收情況件總其他")


def decode(data: bytes, *, declared: str | None = None, name: str = "") -> str:
    """The text, with line ends as '\\n'; FileUnreadable when no known encoding fits."""
    text = _decode(data, declared)
    if text is None:
        raise FileUnreadable(f"无法识别文件“{name}”的文字编码：请另存为 UTF-8 后再试。")
    return re.sub(r"\r\n?", "\n", text.replace("\0", "")).removeprefix("\ufeff")


def _decode(data: bytes, declared: str | None) -> str | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    for encoding in _candidates(declared, data):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _forgiving(data)


def _candidates(declared: str | None, data: bytes) -> list[str]:
    wide = utf16_side(data)
    if wide:
        return [wide]
    first = []
    if declared:
        family = FAMILY.get(declared.strip().lower(), declared.strip().lower())
        # A page that says Latin says nothing: such declarations are left over from foreign templates.
        first = [] if family.startswith(("iso-8859", "windows-125", "latin", "ascii", "us-")) else [family]
    return [*first, "utf-8", *_chinese_order(data)]


def utf16_side(data: bytes) -> str | None:
    """Which UTF-16 a text without a mark is in: digits and line ends carry a NUL, and the rest is everyday text."""
    head = data[:4096]
    if b"\0" not in head:
        return None
    shares = {side: _everyday(head, side) for side in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda side: shares[side])
    return best if shares[best] > 0.95 else None


def _everyday(head: bytes, side: str) -> float:
    """Share of the characters that are Chinese, ASCII, or their punctuation."""
    text = head[: len(head) // 2 * 2].decode(side, errors="replace")
    known = sum(
        " " <= char <= "~" or char in "\t\r\n" or "\u2e80" <= char <= "\u9fff" or char >= "\uff00" for char in text
    )
    return known / max(1, len(text))


def _chinese_order(data: bytes) -> list[str]:
    """Most Big5 bytes are valid GB18030 too: the one that gives more everyday characters goes first."""
    simplified = sum(char in FREQUENT for char in data[:20000].decode("gb18030", errors="ignore"))
    traditional = sum(char in FREQUENT_TRADITIONAL for char in data[:20000].decode("big5hkscs", errors="ignore"))
    order = ["gb18030", "big5hkscs"]
    return order[::-1] if traditional > 2 * simplified else order


def _forgiving(data: bytes) -> str | None:
    """A text cut inside a character, or with a few bytes spoiled: the encoding that loses least, if it loses little."""
    best = min(
        (data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")),
        key=lambda text: text.count("\ufffd"),
    )
    return best if best.count("\ufffd") <= max(3, len(best) // 200) else None
