"""Reviews and suits printed the other way round, results as rows: made the one row of 15 that the form prints."""

from __future__ import annotations

from collections.abc import Iterator

from index import forms
from index.reading.script import key
from index.reading.stream import Fragment, Item, Run


def turned(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, such rows replaced by the row they stand for; where anything is in doubt, as they are."""
    results = _results()
    found = list(items)
    at = 0
    while at + len(results) <= len(found):
        rows = found[at : at + len(results)]
        runs = [row for row in rows if isinstance(row, Run)]
        if len(runs) == len(results) and _is_turned(runs, found[:at]):
            tokens = tuple(run.tokens[column] for column in range(len(runs[0].tokens)) for run in runs)
            found[at : at + len(results)] = [*_heads(runs), Run(tokens, runs[0].block, exact=False)]
        at += 1
    return tuple(found)


def _heads(runs: list[Run]) -> Iterator[Fragment]:
    for run in runs:
        yield from run.own


def _is_turned(runs: list[Run], before: list[Item]) -> bool:
    """Five rows of three numbers, named after the results in order, under the heads of the three blocks."""
    blocks = _blocks()
    columns = [token.column for token in runs[0].tokens]
    labelled = [run.own[-1].key if run.own else "" for run in runs] == _results()
    alike = all(run.exact and run.block == runs[0].block for run in runs)
    if not (labelled and alike and all([token.column for token in run.tokens] == columns for run in runs)):
        return False
    above = {
        each.column: each.key
        for each in before
        if isinstance(each, Fragment) and each.block == runs[0].block and each.width == 1
    }
    return len(columns) == len(blocks) and all(
        above.get(column, "") in names for column, names in zip(columns, blocks, strict=True)
    )


def _results() -> list[str]:
    return [key(column.label) for column in _rows()[0].columns]


def _blocks() -> list[set[str]]:
    """By block what may stand over it."""
    return [{key(text) for text in (row.label, *row.also)} for row in _rows()]


def _rows() -> list[forms.Row]:
    return [row for row in forms.current()[0].rows if row.table == "disputes"]
