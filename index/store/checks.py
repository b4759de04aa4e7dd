"""Failed equations as the index keeps them; done again when a cell is corrected."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index import forms
from index.report import Check, Contradiction, Figure, Number, Passage
from index.store import read
from index.store.base import Base
from index.store.records import Source, StoredPassage

SHORT = 8
"""Terms up to which a sum is written out in full, zeros and all."""


def insert(connection: sqlite3.Connection, report_id: int, checks: Sequence[Check]) -> None:
    rows = [
        (report_id, check.rule, check.label, detail(check), codes_text(check.codes), check.verdict)
        for check in checks
        if not check.holds
    ]
    connection.executemany(
        """INSERT INTO failed_checks (report_id, rule, label, detail, codes, verdict, kind)
           VALUES (?, ?, ?, ?, ?, ?, 'equation')""",
        rows,
    )


def insert_contradictions(connection: sqlite3.Connection, report_id: int, found: Sequence[Contradiction]) -> None:
    """What the prose says otherwise than the tables: kept with the checks, but no equation."""
    connection.executemany(
        """INSERT INTO failed_checks (report_id, rule, label, detail, codes, verdict, kind)
           VALUES (?, ?, ?, ?, ?, '', 'prose')""",
        [(report_id, each.rule, each.label, each.detail, codes_text(frozenset([each.code]))) for each in found],
    )


def detail(check: Check) -> str:
    """'30 + 0 ≠ 29 + 2（差 -1）'."""
    return f"{_sum(check.left)} ≠ {_sum(check.right)}（差 {check.gap}）"


def _sum(parts: Mapping[str, Number]) -> str:
    """'30 + 2'; of a long sum the zeros are left out."""
    values = list(parts.values())
    said = [value for value in values if value] if len(values) > SHORT else values
    zeros = len(values) - len(said)
    text = " + ".join(str(value) for value in said) or "0"
    return f"{text}（另 {zeros} 项为 0）" if zeros and said else text


def codes_text(codes: frozenset[str]) -> str:
    """The codes concerned, with the parts of those that are sums, so that a part of a sum is warned of too."""
    sums = forms.sums()
    parts = {part for code in codes if code in sums for part in sums[code].parts}
    return json.dumps(sorted(codes | parts))


def check_again(store: Base, connection: sqlite3.Connection, source: Source) -> None:
    """The report's own equations on its figures as they are corrected now; what was read stays noted beside them."""
    from index.checks import run_checks
    from index.contradictions import contradictions

    stored = read.figures(store, [source.agency_id], [source.year], list(store.columns), False)
    figures = {each.code: Figure(each.code, each.value, each.status) for each in stored}
    judged = _verdicts(store, source)
    checks = [
        replace(each, verdict=judged.get((each.rule, detail(each)), "")) for each in run_checks(figures, source.edition)
    ]
    sql = "DELETE FROM failed_checks WHERE report_id = ? AND kind IN ('equation', 'prose')"
    connection.execute(sql, (source.report_id,))
    insert(connection, source.report_id, checks)
    said = [Passage(each.section, each.text, topic=each.topic) for each in _passages(store, source)]
    found = contradictions(said, figures, source.agency, source.year)
    insert_contradictions(connection, source.report_id, found)


def _verdicts(store: Base, source: Source) -> dict[tuple[str, str], str]:
    """What was found at reading about equations that fail with these very numbers."""
    sql = "SELECT rule, detail, verdict FROM failed_checks WHERE report_id = ? AND kind = 'equation'"
    return {(rule, text): verdict for rule, text, verdict in store.rows(sql, [source.report_id])}


def _passages(store: Base, source: Source) -> Sequence[StoredPassage]:
    from index.store import passages

    return passages.find(store, [source.agency_id], [source.year], None, (), None)
