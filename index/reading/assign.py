"""Which matches are believed. A row is solid where its label stands with its values; the rest must be forced.

Between two solid rows, values whose labels stand elsewhere are read in order when they are exactly as many as the
form's rows between, and otherwise not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.reading.align import PIECE, Match, align, fits
from index.reading.layout import Line, lines
from index.reading.likeness import likeness, likenesses, own_likenesses
from index.reading.stream import Fragment, Item, Run, fragments

SOLID = 0.5
SURE = 0.88
FOREIGN = 0.4
"""So much of another row's label before the values, and they may be that row's."""


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


def assign(items: tuple[Item, ...]) -> Assignment:
    """The rows that can be told for certain."""
    matches = tuple(_child(match, items) for match in align(items))
    solid = [match for match in matches if _solid(match, matches, items)]
    rows = {match.line.code: Assigned(match.line, match.item, _run(items, match.item)) for match in solid}
    for found in _forced(solid, items):
        rows.setdefault(found.line.code, found)
    for found in _strays(items, rows):
        rows.setdefault(found.line.code, found)
    taken = {row.item for row in rows.values()}
    order = {line.code: at for at, line in enumerate(lines())}
    return Assignment(
        tuple(sorted(rows.values(), key=lambda row: order[row.line.code])),
        frozenset(at for match in matches for at in match.labels),
        tuple(_doubtful(items, matches, taken)),
        tuple(_repeated(items, rows)),
    )


def _child(match: Match, items: tuple[Item, ...]) -> Match:
    """（六）其他处理 over 3.其他: where a row of the group stands between, the group is not the row."""
    near = match.item - 1
    item = items[near] if near >= 0 else None
    if _keys(_run(items, match.item)) or not isinstance(item, Fragment) or near in match.labels:
        return match
    children = [line for line in lines() if line.code.startswith(f"{match.line.code}.")]
    meant = [line for line in children if likeness(item.key, line) >= SURE]
    return Match(meant[0], match.item, (near,)) if len(meant) == 1 else match


def _run(items: tuple[Item, ...], at: int) -> Run:
    item = items[at]
    assert isinstance(item, Run)
    return item


def _keys(run: Run) -> tuple[str, ...]:
    return tuple(each.key for each in run.own if not each.prose and each.key)


def _solid(match: Match, matches: tuple[Match, ...], items: tuple[Item, ...]) -> bool:
    run = _run(items, match.item)
    if match.line.blocks > 1:
        return bool(match.labels) or len(run.tokens) in match.line.widths
    own = _keys(run)
    position = lines().index(match.line)
    if own:
        likes = own_likenesses(own)
        if likes[position] >= SOLID:
            rivals = max(like for at, like in enumerate(likes) if at != position and lines()[at].blocks == 1)
            return rivals <= likes[position] + 0.05
    spoken = [each.key for at in match.labels for each in fragments(items[at])]
    before = [each.key for at in match.labels if at < match.item for each in fragments(items[at])]
    if not (before or own) or _joined(match.line, [*before, *own], spoken, own) < SOLID:
        return False
    return not _stacked(match, matches, items)


def _joined(line: Line, before: list[str], spoken: list[str], own: tuple[str, ...]) -> float:
    """Likeness of all the pieces of a wrapped label together, or of the part before the values."""
    after = "".join(spoken[len(before) - len(own) :])
    whole = "".join(before)
    return max(likeness(whole, line), likeness(whole + after, line), *(likeness(piece, line) for piece in before))


def _stacked(match: Match, matches: tuple[Match, ...], items: tuple[Item, ...]) -> bool:
    """Whether labels of other rows, still without values, stand before these values too."""
    others = {other.item for other in matches}
    start = max((at for at in range(match.item) if at in others or _counts(items[at])), default=-1)
    previous = {other.line.code for other in matches if other.item == start}
    for at in range(start + 1, match.item):
        item = items[at]
        if at in match.labels or not isinstance(item, Fragment) or item.prose or len(item.key) < 4:
            continue
        for line, like in zip(lines(), likenesses(item.key), strict=True):
            tail = line.code in previous and like < PIECE
            if line.table != match.line.table or line.blocks > 1 or tail:
                continue
            if like >= FOREIGN and line.code != match.line.code and not match.line.code.startswith(f"{line.code}."):
                return True
    return False


def _counts(item: Item) -> bool:
    return isinstance(item, Run) and not item.all_empty and len(item.tokens) > 1


def _forced(solid: list[Match], items: tuple[Item, ...]) -> Iterator[Assigned]:
    """Rows of seven cells between two solid ones, where there are just as many runs as rows."""
    requests = [line for line in lines() if line.table == "requests"]
    anchors = [match for match in solid if match.line.table == "requests"]
    known = {match.line.code for match in anchors}
    width = max(requests[0].widths)
    for lower, upper in pairwise(anchors):
        first, last = (next(at for at, line in enumerate(requests) if line is each.line) for each in (lower, upper))
        between = requests[first + 1 : last]
        runs = [at for at in range(lower.item + 1, upper.item) if _bare(items[at], width)]
        if not between or not runs or any(_own_label(items[at]) for at in runs):
            continue
        choices = [choice for choice in _choices(between, known) if len(choice) == len(runs)]
        if len(choices) == 1:
            for line, at in zip(choices[0], runs, strict=True):
                yield Assigned(line, at, _run(items, at), sure=False)


def _bare(item: Item, width: int) -> bool:
    return isinstance(item, Run) and not item.all_empty and item.trimmed(width) is not None


def _own_label(item: Item) -> bool:
    return isinstance(item, Run) and any(len(text) > 6 for text in _keys(item))


def _choices(between: list[Line], known: set[str]) -> list[list[Line]]:
    """The rows of either edition: a group printed as one row, or its rows."""
    groups = {line.code for line in between if any(each.code.startswith(f"{line.code}.") for each in lines())}
    if not groups:
        parents = {code for line in lines() for code in known if line.code.startswith(f"{code}.")}
        return [[line for line in between if not any(line.code.startswith(f"{code}.") for code in parents)]]
    split = [line for line in between if line.code not in groups]
    whole = [line for line in between if not any(line.code.startswith(f"{code}.") for code in groups)]
    if any(code.startswith(f"{group}.") for group in groups for code in known):
        return [split]
    return [split, whole]


def _strays(items: tuple[Item, ...], rows: dict[str, Assigned]) -> Iterator[Assigned]:
    """Rows printed out of the form's order, with their full label beside them, once."""
    taken = {row.item for row in rows.values()}
    found: dict[str, list[Assigned]] = {}
    for at, item in enumerate(items):
        if at in taken or not isinstance(item, Run) or item.all_empty or not item.own:
            continue
        line = _labelled(item)
        if line and line.code not in rows and fits(item, line):
            found.setdefault(line.code, []).append(Assigned(line, at, item))
    yield from (each[0] for each in found.values() if len(each) == 1)


def _labelled(run: Run) -> Line | None:
    """The row whose label the run's own text is, if it is clearly one."""
    keys = _keys(run)
    if not keys:
        return None
    likes = own_likenesses(keys)
    ranked = sorted((at for at, line in enumerate(lines()) if line.blocks == 1), key=lambda at: -likes[at])
    if likes[ranked[0]] < SURE or likes[ranked[1]] > likes[ranked[0]] - 0.1:
        return None
    return lines()[ranked[0]]


def _repeated(items: tuple[Item, ...], rows: dict[str, Assigned]) -> Iterator[tuple[str, int]]:
    taken = {row.item: row for row in rows.values()}
    for at, item in enumerate(items):
        if at in taken or not isinstance(item, Run) or item.all_empty:
            continue
        line = _labelled(item)
        if line is None or line.code not in rows or not fits(item, line):
            continue
        if _values(item) != _values(rows[line.code].run):
            yield line.code, at


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
