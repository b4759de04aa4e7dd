"""Prose: kept as printed, found by its words."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from index.report import Passage
from index.store.base import Base
from index.store.read import Ids, selection
from index.store.records import StoredPassage
from index.store.values import place_from_text, place_text
from index.store.words import bigrams, fold, phrase

SCANNED_REPORTS = 100
"""Up to so many reports it is quicker to look through their prose than to ask the full-text index."""


def add(connection: sqlite3.Connection, report_id: int, passages: Sequence[Passage]) -> None:
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM passages").fetchone()[0]
    rows = [
        (number, report_id, each.section, each.topic, each.text, place_text(each.place))
        for number, each in enumerate(passages, first)
    ]
    connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", rows)
    words = [(number, bigrams(fold(each.text))) for number, each in enumerate(passages, first)]
    connection.executemany("INSERT INTO passage_words (rowid, words) VALUES (?, ?)", words)


def find(
    store: Base, agency_ids: Ids, years: Ids, topic: str | None, contains: Sequence[str], limit: int | None
) -> tuple[StoredPassage, ...]:
    """In reading order; those that contain every term, whatever its width, case or 繁簡."""
    terms = [folded for term in contains if (folded := fold(term))]
    if contains and not terms:
        return ()
    where, parameters = selection(agency_ids, years)
    if topic is not None:
        where, parameters = f"{where} AND p.topic = ?", [*parameters, topic]
    phrases = [phrase(term) for term in terms]
    if terms and None not in phrases and not _few(agency_ids, years):
        where += " AND p.id IN (SELECT rowid FROM passage_words WHERE passage_words MATCH ?)"
        parameters, terms = [*parameters, " AND ".join(str(each) for each in phrases)], []
    with store.lock:
        rows = [row for row in _rows(store, where, parameters, None if terms else limit) if _holds(row[3], terms)]
        rows = rows[:limit]
        origins = store.origins({row[0] for row in rows})
    return tuple(
        StoredPassage(origins[report_id], section, kind, text, place_from_text(place))
        for report_id, section, kind, text, place in rows
    )


def _rows(store: Base, where: str, parameters: list[str], limit: int | None) -> list[tuple[Any, ...]]:
    sql = f"""SELECT p.report_id, p.section, p.topic, p.text, p.place
              FROM reports r JOIN passages p ON p.report_id = r.id WHERE {where}
              ORDER BY r.agency_id, r.year, p.id LIMIT ?"""
    return store.rows(sql, [*parameters, -1 if limit is None else limit])


def _few(agency_ids: Ids, years: Ids) -> bool:
    return agency_ids is not None and len(agency_ids) * (10 if years is None else len(years)) <= SCANNED_REPORTS


def _holds(text: str, terms: Sequence[str]) -> bool:
    if not terms:
        return True
    folded = fold(text)
    return all(term in folded for term in terms)
