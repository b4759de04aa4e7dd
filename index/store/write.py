"""A report into the index: whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from index import forms
from index.errors import DataError
from index.report import Check, Figure, Report
from index.store import originals, passages, read
from index.store.base import Base
from index.store.identity import key_of
from index.store.records import Saved, Source
from index.store.values import marks_of, pack_evidence, place_text, to_stored


@dataclass(frozen=True, slots=True)
class Loading:
    """What is known of a report besides its content."""

    file: str
    sha256: str
    reader: str
    by: str


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def save(store: Base, report: Report, original: bytes, about: Loading, reread: bool = False) -> Saved:
    """In one transaction. Bytes that are there already change nothing, unless their report was taken out."""
    key = key_of(report.agency)
    with store.writing() as connection:
        known = None if reread else _known(store, key, report.year, about.sha256)
        if known is not None:
            return Saved("unchanged", known)
        originals.keep(store.originals, about.sha256, original)
        agency_id = _agency(connection, key, report.agency)
        before = read.source(store, agency_id, report.year)
        report_id = _insert(store, connection, agency_id, report, about)
        make_current(connection, report_id, before)
        what = "reread" if reread else "replaced" if before else "loaded"
        log(connection, agency_id, report.year, what, about.by, report_id, before.report_id if before else None)
        name_agency(connection, agency_id)
        status: Literal["loaded", "replaced"] = "replaced" if before else "loaded"
        return Saved(status, store.origins([report_id])[report_id])


def _known(store: Base, key: str, year: int, sha256: str) -> Source | None:
    """The report these bytes already gave for this agency and year, unless it was taken out."""
    rows = store.rows(
        """SELECT r.id FROM reports r JOIN agencies a ON a.id = r.agency_id
           WHERE r.sha256 = ? AND a.key = ? AND r.year = ? AND r.state IN ('current', 'replaced') LIMIT 1""",
        [sha256, key, year],
    )
    return store.origins([rows[0][0]])[rows[0][0]] if rows else None


def _agency(connection: sqlite3.Connection, key: str, name: str) -> int:
    connection.execute("INSERT INTO agencies (key, name) VALUES (?, ?) ON CONFLICT DO NOTHING", (key, name))
    return int(connection.execute("SELECT id FROM agencies WHERE key = ?", (key,)).fetchone()[0])


def name_agency(connection: sqlite3.Connection, agency_id: int) -> None:
    """Its fullest printed name, of the reports that count; among equally full ones the latest."""
    connection.execute(
        """UPDATE agencies SET name = coalesce(
               (SELECT agency FROM reports WHERE agency_id = agencies.id AND state = 'current'
                ORDER BY length(agency) DESC, year DESC LIMIT 1), name)
           WHERE id = ?""",
        (agency_id,),
    )


def make_current(connection: sqlite3.Connection, report_id: int | None, before: Source | None) -> None:
    """Lets this revision count; the one before it is replaced. None: no revision counts any more."""
    if before is not None and before.report_id != report_id:
        state = "removed" if report_id is None else "replaced"
        connection.execute("UPDATE reports SET state = ? WHERE id = ?", (state, before.report_id))
    if report_id is not None:
        connection.execute("UPDATE reports SET state = 'current' WHERE id = ?", (report_id,))


def log(
    connection: sqlite3.Connection,
    agency_id: int,
    year: int,
    what: str,
    by: str,
    report_id: int | None,
    before_id: int | None,
    reason: str = "",
    undoes: int | None = None,
) -> None:
    connection.execute(
        'INSERT INTO events (agency_id, year, at, what, "by", reason, report_id, before_id, undoes)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (agency_id, year, now(), what, by, reason, report_id, before_id, undoes),
    )


def _insert(store: Base, connection: sqlite3.Connection, agency_id: int, report: Report, about: Loading) -> int:
    numbers = {code: column.number for code, column in store.columns.items()}
    unknown = sorted(set(report.figures) - set(numbers))
    if unknown:
        raise DataError(f"{about.file}：读出了表格数据中没有的编码 {unknown[0]}，请检查 index/forms。")
    report_id = _insert_report(connection, agency_id, report, about)
    _insert_figures(store, connection, report_id, report.figures.values())
    packed = pack_evidence(report.figures.values(), numbers)
    connection.execute("INSERT INTO evidence VALUES (?, ?)", (report_id, packed))
    passages.add(connection, report_id, report.passages)
    insert_checks(connection, report_id, report.checks)
    notes = [(report_id, text) for text in report.notes]
    connection.executemany("INSERT INTO notes (report_id, text) VALUES (?, ?)", notes)
    unread = [(report_id, each.text, each.why, each.code, place_text(each.place)) for each in report.unread]
    connection.executemany("INSERT INTO unread (report_id, text, why, code, place) VALUES (?, ?, ?, ?, ?)", unread)
    return report_id


def _insert_report(connection: sqlite3.Connection, agency_id: int, report: Report, about: Loading) -> int:
    revision = connection.execute(
        "SELECT coalesce(max(revision), 0) + 1 FROM reports WHERE agency_id = ? AND year = ?", (agency_id, report.year)
    ).fetchone()[0]
    row = {
        "agency_id": agency_id,
        "agency": report.agency,
        "year": report.year,
        "edition": report.edition,
        "title": report.title,
        "file": about.file,
        "sha256": about.sha256,
        "revision": revision,
        "state": "replaced",
        "loaded_at": now(),
        "loaded_by": about.by,
        "reader": about.reader,
        "figures": len(report.figures),
        "equations": len(report.checks),
        "equations_held": sum(check.holds for check in report.checks),
    }
    sql = f"INSERT INTO reports ({', '.join(row)}) VALUES ({', '.join(':' + name for name in row)}) RETURNING id"
    return int(connection.execute(sql, row).fetchall()[0][0])


def _insert_figures(store: Base, connection: sqlite3.Connection, report_id: int, figures: Any) -> None:
    found: dict[str, Figure] = {figure.code: figure for figure in figures}
    numbers = {code: column.number for code, column in store.columns.items()}
    row: list[Any] = [report_id, marks_of(found.values(), numbers)]
    for code, column in store.columns.items():
        row.append(to_stored(found[code].value, column.unit) if code in found else None)
    names = "".join(f', "{code}"' for code in store.columns)
    holders = ", ?" * len(store.columns)
    connection.execute(f"INSERT INTO figures (report_id, marks{names}) VALUES (?, ?{holders})", row)


def insert_checks(connection: sqlite3.Connection, report_id: int, checks: Sequence[Check]) -> None:
    rows = [
        (report_id, check.rule, check.label, detail(check), codes_text(check.codes), getattr(check, "verdict", ""))
        for check in checks
        if not check.holds
    ]
    connection.executemany(
        "INSERT INTO failed_checks (report_id, rule, label, detail, codes, verdict) VALUES (?, ?, ?, ?, ?, ?)", rows
    )


def detail(check: Check) -> str:
    """'30 + 0 ≠ 29 + 2（差 -1）'."""
    left = " + ".join(str(value) for value in check.left.values())
    right = " + ".join(str(value) for value in check.right.values())
    return f"{left} ≠ {right}（差 {check.gap}）"


def codes_text(codes: frozenset[str]) -> str:
    """The codes concerned, with the parts of those that are sums, so that a part of a sum is warned of too."""
    sums = forms.sums()
    parts = {part for code in codes if code in sums for part in sums[code].parts}
    return json.dumps(sorted(codes | parts))
