"""Numbers too long for their cells: their last digits stand on the next line, where they are nobody's.

Nothing is put together from such lines. A row with loose digits right behind it is believed only where it adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from index.reading.assign import Assigned
from index.reading.belief import SURE, own_keys
from index.reading.columns import Placed
from index.reading.likeness import own_likenesses
from index.reading.resolve import page_numbers
from index.reading.stream import Fragment, Item, Run, Token

DIGITS = re.compile(r"\d{1,4}")
PIECES = 3
"""So many pieces of its label may stand between a row and its loose digits."""
PIECE = 12


def overflowing(rows: Iterable[Assigned], items: tuple[Item, ...]) -> frozenset[int]:
    """Positions of the rows right behind which digits stand that belong to no row."""
    listed = list(rows)
    taken = {row.item for row in listed}
    # Where the file has pages, their numbers have been taken out by their place.
    pages = page_numbers(items) if all(row.run.place.page is None for row in listed) else frozenset()
    return frozenset(row.item for row in listed if _goes_on(row, items, taken, pages))


def _goes_on(row: Assigned, items: tuple[Item, ...], taken: set[int], pages: frozenset[int]) -> bool:
    for at in range(row.item + 1, min(row.item + PIECES + 2, len(items))):
        item = items[at]
        if isinstance(item, Fragment):
            if item.prose or len(item.key) > PIECE:
                return False
        elif at in taken or item.all_empty or at in pages:
            return False
        else:
            filled = [token for token in item.tokens if not token.empty]
            fewer = len(filled) < sum(not token.empty for token in row.run.tokens) or len(filled) == 1
            return fewer and not _labelled(item) and all(DIGITS.fullmatch(token.text.strip()) for token in filled)
    return False


def _labelled(run: Run) -> bool:
    keys = own_keys(run)
    return bool(keys) and max(own_likenesses(keys)) >= SURE


def certain(placed: Iterable[Placed], going_on: frozenset[int]) -> list[Placed]:
    """The rows, those that may go on in the next line without their values unless they add up."""
    return [
        replace(row, cells={}, loose=row.row.run.tokens, totals=False)
        if row.row.item in going_on and row.cells and not adds_up(row.cells)
        else row
        for row in placed
    ]


def adds_up(cells: Mapping[str, Token]) -> bool:
    """Whether the row has totals, and each is the sum of its parts."""
    totals = [code for code in cells if code.endswith(".total")]
    return bool(totals) and all(_is_sum(code, cells) for code in totals)


def _is_sum(total: str, cells: Mapping[str, Token]) -> bool:
    row = total.rpartition(".")[0]
    parts = [token.printed for code, token in cells.items() if code.rpartition(".")[0] == row and code != total]
    whole = cells[total].printed
    if whole is None or not parts or any(part is None for part in parts):
        return False
    return sum(part.number for part in parts if part is not None) == whole.number
