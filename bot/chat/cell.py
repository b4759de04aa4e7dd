"""Which printed cell a picture is wanted of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell that an answer rests on."""

    agency_id: int
    agency: str
    year: int
    code: str
    """'' for prose: only its report is wanted."""
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Located:
    """The one printed cell that an answer is about."""

    agency_id: int
    agency: str
    year: int
    code: str
    label: str
