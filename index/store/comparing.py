"""Runs the checks between reports when one of them comes, goes or is corrected, in whatever order they are loaded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from index import comparisons
from index.report import Number
from index.store import read
from index.store.base import Base, listed
from index.store.checks import codes_text
from index.store.records import Source

Row = tuple[int, str, str, str, str, int]
INSERT = """INSERT INTO failed_checks (report_id, rule, label, detail, codes, other_report_id, verdict, kind)
            VALUES (?, ?, ?, ?, ?, ?, '', 'comparison')"""


def compare_again(store: Base, connection: sqlite3.Connection, agency_id: int, year: int) -> None:
    """Redoes every comparison in which a report of this agency and year stands or stood."""
    ids = [row[0] for row in store.rows("SELECT id FROM reports WHERE agency_id = ? AND year = ?", [agency_id, year])]
    orphans = _forget(connection, ids)
    current = read.source(store, agency_id, year)
    _print_tables(store, connection, current)
    for later in (year, year + 1):
        connection.executemany(INSERT, list(_between_years(store, agency_id, later)))
    touched = {*orphans, *([current.report_id] if current else [])}
    for report_id in touched | _twins(store, touched):
        _same_as_others(store, connection, report_id)


def _forget(connection: sqlite3.Connection, ids: list[int]) -> set[int]:
    """Drops the comparisons of these reports; what is handed back are reports that were like one of them."""
    chosen = listed(ids)
    rows = connection.execute(
        """DELETE FROM failed_checks WHERE kind = 'comparison' AND (report_id IN (SELECT value FROM json_each(?1))
           OR other_report_id IN (SELECT value FROM json_each(?1))) RETURNING report_id, rule""",
        (chosen,),
    ).fetchall()
    connection.execute("DELETE FROM table_prints WHERE report_id IN (SELECT value FROM json_each(?))", (chosen,))
    return {report_id for report_id, rule in rows if rule.startswith("same_as_other:")} - set(ids)


def _print_tables(store: Base, connection: sqlite3.Connection, source: Source | None) -> None:
    if source is None:
        return
    prints = comparisons.table_prints(_values(store, source.agency_id, source.year))
    rows = [(source.report_id, table, found) for table, found in prints.items()]
    connection.executemany("INSERT INTO table_prints VALUES (?, ?, ?)", rows)


def _values(store: Base, agency_id: int, year: int) -> dict[str, Number | None]:
    found = read.figures(store, [agency_id], [year], list(store.columns), False)
    return {each.code: each.value for each in found if each.status != "derived"}


def _between_years(store: Base, agency_id: int, year: int) -> Iterable[Row]:
    earlier, later = read.source(store, agency_id, year - 1), read.source(store, agency_id, year)
    if earlier is None or later is None:
        return
    before, after = _values(store, agency_id, year - 1), _values(store, agency_id, year)
    for each in comparisons.between_years(before, after, year):
        yield later.report_id, each.rule, each.label, each.detail, codes_text(each.later_codes), earlier.report_id
        if each.earlier_codes:
            codes = codes_text(each.earlier_codes)
            yield earlier.report_id, each.rule, each.label, each.detail, codes, later.report_id
    prints = [dict(_prints(store, source.report_id)) for source in (earlier, later)]
    for table, found in prints[1].items():
        if prints[0].get(table) == found:
            rule, label, detail = comparisons.same_table(table, None, year - 1)
            yield later.report_id, rule, label, detail, _table_codes(store, table, after), earlier.report_id


def _prints(store: Base, report_id: int) -> list[tuple[str, str]]:
    sql = 'SELECT "table", print FROM table_prints WHERE report_id = ?'
    return [(table, found) for table, found in store.rows(sql, [report_id])]


def _table_codes(store: Base, table: str, values: Iterable[str]) -> str:
    codes = {code for (code,) in store.rows('SELECT code FROM fields WHERE "table" = ?', [table])}
    return codes_text(frozenset(codes & set(values)))


def _twins(store: Base, report_ids: Iterable[int]) -> set[int]:
    """Of each table of these reports, the first other agency's report that prints the same."""
    return {row[0] for report_id in report_ids for row in _others(store, report_id)}


def _others(store: Base, report_id: int) -> list[tuple[int, str, str, int]]:
    """(its report, table, agency, year) of another agency with the same table; the first of many is enough to tell."""
    sql = """SELECT min(o.id), mine."table", o.agency, o.year
             FROM table_prints mine
             JOIN reports r ON r.id = mine.report_id AND r.state = 'current'
             JOIN table_prints theirs ON theirs.print = mine.print AND theirs."table" = mine."table"
             JOIN reports o ON o.id = theirs.report_id AND o.state = 'current' AND o.agency_id <> r.agency_id
             WHERE mine.report_id = ? GROUP BY mine."table" """
    return store.rows(sql, [report_id])


def _same_as_others(store: Base, connection: sqlite3.Connection, report_id: int) -> None:
    sql = "DELETE FROM failed_checks WHERE report_id = ? AND rule LIKE 'same_as_other:%'"
    connection.execute(sql, (report_id,))
    source = store.origins([report_id]).get(report_id)
    if source is None:
        return
    for other, table, agency, year in _others(store, report_id):
        rule, label, detail = comparisons.same_table(table, agency, year)
        codes = _table_codes(store, table, _values(store, source.agency_id, source.year))
        connection.execute(INSERT, (report_id, rule, label, detail, codes, other))
