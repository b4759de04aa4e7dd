"""The equations as evidence: rows with a value too few or too many, and cells that are empty or missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from index.checks import Equation, equations
from index.reading.columns import Placed
from index.reading.stream import Item, Run, Token
from index.reading.values import Printed

PAGE = re.compile(r"\d{1,3}")
Known = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a row."""

    cells: Mapping[str, Token]
    values: tuple[int, ...]
    """Of all its cells, the missing ones computed."""
    inferred: frozenset[str] = frozenset()
    """Codes of cells whose value is certain, but not that they are printed: in 0 0 0 any one may be missing."""


def settle(placed: list[Placed], items: tuple[Item, ...], edition: str) -> list[Placed]:
    """Rows whose values do not fill their columns: read in the only way that can be, else left loose."""
    settled = [_without_page_number(row, items) if row.loose else row for row in placed]
    settled = [_cut_short(row, settled, items) if row.loose else row for row in settled]
    progress = True
    while progress:
        progress = False
        for at, row in enumerate(settled):
            if row.loose:
                found = _by_equations(row, settled, edition)
                if found is not None:
                    settled[at] = replace(row, cells=found.cells, loose=(), inferred=found.inferred)
                    progress = True
    return settled


def numbers(placed: Iterable[Placed]) -> dict[str, int]:
    """The counts that are read for certain."""
    return {
        code: token.printed.number
        for row in placed
        for code, token in row.cells.items()
        if token.printed is not None and isinstance(token.printed.number, int) and row.row.line.table != "disclosure"
    }


def _without_page_number(row: Placed, items: tuple[Item, ...]) -> Placed:
    """Numbers a line each with one too many: the page number between them goes, if it can only be one of them."""
    tokens, width = row.loose, len(row.codes)
    if row.row.run.exact or len(tokens) != width + 1:
        return row
    ends = [tokens[1:], tokens[:-1]]
    drops = [tokens[0], tokens[-1]]
    fitting = [end for end, drop in zip(ends, drops, strict=True) if _is_page(drop, row.row.item, items)]
    if len({tuple(token.text for token in end) for end in fitting}) != 1:
        return row
    cells = dict(zip(row.codes, fitting[0], strict=True))
    return replace(row, cells=cells, loose=())


def _is_page(token: Token, at: int, items: tuple[Item, ...]) -> bool:
    """Whether the number fits between the page numbers that stand alone before and after."""
    if not PAGE.fullmatch(token.text) or not int(token.text):
        return False
    chain = _chain(_alone(items))
    before = [number for position, number in chain if position < at]
    after = [number for position, number in chain if position > at]
    number = int(token.text)
    if not before and not after:
        return False
    return max(before, default=0) < number < min(after, default=1000)


def page_numbers(items: tuple[Item, ...]) -> frozenset[int]:
    """Positions of the lone numbers that rise as the numbers of pages do."""
    alone = _alone(items)
    chain = _chain(alone)
    return frozenset(position for position, _ in chain)


def _alone(items: tuple[Item, ...]) -> list[tuple[int, int]]:
    return [
        (position, int(item.tokens[0].text))
        for position, item in enumerate(items)
        if isinstance(item, Run) and len(item.tokens) == 1 and not item.own and PAGE.fullmatch(item.tokens[0].text)
    ]


def _chain(alone: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest rising sequence of lone numbers by small steps: the pages."""
    best: list[tuple[int, int]] = []
    for start in range(len(alone)):
        chain = [alone[start]]
        for position, number in alone[start + 1 :]:
            if 0 < number - chain[-1][1] <= 3:
                chain.append((position, number))
        if len(chain) > len(best):
            best = chain
    return best if len(best) > 1 or (best and best[0][1] == 1) else []


def _cut_short(row: Placed, placed: list[Placed], items: tuple[Item, ...]) -> Placed:
    """The last row of a document that breaks off: its first cells are those printed, the rest is absent."""
    after = items[row.row.item + 1 :]
    others = [other for other in placed if other is not row]
    if after or not row.row.run.single or len(row.loose) >= len(row.codes) or not others:
        return row
    if any(other.loose for other in others):
        return row
    cells = dict(zip(row.codes, row.loose, strict=False))
    return replace(row, cells=cells, loose=())


def _by_equations(row: Placed, placed: list[Placed], edition: str) -> Candidate | None:
    if row.row.line.table == "disclosure" or len(row.loose) >= len(row.codes) or not row.totals:
        return None
    known = numbers(placed)
    printed = {code for each in placed for code in each.codes}
    rules = equations(edition, printed)
    ways = list(_ways(row, [rule for rule in rules if set(rule.codes) <= set(row.codes)]))
    if len({way.values for way in ways}) > 1:
        across = [rule for rule in rules if not set(rule.codes) <= set(row.codes) and set(rule.codes) & set(row.codes)]
        ways = [way for way in ways if _holds(way, row.codes, across, known)]
    if len({way.values for way in ways}) != 1:
        return None
    return replace(ways[-1], inferred=frozenset(_unsure(ways)))


def _unsure(ways: list[Candidate]) -> Iterator[str]:
    """Cells another way leaves out; of two missing ones any zero may be one, though no equation then says so."""
    cells = ways[-1].cells
    for code, token in cells.items():
        zero = len(ways[-1].values) - len(cells) > 1 and not _int(token.printed)
        if zero or any(code not in way.cells for way in ways):
            yield code


def _ways(row: Placed, rules: list[Equation]) -> Iterator[Candidate]:
    """Every way to leave out as many cells as are missing that the row's own equations allow."""
    codes, tokens = row.codes, row.loose
    missing = len(codes) - len(tokens)
    if missing > 2 or any(token.printed is None or not isinstance(token.printed.number, int) for token in tokens):
        return
    for absent in combinations(range(len(codes)), missing):
        filled = [code for at, code in enumerate(codes) if at not in absent]
        cells = dict(zip(filled, tokens, strict=True))
        values = {code: _int(token.printed) for code, token in cells.items()}
        solved = solve(values, rules)
        if len(solved) == len(codes) and all(_sums_agree(rule, solved) for rule in rules):
            yield Candidate(cells, tuple(solved[code] for code in codes))


def _int(printed: Printed | None) -> int:
    assert printed is not None
    return int(printed.number)


def _holds(way: Candidate, codes: tuple[str, ...], rules: list[Equation], known: Known) -> bool:
    values = {**known, **dict(zip(codes, way.values, strict=True))}
    complete = [rule for rule in rules if all(code in values for code in rule.codes)]
    return bool(complete) and all(_sums_agree(rule, values) for rule in complete)


def _sums_agree(rule: Equation, values: Known) -> bool:
    return sum(values[code] for code in rule.left) == sum(values[code] for code in rule.right)


def solve(values: Known, rules: Iterable[Equation]) -> dict[str, int]:
    """The values with every cell that a single equation leaves one value for; contradictions solve nothing."""
    known = dict(values)
    refused: set[str] = set()
    while True:
        found: dict[str, set[int]] = {}
        for rule in rules:
            for code, value in _solved(rule, known).items():
                found.setdefault(code, set()).add(value)
        refused |= {code for code, several in found.items() if len(several) > 1}
        new = {code: next(iter(one)) for code, one in found.items() if code not in refused}
        if not new:
            return known
        known |= new


def _solved(rule: Equation, known: Known) -> dict[str, int]:
    """What one equation says of its unknown cells: one of them, or several on a side that must all be zero."""
    left = [code for code in rule.left if code not in known]
    right = [code for code in rule.right if code not in known]
    if bool(left) == bool(right):
        return {}
    gap = sum(known.get(code, 0) for code in rule.right) - sum(known.get(code, 0) for code in rule.left)
    unknown, rest = (left, gap) if left else (right, -gap)
    if rest < 0 or len(set(unknown)) != len(unknown):
        return {}
    if len(unknown) == 1:
        return {unknown[0]: rest}
    return dict.fromkeys(unknown, 0) if rest == 0 else {}


def derive(placed: list[Placed], edition: str, *, whole: bool = True) -> dict[str, int]:
    """Cells of printed rows that are empty, missing or unreadable, where the equations leave one value.

    Where the tables are not `whole`, for a row of them could not be placed, no column adds up: only rows do.
    """
    known = numbers(placed)
    codes = {code for row in placed if not row.loose for code in row.codes}
    rules = [rule for rule in equations(edition, codes) if set(rule.codes) <= codes]
    if not whole:
        rules = [rule for rule in rules if any(set(rule.codes) <= set(row.codes) for row in placed)]
    solved = solve(known, rules)
    return {code: value for code, value in solved.items() if code not in known}
