"""Questions to the index about figures, reports and agencies; only reports that count now are seen."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from index.document import Place
from index.report import Figure, Number, Unread
from index.store.base import SOURCE, Base, Column, listed, source_of
from index.store.records import FailedCheck, Source, StoredFigure, Summary
from index.store.values import MONEY, from_stored, mark_at, place_from_text, status_of, unpack_evidence

NOWHERE = Place()
Ids = Collection[int] | None
"""None: all of them."""


def selection(agency_ids: Ids, years: Ids) -> tuple[str, list[str]]:
    """The condition on `reports r` for these agencies and years, and its parameters."""
    parts, parameters = ["r.state = 'current'"], []
    for name, values in (("r.agency_id", agency_ids), ("r.year", years)):
        if values is not None:
            parts.append(f"{name} IN (SELECT value FROM json_each(?))")
            parameters.append(listed(values))
    return " AND ".join(parts), parameters


def source(store: Base, agency_id: int, year: int) -> Source | None:
    sql = f"SELECT {SOURCE}, r.loaded_by FROM reports r WHERE r.state = 'current' AND r.agency_id = ? AND r.year = ?"
    rows = store.rows(sql, [agency_id, year])
    return source_of(rows[0]) if rows else None


def sources(store: Base, agency_id: int | None) -> tuple[Source, ...]:
    where, parameters = selection(None if agency_id is None else [agency_id], None)
    sql = f"SELECT {SOURCE}, r.loaded_by FROM reports r WHERE {where} ORDER BY r.agency_id, r.year"
    return tuple(source_of(row) for row in store.rows(sql, parameters))


def sources_by(store: Base, loader: str) -> tuple[Source, ...]:
    sql = f"""SELECT {SOURCE}, r.loaded_by FROM reports r WHERE r.state = 'current' AND r.loaded_by = ?
              ORDER BY r.agency_id, r.year"""
    return tuple(source_of(row) for row in store.rows(sql, [loader]))


def by_hash(store: Base, sha256: str) -> Source | None:
    """The report read from these bytes that counts, or the one that has since been replaced; not one taken out."""
    sql = f"""SELECT {SOURCE}, r.loaded_by FROM reports r WHERE r.sha256 = ? AND r.state IN ('current', 'replaced')
              ORDER BY r.state = 'current' DESC, r.id DESC LIMIT 1"""
    rows = store.rows(sql, [sha256])
    return source_of(rows[0]) if rows else None


def figures(
    store: Base, agency_ids: Sequence[int] | None, years: Sequence[int] | None, codes: Sequence[str], evidence: bool
) -> tuple[StoredFigure, ...]:
    """In the order asked: agencies, then years, then codes."""
    columns = {code: store.columns[code] for code in codes if code in store.columns}
    if not columns:
        return ()
    where, parameters = selection(agency_ids, years)
    with store.lock:
        rows = store.rows(_select(columns, where), parameters)
        cells = _evidence(store, [row[0] for row in rows], columns.values()) if evidence else {}
        origins = store.origins([row[0] for row in rows])
        over = store.corrections()
    found = [(origins[row[0]], row) for row in rows]
    if agency_ids is not None:
        order = {agency_id: at for at, agency_id in enumerate(agency_ids)}
        found.sort(key=lambda each: (order[each[0].agency_id], each[0].year))
    return tuple(
        figure
        for origin, row in found
        for figure in _of_report(origin, row, columns, cells.get(row[0], {}), _over(over, origin))
    )


def _select(columns: Mapping[str, Column], where: str) -> str:
    names = ", ".join(f'f."{code}"' for code in columns)
    return f"SELECT f.report_id, f.marks, {names} FROM reports r JOIN figures f ON f.report_id = r.id WHERE {where}"


def _over(corrections: Any, origin: Source) -> Mapping[str, Number | None]:
    if not corrections:
        return {}
    return corrections.get((origin.agency_id, origin.year, origin.sha256), {})  # type: ignore[no-any-return]


def _of_report(
    origin: Source,
    row: tuple[Any, ...],
    columns: Mapping[str, Column],
    cells: Mapping[int, tuple[str | None, Any]],
    over: Mapping[str, Number | None],
) -> Iterable[StoredFigure]:
    marks = row[1]
    for (code, column), stored in zip(columns.items(), row[2:], strict=True):
        status = status_of(stored, mark_at(marks, column.number))
        if status is None and code not in over:
            continue
        value = from_stored(stored, column.unit)
        raw, place = cells.get(column.number, ("", None))
        if code in over:
            value = over[code]
            status = "printed" if value is not None else "blank"
        raw = str(from_stored(stored, column.unit)) if raw is None else raw
        yield StoredFigure(origin, code, value, status or "printed", raw, place, code in over)


def _evidence(
    store: Base, report_ids: Sequence[int], columns: Iterable[Column]
) -> dict[int, dict[int, tuple[str | None, Any]]]:
    wanted = frozenset(column.number for column in columns)
    sql = "SELECT report_id, cells FROM evidence WHERE report_id IN (SELECT value FROM json_each(?))"
    return {report_id: unpack_evidence(cells, wanted) for report_id, cells in store.rows(sql, [listed(report_ids)])}


def column(store: Base, year: int, code: str, agency_ids: Ids) -> tuple[StoredFigure, ...]:
    """One field of all reports of a year, by agency id."""
    if code not in store.columns:
        return ()
    about = store.columns[code]
    where, parameters = selection(agency_ids, [year])
    with store.lock:
        rows = store.rows(_select({code: about}, where) + " ORDER BY r.agency_id", parameters)
        origins = store.origins([row[0] for row in rows])
        over = store.corrections()
    if over:
        each_row = (_of_report(origins[row[0]], row, {code: about}, {}, _over(over, origins[row[0]])) for row in rows)
        return tuple(figure for found in each_row for figure in found)
    found = []
    for report_id, marks, stored in rows:
        status = "printed" if marks is None and stored is not None else status_of(stored, mark_at(marks, about.number))
        if status is not None:
            found.append(StoredFigure(origins[report_id], code, from_stored(stored, about.unit), status))
    return tuple(found)


def values(store: Base, year: int, codes: Sequence[str], agency_ids: Ids) -> list[tuple[Any, ...]]:
    """(agency id, value of each code …) of a year's reports, None where blank or absent: for rankings of very many."""
    columns = {code: store.columns[code] for code in codes}
    names = "".join(f', f."{code}"' for code in columns)
    where, parameters = selection(agency_ids, [year])
    with store.lock:
        sql = f"SELECT r.agency_id{names} FROM reports r JOIN figures f ON f.report_id = r.id WHERE {where}"
        rows = store.rows(sql, parameters)
        over = {key[0]: found for key, found in store.corrections().items() if key[1] == year and found}
    exact = _exact(rows, [column.unit for column in columns.values()])
    if not over:
        return exact
    return [_corrected(row, codes, over.get(row[0], {})) for row in exact]


def _exact(rows: list[tuple[Any, ...]], units: Sequence[str]) -> list[tuple[Any, ...]]:
    """Whole numbers are what they are; only money, and what is kept as text, has to be made into numbers."""
    if MONEY not in units and str not in set(map(type, chain.from_iterable(rows))):
        return rows
    ids, *found = zip(*rows, strict=True) if rows else ((),)
    made = [
        [from_stored(value, unit) for value in column] if unit == MONEY or str in set(map(type, column)) else column
        for column, unit in zip(found, units, strict=False)
    ]
    return list(zip(ids, *made, strict=True))


def _corrected(row: tuple[Any, ...], codes: Sequence[str], over: Mapping[str, Number | None]) -> tuple[Any, ...]:
    return (row[0], *(over.get(code, value) for code, value in zip(codes, row[1:], strict=True)))


def failed_checks(store: Base, agency_ids: Ids, years: Ids, codes: Collection[str] | None) -> tuple[FailedCheck, ...]:
    where, parameters = selection(agency_ids, years)
    sql = f"""SELECT c.report_id, c.rule, c.label, c.detail, c.codes, c.verdict, c.kind
              FROM reports r JOIN failed_checks c ON c.report_id = r.id WHERE {where}
              ORDER BY r.agency_id, r.year, c.id"""
    with store.lock:
        rows = store.rows(sql, parameters)
        origins = store.origins({row[0] for row in rows})
    wanted = None if codes is None else frozenset(codes)
    found = []
    for report_id, rule, label, detail, concerned, verdict, kind in rows:
        about = frozenset(json.loads(concerned))
        if wanted is None or wanted & about:
            found.append(FailedCheck(origins[report_id], rule, label, detail, about, verdict, kind != "equation"))
    return tuple(found)


def cells_before(store: Base, source: Source) -> int:
    """How many figures the revision before this one holds; 0 if there is none."""
    sql = "SELECT figures FROM reports WHERE agency_id = ? AND year = ? AND id < ? ORDER BY id DESC LIMIT 1"
    found = store.rows(sql, [source.agency_id, source.year, source.report_id])
    return int(found[0][0]) if found else 0


def summary(store: Base, report_id: int) -> Summary:
    counts = store.rows("SELECT figures, equations, equations_held FROM reports WHERE id = ?", [report_id])[0]
    failed = store.rows("SELECT count(*) FROM failed_checks WHERE report_id = ?", [report_id])[0][0]
    notes = store.rows("SELECT text FROM notes WHERE report_id = ? ORDER BY id", [report_id])
    unread = store.rows("SELECT text, why, place, code FROM unread WHERE report_id = ? ORDER BY id", [report_id])
    return Summary(
        counts[0],
        counts[1],
        counts[2],
        failed,
        tuple(text for (text,) in notes),
        tuple(Unread(text, why, place_from_text(place) or NOWHERE, code) for text, why, place, code in unread),
    )


def reading(store: Base, report_id: int) -> dict[str, Figure]:
    """What was read in that revision, without corrections."""
    columns = store.columns
    names = ", ".join(f'"{code}"' for code in columns)
    rows = store.rows(f"SELECT marks, {names} FROM figures WHERE report_id = ?", [report_id])
    if not rows:
        return {}
    marks, *numbers = rows[0]
    found = {}
    for (code, about), stored in zip(columns.items(), numbers, strict=True):
        status = status_of(stored, mark_at(marks, about.number))
        if status is not None:
            found[code] = Figure(code, from_stored(stored, about.unit), status)
    return found
