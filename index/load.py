"""The whole walk of a file: read in a child process, recognised, checked, stored; many files on several cores."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

import index
from index import readers, whose
from index.errors import ReportError
from index.readers.isolate import close_children, run_in_child
from index.report import Report
from index.store import Index, Source
from index.store.identity import key_of
from index.store.originals import digest
from index.walk import Item, Walk

if TYPE_CHECKING:
    from index.reading import Reading

FILES_A_TASK = 25
"""For an executor that is given: one that spans machines takes a millisecond or more a task."""
OWN_FILES_A_TASK = 4
"""For our own processes, which take next to nothing: few, so that none idles while another finishes the last ones."""
BYTES_A_TASK = 8 * 1024 * 1024
"""A task ends with whichever is reached first, so that memory stays flat whatever the files."""
TASKS_AHEAD = 3
"""Tasks a worker that may wait or be done out of turn."""

Outcome = Report | ReportError


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What became of one file."""

    file: str
    status: Literal["loaded", "unchanged", "replaced", "rejected"]
    agency: str | None = None
    year: int | None = None
    figures: int = 0
    failed_checks: int = 0
    error: str | None = None
    source: Source | None = None
    notes: tuple[str, ...] = ()
    """Contradictions and other remarks for people."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What whoever loads says of the reports, over what they say themselves."""

    agency: str | None = None
    year: int | None = None
    loaded_by: str = ""


@dataclass(slots=True)
class _Task:
    """Some files in order, of which only those not known yet are being read."""

    most: int
    """Files it takes at most."""
    items: list[tuple[Item, str]] = field(default_factory=list)
    """With their SHA-256."""
    unread: list[Item] = field(default_factory=list)
    size: int = 0
    reading: Future[list[Outcome]] | None = None

    @property
    def full(self) -> bool:
        return len(self.items) >= self.most or self.size >= BYTES_A_TASK


def read_file(path: Path, *, agency: str | None = None, year: int | None = None) -> Report:
    """One file → Report, read in a child process with limits. Raises ReportError."""
    return read_isolated(readers.file_bytes(Path(path)), Path(path).name, agency, year)


def read_isolated(content: bytes, name: str, agency: str | None, year: int | None) -> Report:
    """What `read_content` gives, but a hostile file can cost no more than the child's limits."""
    return run_in_child(name, read_content, content, name, agency, year)


def read_content(content: bytes, name: str, agency: str | None, year: int | None) -> Report:
    """The reading itself, in this process."""
    from index.reading import read_report
    from index.second_reading import with_verdicts

    document = readers.read_bytes(content, name)
    return with_verdicts(read_report(document, agency=agency, year=year), document, content)


def look_at(item: Item) -> Reading | str:
    """What a file says, its agency and year known or not; or the sentence why it says nothing."""
    try:
        return run_in_child(item.name, read_loosely, item.content, Path(item.name).name)
    except ReportError as error:
        return str(error)


def read_loosely(content: bytes, name: str) -> Reading:
    """As `read_content`, but agency and year may be missing."""
    from index.reading import read_figures
    from index.second_reading import with_verdicts

    document = readers.read_bytes(content, name)
    return with_verdicts(read_figures(document), document, content)


def read_task(files: list[tuple[bytes, str]], agency: str | None, year: int | None) -> list[Outcome]:
    """Several files in one worker; each gives its report or its error."""
    _leave_no_children()
    return [_outcome(content, name, agency, year) for content, name in files]


@cache
def _leave_no_children() -> None:
    """A worker waits for its own children when it ends, and does not run atexit: so they are told to go first.

    It also ends when the program that started it is killed, which it would not notice by itself.
    """
    parent = parent_process()
    if parent is not None:
        Finalize(None, close_children, exitpriority=100)
        Thread(target=_end_with, args=[parent], daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _outcome(content: bytes, name: str, agency: str | None, year: int | None) -> Outcome:
    try:
        return read_isolated(content, name, agency, year)
    except ReportError as error:
        return error


def load_paths(
    paths: Iterable[Path | str] | Walk,
    store: Index,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    agency: str | None = None,
    year: int | None = None,
    loaded_by: str = "",
) -> Iterator[LoadResult]:
    """Loads files, folders and ZIPs; one result a file, in their order, each stored before its result is given.

    A file that cannot be read is a result, not an exception; StoreError, as when the disk is full, ends the walk.
    Files that are loaded already are known by their bytes and not read again, so that a broken run can be repeated.
    With `jobs` > 1, or any `executor`, several files are read at once; only this process writes.
    """
    walk = paths if isinstance(paths, Walk) else Walk(paths)
    if agency is not None:
        agency = whose.checked(agency)
    with _workers(jobs, executor) as pool:
        size = 1 if pool is None else FILES_A_TASK if executor is not None else OWN_FILES_A_TASK
        yield from _Loading(store, pool, size, max(2, jobs) * TASKS_AHEAD, Wanted(agency, year, loaded_by)).run(walk)


@contextmanager
def _workers(jobs: int, executor: Executor | None) -> Iterator[Executor | None]:
    if executor is not None or jobs <= 1:
        yield executor
        return
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


class _Loading:
    """One run over many files, with a bounded number of them in memory."""

    def __init__(self, store: Index, pool: Executor | None, files_a_task: int, ahead: int, wanted: Wanted) -> None:
        self.store = store
        self.pool = pool
        self.ahead = 0 if pool is None else ahead
        self.wanted = wanted
        self.files_a_task = files_a_task
        self.tasks: deque[_Task] = deque()
        self.in_flight: set[str] = set()

    def run(self, walk: Walk) -> Iterator[LoadResult]:
        task = _Task(self.files_a_task)
        for item in walk:
            self._take(task, item)
            if task.full:
                self._submit(task)
                task = _Task(self.files_a_task)
            while len(self.tasks) > self.ahead:
                yield from self._finish(self.tasks.popleft())
        self._submit(task)
        while self.tasks:
            yield from self._finish(self.tasks.popleft())

    def _take(self, task: _Task, item: Item) -> None:
        sha256 = digest(item.content)
        task.items.append((item, sha256))
        task.size += len(item.content)
        if item.error is None and sha256 not in self.in_flight and self._known(sha256) is None:
            self.in_flight.add(sha256)
            task.unread.append(item)

    def _known(self, sha256: str) -> Source | None:
        """The report these bytes gave, if it is the agency and year that are wanted now."""
        known = self.store.known(sha256)
        if known is None or (self.wanted.year is not None and known.year != self.wanted.year):
            return None
        if self.wanted.agency is not None and key_of(known.agency) != key_of(self.wanted.agency):
            return None
        return known

    def _submit(self, task: _Task) -> None:
        self.tasks.append(task)
        if self.pool is not None and task.unread:
            files = [(item.content, Path(item.name).name) for item in task.unread]
            task.reading = self.pool.submit(read_task, files, self.wanted.agency, self.wanted.year)

    def _finish(self, task: _Task) -> Iterator[LoadResult]:
        outcomes = dict(zip(map(id, task.unread), self._outcomes(task), strict=True))
        for item, sha256 in task.items:
            if item.error is not None:
                yield LoadResult(item.name, "rejected", error=item.error)
                continue
            outcome = outcomes.pop(id(item), None)
            yield self._unchanged(item, sha256) or self._store(item, outcome or self._read(item))
            if outcome is not None:
                self.in_flight.discard(sha256)

    def _outcomes(self, task: _Task) -> Iterable[Outcome]:
        """What the worker read; where the worker itself broke, the files are read here, one by one."""
        if task.reading is None:
            return map(self._read, task.unread)
        try:
            return task.reading.result()
        except BrokenExecutor:
            self.pool = None
            return map(self._read, task.unread)

    def _read(self, item: Item) -> Outcome:
        return _outcome(item.content, Path(item.name).name, self.wanted.agency, self.wanted.year)

    def _unchanged(self, item: Item, sha256: str) -> LoadResult | None:
        known = self._known(sha256)
        return None if known is None else self._result(item, "unchanged", known)

    def _store(self, item: Item, outcome: Outcome) -> LoadResult:
        if isinstance(outcome, ReportError):
            return LoadResult(item.name, "rejected", error=str(outcome))
        if self.wanted.agency is None and (doubt := whose.doubt(self.store, outcome)) is not None:
            return LoadResult(item.name, "rejected", outcome.agency, outcome.year, error=doubt)
        saved = self.store.save(
            outcome,
            original=item.content,
            file=Path(item.name).name,
            reader=index.__version__,
            loaded_by=self.wanted.loaded_by,
        )
        return self._result(item, saved.status, saved.source)

    def _result(self, item: Item, status: Literal["loaded", "unchanged", "replaced"], source: Source) -> LoadResult:
        held = self.store.summary(source.report_id)
        counts = (held.figures, held.failed_checks)
        notes = (*held.notes, *self._shrunk(source, held.figures)) if status == "replaced" else held.notes
        return LoadResult(item.name, status, source.agency, source.year, *counts, None, source, notes)

    def _shrunk(self, source: Source, figures: int) -> tuple[str, ...]:
        """A remark if the revision before held far more: the new file may be cut off."""
        before = self.store.cells_before(source)
        if figures * 2 >= before:
            return ()
        return (f"这一版只有 {figures} 个数据，上一版有 {before} 个；文件若不完整，可用 nianbao history 恢复上一版。",)


__all__ = ["LoadResult", "Walk", "load_paths", "look_at", "read_file"]
