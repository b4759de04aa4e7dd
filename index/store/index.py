"""The index as the rest of the program sees it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from index.report import Figure, Number, Report
from index.store import (
    agencies,
    aliases,
    copies,
    corrections,
    grouping,
    history,
    migrations,
    originals,
    passages,
    read,
    write,
)
from index.store.base import Base
from index.store.database import connect, translated
from index.store.records import (
    Agency,
    Alias,
    AliasKind,
    Correction,
    Event,
    FailedCheck,
    Saved,
    Source,
    StoredFigure,
    StoredPassage,
    Summary,
)


class Index(Base):
    """Reports in, figures and passages out. Any number of readers, one writer; threads may share it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, originals: Path, read_only: bool) -> None:
        super().__init__(path, connection, originals, read_only)
        self._listing = agencies.Listing()

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Index:
        """Opens the index, making it first if `create`, and brings an older one up to date.

        Raises IndexUnreadable, IndexUnwritable or IndexTooNew.
        """
        path = Path(path)
        connection, read_only = connect(path, create=create)
        try:
            with translated(path):
                if read_only:
                    migrations.check_ours(connection, path)
                else:
                    migrations.migrate(connection, path)
                return cls(path, connection, originals.folder_beside(path), read_only)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        with self.lock:
            self.connection.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Reading

    def agencies(self) -> tuple[Agency, ...]:
        """Every agency with a loaded report, sorted by name; the same tuple until one of them changes."""
        return agencies.agencies(self, self._listing)

    def agencies_ever(self) -> tuple[tuple[int, str], ...]:
        """(id, name) of every agency that ever had a report, for its history."""
        return tuple(self.rows("SELECT DISTINCT agency_id, agency FROM reports"))

    def source(self, agency_id: int, year: int) -> Source | None:
        """Where that agency's report of that year comes from; None when it is not loaded."""
        return read.source(self, agency_id, year)

    def sources(self, agency_id: int | None = None) -> tuple[Source, ...]:
        """The loaded reports, of one agency or of all, by agency and year."""
        return read.sources(self, agency_id)

    def sources_by(self, loader: str) -> tuple[Source, ...]:
        """The loaded reports that were loaded in this name."""
        return read.sources_by(self, loader)

    def figures(
        self,
        agency_ids: Sequence[int] | None,
        years: Sequence[int] | None,
        codes: Sequence[str],
        *,
        evidence: bool = False,
    ) -> tuple[StoredFigure, ...]:
        """What is printed, derived or blank, corrected where someone corrected it, in the order asked.

        `raw` and `place` are filled only with `evidence`. None for agencies or years means all.
        """
        return read.figures(self, agency_ids, years, codes, evidence)

    def column(self, year: int, code: str, agency_ids: Collection[int] | None = None) -> tuple[StoredFigure, ...]:
        """One field of all reports of a year."""
        return read.column(self, year, code, agency_ids)

    def values(
        self, year: int, codes: Sequence[str], agency_ids: Collection[int] | None = None
    ) -> list[tuple[Any, ...]]:
        """(agency id, value of each code …) for all reports of a year; None where blank or absent."""
        return read.values(self, year, codes, agency_ids)

    def failed_checks(
        self,
        agency_ids: Collection[int] | None,
        years: Collection[int] | None,
        codes: Collection[str] | None = None,
    ) -> tuple[FailedCheck, ...]:
        """Equations and comparisons that do not hold; with `codes` those that concern one of them."""
        return read.failed_checks(self, agency_ids, years, codes)

    def passages(
        self,
        agency_ids: Collection[int] | None,
        years: Collection[int] | None,
        *,
        topic: str | None = None,
        contains: Sequence[str] = (),
        limit: int | None = None,
    ) -> tuple[StoredPassage, ...]:
        """Prose in reading order, that contains every one of the terms."""
        return passages.find(self, agency_ids, years, topic, contains, limit)

    def summary(self, report_id: int) -> Summary:
        """What a stored report holds, in numbers, with its notes and what could not be read."""
        return read.summary(self, report_id)

    def cells_before(self, source: Source) -> int:
        """How many figures the revision before this one holds; 0 if there is none."""
        return read.cells_before(self, source)

    def reading(self, report_id: int) -> dict[str, Figure]:
        """What was read in that revision, without corrections: to compare one revision with another."""
        return read.reading(self, report_id)

    def known(self, sha256: str) -> Source | None:
        """The report that was read from these bytes, unless it was taken out."""
        return read.by_hash(self, sha256)

    def original(self, sha256: str) -> Path:
        """The file as it was loaded."""
        return originals.find(self.originals, sha256)

    # Writing

    def save(
        self, report: Report, *, original: bytes, file: str, reader: str, loaded_by: str = "", reread: bool = False
    ) -> Saved:
        """Stores a report, whole or not at all, and its original.

        The same bytes again change nothing, unless they are `reread`: then they give a new revision.
        """
        about = write.Loading(file, originals.digest(original), reader, loaded_by)
        return write.save(self, report, original, about, reread)

    def remove(self, agency_id: int, year: int, *, by: str = "", reason: str = "") -> Source:
        """Takes a report out; it stays in the history."""
        return history.remove(self, agency_id, year, by, reason)

    def restore(self, agency_id: int, year: int, revision: int, *, by: str = "", reason: str = "") -> Source:
        """Lets that revision count again."""
        return history.restore(self, agency_id, year, revision, by, reason)

    def undo(self, agency_id: int, year: int, *, by: str = "") -> Source | None:
        """Takes back the last load, removal, restoring or correction; hands back what counts now."""
        return history.undo(self, agency_id, year, by)

    def history(self, agency_id: int, year: int) -> tuple[Event, ...]:
        """Everything that happened to that report, oldest first."""
        return history.events(self, agency_id, year)

    def correct(
        self, agency_id: int, year: int, code: str, value: Number | None, *, author: str, reason: str
    ) -> Correction:
        """Lets a value stand over the reading of a cell; None: not filled in."""
        return corrections.correct(self, agency_id, year, code, value, author, reason)

    def uncorrect(self, correction_id: int, *, by: str = "") -> Correction:
        """Takes a correction back."""
        return corrections.uncorrect(self, correction_id, by)

    def corrections_of(self, agency_id: int, year: int) -> tuple[Correction, ...]:
        """All corrections ever made to that report, those taken back too."""
        return corrections.of_report(self, agency_id, year)

    def aliases(self) -> tuple[Alias, ...]:
        """The words that administrators taught, longest first."""
        return self.kept("aliases", lambda: aliases.find(self))

    def add_alias(self, spelling: str, kind: AliasKind, target: str, *, author: str) -> Alias:
        """Lets a spelling mean an agency (its key) or a field (its code)."""
        return aliases.add(self, spelling, kind, target, author)

    def drop_alias(self, alias_id: int) -> Alias | None:
        """Forgets a spelling; None if it was forgotten already."""
        return aliases.drop(self, alias_id)

    def regroup(self) -> tuple[str, ...]:
        """Gives every report to the agency that its printed name means today; the printed names that moved."""
        return grouping.regroup(self)

    def refresh_names(self) -> tuple[str, ...]:
        """regroup, if this program understands names otherwise than the one that last did; the names that moved."""
        return () if self.read_only else grouping.refresh(self)

    def backup(self, path: Path) -> int:
        """Writes a consistent copy with its originals while others read and write; the number of originals."""
        return copies.backup(self, Path(path))
