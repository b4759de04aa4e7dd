"""A report into the index: whole or not at all."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from index.errors import DataError
from index.report import Figure, Report
from index.store import checks, originals, passages, read
from index.store.base import Base
from index.store.changing import agency_of, log, make_current, now, settle
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


def save(store: Base, report: Report, original: bytes, about: Loading, reread: bool = False) -> Saved:
    """In one transaction. Bytes that are there already change nothing, unless their report was taken out."""
    key = key_of(report.agency)
    with store.writing() as connection:
        known = None if reread else _known(store, key, report.year, about.sha256)
        if known is not None:
            return Saved("unchanged", known)
        originals.keep(store.originals, about.sha256, original)
        agency_id = agency_of(connection, key, report.agency)
        before = read.source(store, agency_id, report.year)
        report_id = _insert(store, connection, agency_id, report, about)
        make_current(connection, report_id, before)
        saved = store.origins([report_id])[report_id]
        what = "reread" if reread else "replaced" if before else "loaded"
        log(connection, saved, what, about.by, report_id, before.report_id if before else None)
        settle(store, connection, agency_id, report.year)
        return Saved("replaced" if before else "loaded", saved)


def _known(store: Base, key: str, year: int, sha256: str) -> Source | None:
    """The report these bytes already gave for this agency and year, unless it was taken out."""
    rows = store.rows(
        """SELECT r.id FROM reports r JOIN agencies a ON a.id = r.agency_id
           WHERE r.sha256 = ? AND a.key = ? AND r.year = ? AND r.state IN ('current', 'replaced') LIMIT 1""",
        [sha256, key, year],
    )
    return store.origins([rows[0][0]])[rows[0][0]] if rows else None


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
    checks.insert(connection, report_id, report.checks)
    checks.insert_contradictions(connection, report_id, report.contradictions)
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
