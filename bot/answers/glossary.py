"""Words that administrators taught, put into the words of the form before a question is read.

琼台2024年收到多少申请 → 示例市甲区人民政府2024年收到多少申请, once somebody said that 琼台 means that agency.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.question.normalise import normalise
from bot.wording import data
from index.agencies import Directory
from index.store.records import Alias, AliasKind


class Glossary:
    """The taught words whose targets are loaded; immutable."""

    def __init__(self, aliases: Sequence[Alias], directory: Directory) -> None:
        self._directory = directory
        pairs = ((each, meaning(each.kind, each.target, directory)) for each in aliases)
        self._meant = {each.spelling: (each.kind, text) for each, text in pairs if text}
        longest_first = sorted(self._meant, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def applied(self, text: str) -> str:
        """The text with what the words mean in their place; untouched where none of them stands in it."""
        if self._any is None or not self._any.search(plain := normalise(text)):
            return text
        names = [(each.start, each.end) for each in self._directory.recognise(plain)]
        return self._any.sub(lambda match: self._meaning(match, names), plain)

    def _meaning(self, match: re.Match[str], names: Sequence[tuple[int, int]]) -> str:
        """A word that reaches into a known name is left alone: 区府 in 乙区府."""
        start, end = match.span()
        cut = any(a < end and start < b and not (start <= a and b <= end) for a, b in names)
        return match[0] if cut else self._meant[match[0]][1]


def meaning(kind: AliasKind, target: str, directory: Directory) -> str:
    """What stands for a target in a question; '' when its agency is not loaded."""
    if kind == "agency":
        agency = directory.by_key(target)
        return agency.name if agency else ""
    return fields().get(target, "")


def fields() -> dict[str, str]:
    """What a wording may be taught for: codes of rows, columns and fields with their names in questions."""
    wording: dict[str, Any] = data("fields.toml")
    tables = (wording.get(kind, {}) for kind in ("row", "column", "field"))
    return {code: str(section["label"]) for table in tables for code, section in table.items() if "label" in section}
