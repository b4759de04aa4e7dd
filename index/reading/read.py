"""The whole walk from a document to a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index import forms
from index.checks import run_checks
from index.contradictions import contradictions
from index.document import Document
from index.errors import AgencyUnknown, YearUnknown
from index.reading.assign import Assignment, assign
from index.reading.columns import Placed, place
from index.reading.cuts import mended
from index.reading.figures import figures_of
from index.reading.heading import Heading, heading
from index.reading.kinds import require_report
from index.reading.ordered import ordered
from index.reading.overflow import certain, overflowing
from index.reading.passages import passages, table_blocks
from index.reading.resolve import derive, settle
from index.reading.statistics import Statistics, read_statistics
from index.reading.stream import Item, Run, stream
from index.reading.turned import turned
from index.report import Check, Figure, Passage, Report, Unread

LAST_STATISTICS = 2021
"""From this year on no report has the statistics table; those of 2019 and 2020 that still have it, have it alone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as read, before anyone has said whose it is where the document does not."""

    agency: str | None
    year: int | None
    edition: str
    title: str
    figures: Mapping[str, Figure]
    passages: tuple[Passage, ...] = ()
    checks: tuple[Check, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()


def read_figures(document: Document) -> Reading:
    """Everything a document says; NotAReport where it is not one annual report."""
    head = heading(document)
    items = ordered(turned(mended(stream(document))))
    assignment = assign(items)
    old = read_statistics(document, items) if head.year is None or head.year < LAST_STATISTICS else None
    if old is not None and len(old.figures) > len(assignment.rows):
        return _of_statistics(document, head, old)
    prose = passages(document, table_blocks(items, assignment), head)
    require_report(document, head, len(assignment.rows), assignment.several, prose)
    placed = certain(place(assignment.rows, items, _edition_of(head.year)), overflowing(assignment.rows, items))
    edition = _edition(placed, head)
    placed = settle(placed, items, edition)
    found = figures_of(placed, derive(placed, edition, whole=not assignment.doubtful))
    against = contradictions(prose, found.figures, head.agency or "", head.year) if head.year else ()
    return Reading(
        head.agency,
        head.year,
        edition,
        head.title,
        found.figures,
        prose,
        run_checks(found.figures, edition),
        (*found.unread, *_unplaced(items, assignment)),
        (*document.notes, *head.notes, *_twice(assignment), *(f"{each.label}：{each.detail}" for each in against)),
    )


def _of_statistics(document: Document, head: Heading, old: Statistics) -> Reading:
    """A report up to 2018: its prose, and the statistics table at its end."""
    prose = passages(document, old.blocks, head)
    require_report(document, head, len(old.figures), False, prose)
    checks = run_checks(old.figures, forms.STATISTICS)
    notes = (*document.notes, *head.notes)
    return Reading(head.agency, head.year, forms.STATISTICS, head.title, old.figures, prose, checks, old.unread, notes)


def read_report(document: Document, *, agency: str | None = None, year: int | None = None) -> Report:
    """The report of a document; AgencyUnknown or YearUnknown where neither it nor the caller says."""
    reading = read_figures(document)
    name, period = agency or reading.agency, year or reading.year
    if not name:
        raise AgencyUnknown(f"“{document.file}”没有写明是哪个机关的年度报告：请用 --agency 指明机关全称。")
    if not period:
        raise YearUnknown(f"“{document.file}”没有写明是哪一年的年度报告：请用 --year 指明年度。")
    return Report(
        name,
        period,
        reading.edition,
        reading.title,
        reading.figures,
        reading.passages,
        reading.checks,
        reading.unread,
        (*reading.notes, *_said(reading, agency, year)),
        contradictions(reading.passages, reading.figures, name, period),
    )


def _said(reading: Reading, agency: str | None, year: int | None) -> list[str]:
    """Where what the caller said differs from what the document prints."""
    notes = []
    if agency and reading.agency and agency != reading.agency:
        notes.append(f"按指定记为“{agency}”，文件本身写的是“{reading.agency}”")
    if year and reading.year and year != reading.year:
        notes.append(f"按指定记为{year}年，文件本身写的是{reading.year}年")
    return notes


def _edition_of(year: int | None) -> str:
    """The edition in force in a year; the newest where the year is unknown."""
    listed = forms.current()
    return next((each.name for each in listed if year is None or each.first_year <= year), listed[-1].name)


def _edition(placed: list[Placed], head: Heading) -> str:
    """The edition most rows follow that only one edition has in this shape."""
    telling = [row.edition for row in placed if _tells(row)]
    return max(sorted(set(telling)), key=telling.count) if telling else _edition_of(head.year)


def _tells(row: Placed) -> bool:
    return len(set(row.row.line.variants.values())) > 1 or len(row.row.line.variants) == 1


def _twice(assignment: Assignment) -> list[str]:
    """Rows printed once more with other values: people are told."""
    names = {row.code: row.label for each in reversed(forms.current()) for row in each.rows}
    codes = dict.fromkeys(code for code, _ in assignment.repeated)
    return [f"“{names[code]}”一行印了两次，数不相同：请对照原文" for code in codes if code in names]


def _unplaced(items: tuple[Item, ...], assignment: Assignment) -> tuple[Unread, ...]:
    unread = []
    for at in assignment.doubtful:
        run = items[at]
        assert isinstance(run, Run)
        text = " ".join([*(each.text for each in run.own), *(token.text for token in run.tokens)])
        unread.append(Unread(text, "这一行数未能对应到表中的行", run.place))
    return tuple(unread)
