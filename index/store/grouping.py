"""Which reports are one agency's, settled again when names or places are understood better than at loading."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from index.store import read
from index.store.base import Base
from index.store.changing import agency_of, log, settle
from index.store.identity import key_of, names_version


@dataclass(frozen=True, slots=True)
class Move:
    """Reports that print this name are another agency's than they were."""

    agency_id: int
    printed: str
    key: str


def refresh(store: Base) -> tuple[str, ...]:
    """regroup, if names are understood otherwise than when this was last done."""
    if store.rows("SELECT version FROM names") == [(names_version(),)]:
        return ()
    with store.writing() as connection:
        moved = regroup(store)
        connection.execute("UPDATE names SET version = ?", (names_version(),))
        return moved


def regroup(store: Base) -> tuple[str, ...]:
    """Gives every report to the agency that its printed name means today; the names that moved.

    Where both agencies have a report of a year that counts, the one loaded last goes on counting.
    """
    with store.writing() as connection:
        moves = [move for move in _moves(store) if not _renamed(store, connection, move)]
        for move in moves:
            target = agency_of(connection, move.key, move.printed)
            sql = "SELECT id FROM reports WHERE agency_id = ? AND agency = ? ORDER BY id"
            for (report_id,) in store.rows(sql, [move.agency_id, move.printed]):
                _move(store, connection, report_id, target)
        return tuple(dict.fromkeys(move.printed for move in moves))


def _moves(store: Base) -> Iterable[Move]:
    rows = store.rows("SELECT DISTINCT a.id, r.agency, a.key FROM reports r JOIN agencies a ON a.id = r.agency_id")
    return [Move(agency_id, printed, key_of(printed)) for agency_id, printed, key in rows if key_of(printed) != key]


def _renamed(store: Base, connection: sqlite3.Connection, move: Move) -> bool:
    """Only the key is another: all names of the agency have it now, and no other agency does."""
    names = store.rows("SELECT DISTINCT agency FROM reports WHERE agency_id = ?", [move.agency_id])
    taken = store.rows("SELECT 1 FROM agencies WHERE key = ? AND id <> ?", [move.key, move.agency_id])
    if taken or any(key_of(printed) != move.key for (printed,) in names):
        return False
    connection.execute(
        "UPDATE aliases SET target = ? WHERE kind = 'agency' AND target = (SELECT key FROM agencies WHERE id = ?)",
        (move.key, move.agency_id),
    )
    connection.execute("UPDATE agencies SET key = ? WHERE id = ?", (move.key, move.agency_id))
    for source in read.sources(store, move.agency_id)[:1]:
        log(connection, source, "regrouped", "", source.report_id, source.report_id)
    return True


def _move(store: Base, connection: sqlite3.Connection, report_id: int, target: int) -> None:
    before = store.origins([report_id])[report_id]
    state = store.rows("SELECT state FROM reports WHERE id = ?", [report_id])[0][0]
    rival = read.source(store, target, before.year)
    if state == "current" and rival is not None:
        if rival.loaded_at <= before.loaded_at:
            connection.execute("UPDATE reports SET state = 'replaced' WHERE id = ?", (rival.report_id,))
        else:
            state = "replaced"
    connection.execute(
        """UPDATE reports SET state = ?1, agency_id = ?2, revision =
               (SELECT coalesce(max(revision), 0) + 1 FROM reports WHERE agency_id = ?2 AND year = ?3)
           WHERE id = ?4""",
        (state, target, before.year, report_id),
    )
    connection.execute(
        "UPDATE corrections SET agency_id = ? WHERE agency_id = ? AND year = ? AND sha256 = ?",
        (target, before.agency_id, before.year, before.sha256),
    )
    # What happened to it before happened to another agency's report, and cannot be undone there
    connection.execute("UPDATE events SET undone = 1 WHERE report_id = ?1 OR before_id = ?1", (report_id,))
    log(connection, before, "regrouped", "", None, report_id)
    store.forget_origins()
    log(connection, store.origins([report_id])[report_id], "regrouped", "", report_id, None)
    settle(store, connection, before.agency_id, before.year)
    settle(store, connection, target, before.year)
