"""An administrator's values over the reading. The reading stays, and a better reader does not lose the correction.

A correction belongs to the original it was made on: it holds for every reading of that file, not for another file.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from decimal import Decimal
from typing import Any

from index.errors import StoreError
from index.report import Number
from index.store import read
from index.store.base import Base, number_of
from index.store.changing import log, now, recheck
from index.store.records import Correction, Source

COLUMNS = 'id, agency_id, year, code, old_value, new_value, author, "at", reason, undone_at, undone_by'


def correct(
    store: Base, agency_id: int, year: int, code: str, value: Number | None, author: str, reason: str
) -> Correction:
    """Lets `value` stand for that cell; None: the cell is not filled in."""
    if code not in store.columns:
        raise StoreError(f"表格中没有编码为 {code} 的项目，不能更正。")
    if value is not None and not Decimal(value).is_finite():
        raise StoreError("更正值不是数字，请重新填写。")
    with store.writing() as connection:
        source = read.source(store, agency_id, year)
        if source is None:
            raise StoreError(f"没有载入该机关{year}年的年报，不能更正。")
        found = read.figures(store, [agency_id], [year], [code], False)
        old = found[0].value if found else None
        correction_id = _insert(connection, source, code, (old, value), author, reason)
        log(connection, source, "corrected", author, source.report_id, source.report_id, reason, correction_id)
        recheck(store, connection, source)
        return next(each for each in of_report(store, agency_id, year) if each.id == correction_id)


def _insert(
    connection: sqlite3.Connection,
    source: Source,
    code: str,
    values: tuple[Number | None, Number | None],
    author: str,
    reason: str,
) -> int:
    old, new = ("" if value is None else f"{value:f}" for value in map(_plain, values))
    row = (source.agency_id, source.year, source.sha256, code, old, new, author, now(), reason)
    sql = """INSERT INTO corrections (agency_id, year, sha256, code, old_value, new_value, author, "at", reason)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"""
    return int(connection.execute(sql, row).fetchall()[0][0])


def _plain(value: Number | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def uncorrect(store: Base, correction_id: int, by: str) -> Correction:
    """Takes a correction back: what stood before it stands again."""
    with store.writing() as connection:
        return take_back(store, connection, correction_id, by)


def take_back(store: Base, connection: sqlite3.Connection, correction_id: int, by: str) -> Correction:
    found = _select(store, "id = ?", [correction_id])
    if not found or found[0].undone_at is not None:
        raise StoreError("这条更正不存在或已经撤销。")
    made = found[0]
    sql = "UPDATE corrections SET undone_at = ?, undone_by = ? WHERE id = ?"
    connection.execute(sql, (now(), by, correction_id))
    connection.execute("UPDATE events SET undone = 1 WHERE correction_id = ?", (correction_id,))
    source = read.source(store, made.agency_id, made.year)
    if source is not None:
        log(connection, source, "uncorrected", by, source.report_id, source.report_id, "", correction_id)
        recheck(store, connection, source)
    return _select(store, "id = ?", [correction_id])[0]


def of_report(store: Base, agency_id: int, year: int) -> tuple[Correction, ...]:
    """All that were ever made on this agency's reports of this year, oldest first."""
    return tuple(_select(store, "agency_id = ? AND year = ?", [agency_id, year]))


def _select(store: Base, where: str, parameters: list[int]) -> list[Correction]:
    return [_correction(row) for row in store.rows(f"SELECT {COLUMNS} FROM corrections WHERE {where}", parameters)]


def _correction(row: tuple[Any, ...]) -> Correction:
    identity, agency_id, year, code, old, new, author, at, reason, undone_at, undone_by = row
    when = datetime.fromisoformat(undone_at) if undone_at else None
    made = datetime.fromisoformat(at)
    return Correction(
        identity, agency_id, year, code, number_of(old), number_of(new), author, made, reason, when, undone_by or ""
    )
