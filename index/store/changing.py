"""Steps that every change of a report shares, inside its transaction."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from index.store import checks
from index.store.base import Base
from index.store.comparing import compare_again
from index.store.records import Source


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def agency_of(connection: sqlite3.Connection, key: str, name: str) -> int:
    """The agency with that key, made if there is none."""
    connection.execute("INSERT INTO agencies (key, name) VALUES (?, ?) ON CONFLICT DO NOTHING", (key, name))
    return int(connection.execute("SELECT id FROM agencies WHERE key = ?", (key,)).fetchone()[0])


def make_current(connection: sqlite3.Connection, report_id: int | None, before: Source | None) -> None:
    """Lets this revision count; the one before it is replaced. None: no revision counts any more."""
    if before is not None and before.report_id != report_id:
        state = "removed" if report_id is None else "replaced"
        connection.execute("UPDATE reports SET state = ? WHERE id = ?", (state, before.report_id))
    if report_id is not None:
        connection.execute("UPDATE reports SET state = 'current' WHERE id = ?", (report_id,))


def settle(store: Base, connection: sqlite3.Connection, agency_id: int, year: int) -> None:
    """After another revision counts, or none: the agency's name, and the comparisons with other reports."""
    name_agency(connection, agency_id)
    compare_again(store, connection, agency_id, year)


def recheck(store: Base, connection: sqlite3.Connection, source: Source) -> None:
    """After a correction: equations and comparisons with the figures as they are now."""
    checks.check_again(store, connection, source)
    compare_again(store, connection, source.agency_id, source.year)


def name_agency(connection: sqlite3.Connection, agency_id: int) -> None:
    """Its fullest printed name, of the reports that count; among equally full ones the latest."""
    connection.execute(
        """UPDATE agencies SET name = coalesce(
               (SELECT agency FROM reports WHERE agency_id = agencies.id AND state = 'current'
                ORDER BY length(agency) DESC, year DESC LIMIT 1), name)
           WHERE id = ?""",
        (agency_id,),
    )


def log(
    connection: sqlite3.Connection,
    source: Source,
    what: str,
    by: str,
    report_id: int | None,
    before_id: int | None,
    reason: str = "",
    correction_id: int | None = None,
) -> None:
    """Into the history: `report_id` counts after it, `before_id` did before."""
    row = (source.agency_id, source.year, now(), what, by, reason, report_id, before_id, correction_id)
    connection.execute(
        """INSERT INTO events (agency_id, year, at, what, "by", reason, report_id, before_id, correction_id)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        row,
    )
