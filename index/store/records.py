"""What the store hands out: plain dataclasses, never rows or SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from index.document import Place
from index.report import Number, Status, Unread


@dataclass(frozen=True, slots=True)
class Agency:
    """A public body with at least one loaded report."""

    id: int
    name: str
    """Its fullest printed name: 镇江市丹徒区人民政府."""
    key: str
    """Its identity (index.agencies.identify): the same for every printed name of the same body."""
    printed: tuple[str, ...]
    """Every name its loaded reports print."""
    years: tuple[int, ...]
    """Years loaded, ascending."""


AliasKind = Literal["agency", "field"]


@dataclass(frozen=True, slots=True)
class Alias:
    """A word that an administrator taught."""

    id: int
    spelling: str
    kind: AliasKind
    target: str
    """An agency's key, or the code of a field, a row or a column of the form."""
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report comes from."""

    report_id: int
    agency_id: int
    agency: str
    """As that report itself prints it."""
    year: int
    edition: str
    title: str
    file: str
    """Name of the file as loaded."""
    sha256: str
    """Of the original, kept under this name."""
    revision: int
    """From 1; a new file for the same agency and year is a new revision."""
    loaded_at: datetime
    reader: str
    """Version of the program that read it."""
    loaded_by: str = ""


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """A field in one loaded report. Codes that no report prints (sums) are not stored: answers compute them."""

    source: Source
    code: str
    value: Number | None
    """None exactly when blank."""
    status: Status
    raw: str = ""
    place: Place | None = None
    """Evidence; None unless asked for."""
    corrected: bool = False
    """An administrator's correction stands over the reading."""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A paragraph of the prose of one loaded report."""

    source: Source
    section: str
    topic: str
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """An equation that does not hold in a loaded report."""

    source: Source
    rule: str
    label: str
    detail: str
    """In numbers: 30 + 0 ≠ 29 + 2（差 -1）."""
    codes: frozenset[str]
    verdict: str = ""
    """'原文如此' when two independent readings agree, else ''."""
    between: bool = False
    """A comparison with another report (last year's, another agency's) or with its prose: no equation of its own."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a report did."""

    status: Literal["loaded", "unchanged", "replaced"]
    source: Source


@dataclass(frozen=True, slots=True)
class Summary:
    """What a stored report holds, in numbers."""

    figures: int
    """Printed, derived and blank cells."""
    equations: int
    equations_held: int
    failed_checks: int
    """Equations of its own that fail, and comparisons with other reports that do."""
    notes: tuple[str, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """An administrator's value over the reading of one cell."""

    id: int
    agency_id: int
    year: int
    code: str
    old_value: Number | None
    new_value: Number | None
    """None: the cell is not filled in."""
    author: str
    at: datetime
    reason: str
    undone_at: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an agency's report of a year."""

    at: datetime
    what: Literal[
        "loaded", "replaced", "reread", "removed", "undone", "restored", "corrected", "uncorrected", "regrouped"
    ]
    by: str
    reason: str
    revision: int | None
    """The revision that counts after it; None: none does."""
    file: str
    correction: Correction | None = None
