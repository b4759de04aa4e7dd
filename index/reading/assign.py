"""Rows of the form ↔ runs of values, as far as they can be told: in order, out of order, and what is left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.reading.align import Match, align, fits
from index.reading.belief import SURE, believed, child, forced, own_keys, run_at
from index.reading.layout import Line, lines
from index.reading.likeness import own_likenesses
from index.reading.stream import Item, Run

SEVERAL = 5
"""So many rows printed once more are another report's."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A row of the form with the run that is its values."""

    line: Line
    item: int
    run: Run
    sure: bool = True
    """Its label stands with it; False where only the order says so."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What aligning came to."""

    rows: tuple[Assigned, ...]
    spoken: frozenset[int]
    """Positions of the items that are labels of a row."""
    doubtful: tuple[int, ...]
    """Positions of runs that look like rows of the form and could not be placed."""
    repeated: tuple[tuple[str, int], ...]
    """Rows printed once more with other values: code, and position of the other run."""
    again: frozenset[str] = frozenset()
    """Rows printed once more, whatever their values."""

    @property
    def several(self) -> bool:
        """Whether so much is printed once more that it is another report."""
        return bool(self.repeated) and len(self.again) >= SEVERAL


def assign(items: tuple[Item, ...]) -> Assignment:
    """The rows that can be told for certain."""
    matches = tuple(child(match, items) for match in align(items))
    solid = believed(matches, items)
    rows = {match.line.code: Assigned(match.line, match.item, run_at(items, match.item)) for match in solid}
    for match in forced(solid, items):
        rows.setdefault(match.line.code, Assigned(match.line, match.item, run_at(items, match.item), sure=False))
    for found in _strays(items, rows):
        rows.setdefault(found.line.code, found)
    taken = {row.item for row in rows.values()}
    order = {line.code: at for at, line in enumerate(lines())}
    repeated = tuple(_repeated(items, rows))
    return Assignment(
        tuple(sorted(rows.values(), key=lambda row: order[row.line.code])),
        frozenset(at for match in matches for at in match.labels),
        tuple(_doubtful(items, matches, taken)),
        tuple((code, at) for code, at, differs in repeated if differs),
        frozenset(code for code, _, _ in repeated),
    )


def _strays(items: tuple[Item, ...], rows: dict[str, Assigned]) -> Iterator[Assigned]:
    """Rows printed out of the form's order, with their full label beside them, once."""
    taken = {row.item for row in rows.values()}
    found: dict[str, list[Assigned]] = {}
    for at, item in enumerate(items):
        if at in taken or not isinstance(item, Run) or item.all_empty or not item.own:
            continue
        named = _labelled(item)
        line = child(Match(named, at, ()), items).line if named else None
        if line and line.code not in rows and fits(item, line):
            found.setdefault(line.code, []).append(Assigned(line, at, item))
    yield from (each[0] for each in found.values() if len(each) == 1)


def _labelled(run: Run) -> Line | None:
    """The row whose label the run's own text is, if it is clearly one."""
    keys = own_keys(run)
    if not keys:
        return None
    likes = own_likenesses(keys)
    ranked = sorted((at for at, line in enumerate(lines()) if line.blocks == 1), key=lambda at: -likes[at])
    if likes[ranked[0]] < SURE or likes[ranked[1]] > likes[ranked[0]] - 0.1:
        return None
    return lines()[ranked[0]]


def _repeated(items: tuple[Item, ...], rows: dict[str, Assigned]) -> Iterator[tuple[str, int, bool]]:
    """Code, position, and whether the values differ."""
    taken = {row.item: row for row in rows.values()}
    for at, item in enumerate(items):
        if at in taken or not isinstance(item, Run) or item.all_empty:
            continue
        line = _labelled(item)
        if line is None or line.code not in rows or not fits(item, line):
            continue
        yield line.code, at, _values(item) != _values(rows[line.code].run)


def _values(run: Run) -> list[object]:
    return [token.printed.number if token.printed else None for token in run.tokens if not token.empty]


def _doubtful(items: tuple[Item, ...], matches: tuple[Match, ...], taken: set[int]) -> Iterator[int]:
    """Runs within the tables that were matched without being believed, or that have a row's number of cells."""
    matched = {match.item for match in matches} - taken
    if not taken:
        return
    for at, item in enumerate(items):
        if at in taken or not isinstance(item, Run) or item.all_empty:
            continue
        if at in matched or (min(taken) < at < max(taken) and len(item.tokens) >= 5):
            yield at
