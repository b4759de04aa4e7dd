"""An open index: its connection, what it knows of its columns, and small things kept between questions."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from index.errors import IndexUnwritable
from index.report import Number
from index.store.database import transaction, translated
from index.store.records import Source

SOURCE = "r.id, r.agency_id, r.agency, r.year, r.edition, r.title, r.file, r.sha256, r.revision, r.loaded_at, r.reader"
SOURCES_KEPT = 20_000
Corrections = Mapping[tuple[int, int, str], Mapping[str, Number | None]]
"""By agency, year and original: the values that stand over the reading."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of `figures`: the field's number (its place in `marks`) and its unit."""

    number: int
    unit: str


class Base:
    """One connection, used by one thread at a time; the lock makes that so."""

    def __init__(self, path: Path, connection: sqlite3.Connection, originals: Path, read_only: bool) -> None:
        self.path = path
        self.originals = originals
        self.read_only = read_only
        self.connection = connection
        self.lock = threading.RLock()
        self.columns = self._columns()
        self._sources: dict[int, Source] = {}
        self._kept: dict[str, tuple[int, Any]] = {}

    def _columns(self) -> dict[str, Column]:
        rows = self.connection.execute("SELECT code, number, unit FROM fields ORDER BY number")
        return {code: Column(number, unit) for code, number, unit in rows}

    def version(self) -> int:
        """Changes whenever the data changes, whoever changed it; the same for every reader of one file."""
        return int(self.rows("SELECT number FROM changes")[0][0])

    def rows(self, sql: str, parameters: Collection[Any] = ()) -> list[tuple[Any, ...]]:
        with self.lock, translated(self.path):
            return self.connection.execute(sql, tuple(parameters)).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; what it changes is counted, and either all there or not at all."""
        if self.read_only:
            raise IndexUnwritable(f"索引 {self.path} 是只读的：请检查文件和目录的写权限。")
        with self.lock, translated(self.path), transaction(self.connection):
            before = self.connection.total_changes
            yield self.connection
            if self.connection.total_changes > before:
                self.connection.execute("UPDATE changes SET number = number + 1")

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What `make` made, until the data changes."""
        with self.lock:
            version = self.version()
            found = self._kept.get(name)
            if found is None or found[0] != version or self.connection.in_transaction:
                found = (version, make())
                self._kept[name] = found
            return found[1]

    def origins(self, report_ids: Collection[int]) -> dict[int, Source]:
        """By report; a report's source never changes, so it is kept."""
        with self.lock:
            missing = [each for each in report_ids if each not in self._sources]
            if missing:
                if len(self._sources) + len(missing) > SOURCES_KEPT:
                    self._sources = {each: self._sources[each] for each in report_ids if each in self._sources}
                sql = f"SELECT {SOURCE}, r.loaded_by FROM reports r WHERE r.id IN (SELECT value FROM json_each(?))"
                self._sources.update((row[0], source_of(row)) for row in self.rows(sql, [json.dumps(missing)]))
            known = self._sources
            return {each: known[each] for each in report_ids if each in known}

    def forget_origins(self) -> None:
        """After reports went to another agency."""
        self._sources.clear()

    def corrections(self) -> Corrections:
        return self.kept("corrections", self._corrections)

    def _corrections(self) -> Corrections:
        found: dict[tuple[int, int, str], dict[str, Number | None]] = {}
        sql = "SELECT agency_id, year, sha256, code, new_value FROM corrections WHERE undone_at IS NULL ORDER BY id"
        for agency_id, year, sha256, code, value in self.rows(sql):
            found.setdefault((agency_id, year, sha256), {})[code] = number_of(value)
        return found


def source_of(row: tuple[Any, ...]) -> Source:
    parts: list[Any] = [*row[:9], datetime.fromisoformat(row[9]), *row[10:]]
    return Source(*parts)


def number_of(text: str | None) -> Number | None:
    """A number kept as text: '30' → 30, '25.1' → Decimal('25.1'), '' → None."""
    if not text:
        return None
    return int(text) if text.lstrip("-").isdecimal() else Decimal(text)


def listed(values: Iterable[int]) -> str:
    """For `IN (SELECT value FROM json_each(?))`: one statement whatever the number of values."""
    return json.dumps(list(values))
