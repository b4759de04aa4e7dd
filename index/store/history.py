"""What happens to a report after it was loaded: taken out, brought back, undone; and the record of all that."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

from index.errors import StoreError
from index.store import corrections, read
from index.store.base import Base
from index.store.changing import log, make_current, settle
from index.store.records import Event, Source


def remove(store: Base, agency_id: int, year: int, by: str, reason: str) -> Source:
    """Takes the report out; it stays in the history, and loading its file again brings it back."""
    with store.writing() as connection:
        before = read.source(store, agency_id, year)
        if before is None:
            raise StoreError(f"没有载入该机关{year}年的年报，无可移除。")
        make_current(connection, None, before)
        log(connection, before, "removed", by, None, before.report_id, reason)
        settle(store, connection, agency_id, year)
        return before


def restore(store: Base, agency_id: int, year: int, revision: int, by: str, reason: str) -> Source:
    """Lets an earlier revision, or one taken out, count again."""
    with store.writing() as connection:
        sql = "SELECT id FROM reports WHERE agency_id = ? AND year = ? AND revision = ?"
        rows = store.rows(sql, [agency_id, year, revision])
        if not rows:
            raise StoreError(f"该机关{year}年的年报没有第{revision}版：可用 nianbao history 查看各版。")
        before = read.source(store, agency_id, year)
        wanted = store.origins([rows[0][0]])[rows[0][0]]
        if before is not None and before.report_id == wanted.report_id:
            return wanted
        make_current(connection, wanted.report_id, before)
        log(connection, wanted, "restored", by, wanted.report_id, before.report_id if before else None, reason)
        settle(store, connection, agency_id, year)
        return wanted


def undo(store: Base, agency_id: int, year: int, by: str) -> Source | None:
    """Takes back the last thing done to this report, and the one before that when called again.

    Hands back the report that counts now; None when none does.
    """
    with store.writing() as connection:
        rows = store.rows(
            """SELECT id, report_id, before_id, correction_id FROM events
               WHERE agency_id = ? AND year = ? AND undone IS NULL
                     AND what NOT IN ('undone', 'uncorrected', 'regrouped')
               ORDER BY id DESC LIMIT 1""",
            [agency_id, year],
        )
        if not rows:
            raise StoreError(f"该机关{year}年的年报没有可以撤销的操作。")
        event_id, report_id, before_id, correction_id = rows[0]
        connection.execute("UPDATE events SET undone = 1 WHERE id = ?", (event_id,))
        if correction_id is not None:
            corrections.take_back(store, connection, correction_id, by)
        else:
            _go_back(store, connection, report_id, before_id, by)
            settle(store, connection, agency_id, year)
        return read.source(store, agency_id, year)


def _go_back(store: Base, connection: sqlite3.Connection, after_id: int | None, before_id: int | None, by: str) -> None:
    if after_id is not None:
        connection.execute("UPDATE reports SET state = 'removed' WHERE id = ?", (after_id,))
    make_current(connection, before_id, None)
    known = [each for each in (after_id, before_id) if each is not None]
    log(connection, store.origins(known)[known[0]], "undone", by, before_id, after_id)


def events(store: Base, agency_id: int, year: int) -> tuple[Event, ...]:
    """Everything that happened to this agency's report of this year, oldest first."""
    rows = store.rows(
        """SELECT e.at, e.what, e."by", e.reason, n.revision, coalesce(n.file, b.file), e.correction_id
           FROM events e LEFT JOIN reports n ON n.id = e.report_id LEFT JOIN reports b ON b.id = e.before_id
           WHERE e.agency_id = ? AND e.year = ? ORDER BY e.id""",
        [agency_id, year],
    )
    made = {each.id: each for each in corrections.of_report(store, agency_id, year)}
    return tuple(_event(row, made) for row in rows)


def _event(row: tuple[Any, ...], made: dict[int, Any]) -> Event:
    at, what, by, reason, revision, file, correction_id = row
    return Event(datetime.fromisoformat(at), what, by, reason, revision, file or "", made.get(correction_id))
