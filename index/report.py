"""A report as read: figures with status and evidence, passages, checks. What reading makes and the store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.document import Place

Number = int | Decimal
"""Counts are ints, money in 万元 is a Decimal. Never a float, so that nothing is rounded on the way."""

Status = Literal["printed", "derived", "blank"]
"""`printed`: read from the document. `derived`: the row is printed, the cell missing, empty or unreadable, and the
equations leave one value. `blank`: the cell is there and empty, not a zero. A field with no Figure is absent."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A field in one report."""

    code: str
    value: Number | None
    """In the field's unit; None exactly when the status is blank."""
    status: Status = "printed"
    raw: str = ""
    """The cell as printed ('-', '22（其中修订16件）', '251000元', '')."""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the report's prose."""

    section: str
    """Heading it stands under, as printed: 一、总体情况."""
    text: str
    place: Place = Place()
    topic: str = ""
    """Which section of the form it is, whatever its number: overview, disclosure, requests, disputes, problems, other
    or '' before the first heading."""


@dataclass(frozen=True, slots=True)
class Check:
    """One equation of the form tested on printed figures: left side = right side."""

    rule: str
    """Identifier of the equation with its cell: `row_total:requests.received`."""
    label: str
    """The equation in words: 新收 = 各类申请人之和."""
    left: Mapping[str, Number]
    right: Mapping[str, Number]
    left_value: Number
    right_value: Number
    verdict: str = ""
    """Of a failed one: 原文如此 when two independent readings agree, 两次读取不一致 when not, '' when there is one."""

    @property
    def holds(self) -> bool:
        return self.left_value == self.right_value

    @property
    def gap(self) -> Number:
        return self.left_value - self.right_value

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self.left) | frozenset(self.right)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A total of the year that the prose states otherwise than the table. The table's figure stays what it is."""

    rule: str
    """`prose:requests.received.total`."""
    label: str
    detail: str
    """In words, with both numbers and what the prose says."""
    code: str
    """The cell, or the sum of cells."""
    said: int
    printed: int
    place: Place = Place()
    """Of the sentence."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that looks like a figure and could not be placed, or a cell that could not be understood."""

    text: str
    why: str
    place: Place = Place()
    code: str | None = None
    """The field, where it is known which cell it is."""


@dataclass(frozen=True, slots=True)
class Report:
    """One agency's annual report for one year, as read from one document."""

    agency: str
    """As its title names it (繁體 kept), without 年度 and the words of the title."""
    year: int
    edition: str
    """'2021', '2019' or 'statistics' (up to 2018)."""
    title: str
    figures: Mapping[str, Figure]
    passages: tuple[Passage, ...] = ()
    checks: tuple[Check, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
    """Contradictions and other remarks for people: 标题与落款的机关不一致 …"""
    contradictions: tuple[Contradiction, ...] = ()
    """What the prose says otherwise than the tables."""
