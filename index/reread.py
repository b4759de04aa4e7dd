"""Reads the kept originals with today's reader and says what would change, before it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import index
from index import load
from index.errors import NianbaoError
from index.report import Figure, Number, Report
from index.store import Index, Source

Cell = tuple[Number | None, str]
"""Value and status."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that is read otherwise than it was; None: absent."""

    code: str
    before: Cell | None
    after: Cell | None


@dataclass(frozen=True, slots=True)
class Reread:
    """One report, read again."""

    source: Source
    changes: tuple[CellChange, ...] = ()
    gained: int = 0
    """Equations that hold now and did not before, or could not be tested."""
    lost: int = 0
    """Equations that held and do not any more, or cannot be tested."""
    stored: bool = False
    error: str | None = None


def reread(store: Index, *, dry_run: bool = True, by: str = "") -> Iterator[Reread]:
    """Every loaded report; with `dry_run` nothing is stored, else what changed becomes a new revision.

    Agency and year stay what they are: whoever loaded the report may have said them.
    """
    if not dry_run:
        store.regroup()
    for source in store.sources():
        try:
            original = store.original(source.sha256).read_bytes()
            report = load.read_isolated(original, source.file, source.agency, source.year)
        except (NianbaoError, OSError) as error:
            yield Reread(source, error=str(error))
            continue
        yield _compare(store, source, report, original, None if dry_run else by)


def _compare(store: Index, source: Source, report: Report, original: bytes, by: str | None) -> Reread:
    before = _stored_cells(store, source)
    after = {code: (figure.value, str(figure.status)) for code, figure in report.figures.items()}
    changes = tuple(
        CellChange(code, before.get(code), after.get(code))
        for code in sorted(before.keys() | after.keys())
        if before.get(code) != after.get(code)
    )
    gained, lost = _equations(before, report)
    stored = by is not None and (bool(changes) or report.edition != source.edition)
    if stored:
        about = {"file": source.file, "reader": index.__version__, "loaded_by": by or source.loaded_by}
        store.save(report, original=original, reread=True, **about)
    return Reread(source, changes, gained, lost, stored)


def _stored_cells(store: Index, source: Source) -> dict[str, Cell]:
    """As it was read: corrections are a layer above, and stay whatever the reading becomes."""
    return {code: (figure.value, str(figure.status)) for code, figure in store.reading(source.report_id).items()}


def _equations(before: Mapping[str, Cell], report: Report) -> tuple[int, int]:
    from index.checks import run_checks

    figures = {code: Figure(code, value, status) for code, (value, status) in before.items()}  # type: ignore[arg-type]
    held = {check.rule for check in run_checks(figures, report.edition) if check.holds}
    holding = {check.rule for check in report.checks if check.holds}
    return len(holding - held), len(held - holding)
