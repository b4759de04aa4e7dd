"""What an edition of the form consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of the form."""

    code: str
    """Last part of a field's code: person."""
    label: str
    """As printed: 自然人."""
    parent: str
    """Head printed above it: 法人或其他组织, or ''."""
    unit: str
    also: tuple[str, ...]
    """Other wordings found in print."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of the form."""

    code: str
    """First part of its fields' codes: requests.refused.state_secret."""
    table: str
    """disclosure, requests, disputes, or statistics."""
    label: str
    """As printed, with its number: 1.属于国家秘密."""
    parent: str
    """Label printed to its left or above: （三）不予公开, or ''."""
    also: tuple[str, ...]
    """Other wordings found in print."""
    columns: tuple[Column, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(f"{self.code}.{column.code}" for column in self.columns)


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of the form, whatever the report."""

    code: str
    unit: str
    row: Row
    column: Column

    @property
    def label(self) -> str:
        """In words: （三）不予公开 · 1.属于国家秘密 · 自然人."""
        return " · ".join(part for part in (self.row.parent, self.row.label, self.column.label) if part)


@dataclass(frozen=True, slots=True)
class Sum:
    """A code that no cell prints: the sum of others. A report of another edition may print it all the same."""

    code: str
    label: str
    unit: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """Two sums of codes that the form says are equal (勾稽关系). A code may be a Sum's."""

    rule: str
    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the form; `fields` and `rows` in printed order."""

    name: str
    document: str
    first_year: int
    title: str
    sections: Mapping[str, str]
    """Topic (overview, disclosure, requests, disputes, problems, other) → heading as the form prints it."""
    rows: tuple[Row, ...]
    fields: Mapping[str, Field]
    sums: Mapping[str, Sum]
    equations: tuple[Equation, ...]
