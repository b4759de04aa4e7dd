"""The rows of all editions in one printed order, as alignment needs them: a report may mix editions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from index import forms
from index.forms.model import Column, Edition
from index.reading.script import key


@dataclass(frozen=True, slots=True)
class Line:
    """A row that a report may print."""

    code: str
    """`requests.granted`; for several blocks printed as one row, their codes joined by '+'."""
    table: str
    labels: tuple[str, ...]
    """Every wording, as compared (script.key)."""
    parent: str
    variants: Mapping[str, tuple[Column, ...]]
    """Edition → its columns."""

    widths: frozenset[int]
    """Numbers of cells it may have, by edition."""

    @property
    def blocks(self) -> int:
        """How many blocks it holds: more than one where reviews and suits stand in one row."""
        return self.code.count("+") + 1

    def codes(self, edition: str) -> tuple[str, ...]:
        """The codes of its cells in printed order."""
        columns = self.variants[edition]
        return tuple(f"{part}.{column.code}" for part in self.code.split("+") for column in columns)


@cache
def lines() -> tuple[Line, ...]:
    """All rows of the editions in use since 2019, merged in order."""
    newest = forms.current()
    order = _merged([[row.code for row in each.rows] for each in newest])
    rows = [_line(code, newest) for code in order]
    disputes = [line for line in rows if line.table == "disputes"]
    others = [line for line in rows if line.table != "disputes"]
    return (*others, *_blocks(disputes))


@cache
def heads() -> frozenset[str]:
    """The heads of all columns, as compared."""
    return frozenset(key(column.label) for line in lines() for each in line.variants.values() for column in each)


def _merged(orders: list[list[str]]) -> list[str]:
    """One order that keeps that of each list."""
    merged = list(orders[0])
    for order in orders[1:]:
        at = 0
        for code in order:
            if code in merged:
                at = merged.index(code) + 1
            else:
                merged.insert(at, code)
                at += 1
    return merged


def _line(code: str, editions: Iterable[Edition]) -> Line:
    found = {each.name: row for each in editions for row in each.rows if row.code == code}
    row = next(iter(found.values()))
    variants = {name: each.columns for name, each in found.items()}
    widths = frozenset(len(columns) for columns in variants.values())
    labels = {key(text): None for each in found.values() for text in (each.label, *each.also)}
    return Line(code, row.table, tuple(labels), key(row.parent), variants, widths)


def _blocks(disputes: list[Line]) -> tuple[Line, ...]:
    """The three blocks of reviews and suits: printed as one row of all, or the suits as one row, or each alone."""
    review, *suits = disputes
    heads = tuple(key(column.label) for columns in review.variants.values() for column in columns)
    everything = _joined(disputes, heads)
    return (everything, review, _joined(suits, heads), *suits)


def _joined(blocks: list[Line], heads: tuple[str, ...]) -> Line:
    labels = tuple(label for block in blocks for label in block.labels)
    parents = tuple(block.parent for block in blocks if block.parent)
    code = "+".join(block.code for block in blocks)
    labels = tuple(dict.fromkeys((*labels, *parents, *heads)))
    widths = frozenset(len(blocks) * width for width in blocks[0].widths)
    return Line(code, "disputes", labels, "", blocks[0].variants, widths)
