"""The schema, as numbered steps; and the columns and views that follow the editions of the form.

Opening an index applies the steps it lacks, all in one transaction. A step, once released, never changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from index import forms
from index.errors import IndexTooNew, IndexUnreadable
from index.store.database import APPLICATION_ID, transaction, use_log
from index.store.values import CENTS, MONEY

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]


def m001_reports(db: Database) -> None:
    """Agencies, their reports by revision, and what was read in each."""
    db.create_table("agencies", {"id": int, "key": str, "name": str}, pk="id", not_null={"key", "name"})
    db.table("agencies").create_index(["key"], unique=True)
    db.create_table(
        "reports",
        {
            "id": int,
            "agency_id": int,
            "agency": str,
            "year": int,
            "edition": str,
            "title": str,
            "file": str,
            "sha256": str,
            "revision": int,
            "state": str,
            "loaded_at": str,
            "loaded_by": str,
            "reader": str,
            "figures": int,
            "equations": int,
            "equations_held": int,
        },
        pk="id",
        foreign_keys=[("agency_id", "agencies", "id")],
        not_null={"agency_id", "agency", "year", "sha256", "revision", "state"},
    )
    db.table("reports").create_index(["agency_id", "year", "revision"], unique=True)
    db.table("reports").create_index(["sha256"])
    db.execute("CREATE UNIQUE INDEX current_reports ON reports (agency_id, year) WHERE state = 'current'")
    db.execute("CREATE INDEX current_years ON reports (year, agency_id) WHERE state = 'current'")


def m002_content(db: Database) -> None:
    """Figures in one row a report (its columns come with the fields), and what stands beside them."""
    db.create_table("fields", {"number": int, "code": str, "label": str, "unit": str, "table": str}, pk="number")
    db.table("fields").create_index(["code"], unique=True)
    db.execute("CREATE TABLE figures (report_id INTEGER PRIMARY KEY REFERENCES reports(id), marks TEXT)")
    db.execute("CREATE TABLE evidence (report_id INTEGER PRIMARY KEY REFERENCES reports(id), cells BLOB)")
    of_report = [("report_id", "reports", "id")]
    passages = {"id": int, "report_id": int, "section": str, "topic": str, "text": str, "place": str}
    db.create_table("passages", passages, pk="id", foreign_keys=of_report)
    db.execute("CREATE VIRTUAL TABLE passage_words USING fts5(words, content='', tokenize='unicode61')")
    failed = {"id": int, "report_id": int, "rule": str, "label": str, "detail": str, "codes": str, "verdict": str}
    failed |= {"kind": str, "other_report_id": int}  # kind: an equation of its own, or a comparison with another report
    db.create_table("failed_checks", failed, pk="id", foreign_keys=of_report)
    db.create_table("notes", {"id": int, "report_id": int, "text": str}, pk="id", foreign_keys=of_report)
    unread = {"id": int, "report_id": int, "text": str, "why": str, "code": str, "place": str}
    db.create_table("unread", unread, pk="id", foreign_keys=of_report)
    for table in ("passages", "failed_checks", "notes", "unread"):
        db.table(table).create_index(["report_id"])
    db.table("failed_checks").create_index(["other_report_id"])


def m003_history(db: Database) -> None:
    """What happened to a report, corrections over its cells, fingerprints of its tables, and the counter of changes."""
    db.create_table(
        "events",
        {
            "id": int,
            "agency_id": int,
            "year": int,
            "at": str,
            "what": str,
            "by": str,
            "reason": str,
            "report_id": int,
            "before_id": int,
            "correction_id": int,
            "undone": int,
        },
        pk="id",
        foreign_keys=[("agency_id", "agencies", "id")],
    )
    db.table("events").create_index(["agency_id", "year"])
    db.create_table(
        "corrections",
        {
            "id": int,
            "agency_id": int,
            "year": int,
            "sha256": str,
            "code": str,
            "old_value": str,
            "new_value": str,
            "author": str,
            "at": str,
            "reason": str,
            "undone_at": str,
            "undone_by": str,
        },
        pk="id",
        foreign_keys=[("agency_id", "agencies", "id")],
    )
    db.table("corrections").create_index(["agency_id", "year"])
    prints = {"report_id": int, "table": str, "print": str}
    db.create_table("table_prints", prints, pk=("report_id", "table"), foreign_keys=[("report_id", "reports", "id")])
    db.table("table_prints").create_index(["print"])
    db.create_table("changes", {"id": int, "number": int}, pk="id")
    db.table("changes").insert({"id": 1, "number": 0})


def m004_aliases(db: Database) -> None:
    """Words that administrators taught; a number once given is not given again, for buttons carry it."""
    db.execute(
        """
        CREATE TABLE aliases (
            id INTEGER PRIMARY KEY AUTOINCREMENT, spelling TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
            target TEXT NOT NULL, author TEXT NOT NULL, "at" TEXT NOT NULL
        )
        """
    )


def m005_names(db: Database) -> None:
    """With which understanding of names the reports were grouped; '' is none yet."""
    db.create_table("names", {"id": int, "version": str}, pk="id", not_null={"version"})
    db.table("names").insert({"id": 1, "version": ""})


STEPS: tuple[Step, ...] = (m001_reports, m002_content, m003_history, m004_aliases, m005_names)


def check_ours(connection: sqlite3.Connection, path: Path) -> int:
    """The number of steps the index has; an empty file has none. Another program's database is refused."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if owner != APPLICATION_ID and not (empty and owner == 0):
        raise IndexUnreadable(f"{path} 是别的程序的数据库，不是年报索引：请用 --index 指定别的文件。")
    if version > len(STEPS):
        raise IndexTooNew(f"索引 {path} 由更新版本的程序建立：请升级 nianbao 后再用。")
    return 0 if empty else version


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Brings a writable index up to this program: missing steps, then columns of fields it does not have yet."""
    if check_ours(connection, path) == len(STEPS) and not _missing_fields(connection):
        return
    use_log(connection)
    with transaction(connection):
        done = check_ours(connection, path)  # again: another program may have been first
        if done < len(STEPS):
            _apply(connection, done)
        _add_fields(connection)


def _apply(connection: sqlite3.Connection, done: int) -> None:
    from sqlite_utils import Database  # a tenth of a second, and only needed when the schema changes

    db = Database(connection)
    for step in STEPS[done:]:
        step(db)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={len(STEPS)}")


def _missing_fields(connection: sqlite3.Connection) -> list[str]:
    known = {code for (code,) in connection.execute("SELECT code FROM fields")}
    return [code for code in forms.all_fields() if code not in known]


def _add_fields(connection: sqlite3.Connection) -> None:
    missing = _missing_fields(connection)
    last = connection.execute("SELECT coalesce(max(number), 0) FROM fields").fetchone()[0]
    for number, code in enumerate(missing, last + 1):
        field = forms.field(code)
        # No declared type: SQLite then keeps each number exactly as it is given
        connection.execute(f'ALTER TABLE figures ADD COLUMN "{code}"')
        row = (number, code, field.label, field.unit, field.row.table)
        connection.execute("INSERT INTO fields VALUES (?, ?, ?, ?, ?)", row)
    if missing:
        _make_views(connection)


def _make_views(connection: sqlite3.Connection) -> None:
    """For people with a SQLite client: what is loaded, and every figure with its agency, year, label and unit."""
    fields = connection.execute("SELECT number, code, unit FROM fields ORDER BY number").fetchall()
    cases = " ".join(f'WHEN {number} THEN f."{code}"' for number, code, _ in fields)
    connection.execute("DROP VIEW IF EXISTS figure_list")
    connection.execute("DROP VIEW IF EXISTS report_list")
    connection.execute(
        """
        CREATE VIEW report_list AS
        SELECT a.name AS agency, r.agency AS printed_agency, r.year, r.edition, r.title, r.file, r.revision,
               r.loaded_at, r.loaded_by, r.figures, r.id AS report_id,
               (SELECT count(*) FROM failed_checks c WHERE c.report_id = r.id) AS failed_checks
        FROM reports r JOIN agencies a ON a.id = r.agency_id WHERE r.state = 'current'
        """
    )
    connection.execute(
        f"""
        CREATE VIEW figure_list AS
        SELECT agency, year, code, label,
               CASE WHEN new_value IS NOT NULL THEN CAST(nullif(new_value, '') AS REAL)
                    WHEN unit = '{MONEY}' AND typeof(stored) = 'integer' THEN stored / {CENTS}.0
                    ELSE stored END AS value,
               unit,
               CASE WHEN new_value IS NOT NULL THEN 'corrected' WHEN stored IS NULL THEN 'blank'
                    WHEN mark = 'd' THEN 'derived' ELSE 'printed' END AS status,
               file, report_id
        FROM (
            SELECT a.name AS agency, r.year, fields.code, fields.label, fields.unit, r.file, r.id AS report_id,
                   CASE fields.number {cases} END AS stored, substr(f.marks, fields.number, 1) AS mark,
                   (SELECT c.new_value FROM corrections c
                    WHERE c.agency_id = r.agency_id AND c.year = r.year AND c.sha256 = r.sha256
                          AND c.code = fields.code AND c.undone_at IS NULL
                    ORDER BY c.id DESC LIMIT 1) AS new_value
            FROM reports r
            JOIN agencies a ON a.id = r.agency_id
            JOIN figures f ON f.report_id = r.id
            CROSS JOIN fields
            WHERE r.state = 'current'
        )
        WHERE stored IS NOT NULL OR mark = 'b' OR new_value IS NOT NULL
        """
    )
