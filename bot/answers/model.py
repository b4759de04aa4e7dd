"""An answer: what was found, as plain frozen data. Sentences are made in render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.question.query import Conversation, Item, Query
from index.document import Place
from index.report import Number

Outcome = Literal["answer", "clarify", "no_report", "not_in_report", "out_of_scope", "help"]
State = Literal["printed", "derived", "blank", "absent"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A field, or a sum of fields, in one report."""

    agency_id: int
    agency: str
    """As that report itself prints it."""
    year: int
    code: str
    value: Number | None
    unit: str
    state: State
    title: str = ""
    file: str = ""
    sha256: str = ""
    place: Place | None = None
    raw: str = ""
    parts: tuple[tuple[str, Number], ...] = ()
    """Of a sum that no cell prints: its cells."""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Warning:
    """An equation that does not hold in a report the answer uses."""

    agency: str
    year: int
    label: str
    detail: str
    verdict: str = ""
    beside: bool = False
    """No equation of the table: the report's own prose states this figure otherwise. The figure stays what it is."""


@dataclass(frozen=True, slots=True)
class Result:
    """One value of an answer with what it comes from: a figure, or arithmetic on figures."""

    agency_id: int
    agency: str
    year: int
    item: Item
    value: Number | float | None
    unit: str
    figures: tuple[Figure, ...]
    top: Number | None = None
    bottom: Number | None = None
    """The two sides of a rate."""
    small: bool = False
    """A rate on fewer cases than the small-number rule asks for."""
    problem: Literal["", "blank", "absent", "zero", "no_report"] = ""
    """Why there is no value: 未填写, 未列出, a zero below the line, no report."""


@dataclass(frozen=True, slots=True)
class Named:
    """Agencies of which a line names the first few and says how many there are."""

    shown: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which part of a group an answer covers."""

    label: str
    covered: int
    total: int
    missing: Named = Named()
    """Agencies or divisions without a loaded report of that year."""
    missing_of: tuple[tuple[int, Named], ...] = ()
    """Of several years: the agencies without a report, year by year."""
    blank: Named = Named()
    """Agencies whose report leaves the cell empty or out."""
    flagged: Named = Named()
    """Agencies whose report breaks an equation this figure is part of."""
    unbounded: bool = False
    """Nobody knows how many there are besides the loaded ones: departments."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the prose that answers."""

    agency: str
    year: int
    section: str
    text: str
    page: int | None = None
    title: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A next question that has data behind it; `action` is what a button carries."""

    kind: str
    """previous, years, compare, source, agency, pick: key of its label in replies.toml."""
    action: str
    name: str = ""
    """What the label names: a year, an agency."""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark for people, as the key of a sentence with its values."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine hands to render."""

    outcome: Outcome
    kind: str = ""
    query: Query | None = None
    results: tuple[Result, ...] = ()
    """What was asked for, in the order to be shown."""
    figures: tuple[Figure, ...] = ()
    """Just the cells that answer; of a calculation, its parts."""
    value: Number | float | None = None
    unit: str = ""
    verdict: str = ""
    """For yes or no, and for kinds with several sentences: which one."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the sentences of this kind need beside the results."""
    candidates: tuple[tuple[int, str], ...] = ()
    coverage: Coverage | None = None
    notes: tuple[Note, ...] = ()
    warnings: tuple[Warning, ...] = ()
    quotes: tuple[Quote, ...] = ()
    beside: tuple[Result, ...] = ()
    """Shown beside a single figure, and no part of the answer: applicants, share, last year."""
    offers: tuple[Offer, ...] = ()
    parts: tuple[Answer, ...] = ()
    """Answers to the questions of one message, in order."""
    trace: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer and the conversation after it."""

    answer: Answer
    conversation: Conversation
