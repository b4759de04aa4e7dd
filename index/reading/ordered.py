"""Rows of requests in lines of text: totals printed first, and columns of sums that the form has not.

The lines have no grid that would say which number stands in which column. The heads say that something is not as in the
form, and the sums say what: so the numbers are put in the form's order, or where the sums tell nothing, left unread.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from index.reading.stream import Fragment, Item, Run, Token, fragments

PERSON, TOTAL, SUBTOTAL = 0, 6, 7
"""The form's columns are 0 to 6; 7 is the sum of the organisations."""
PLAIN = (0, 1, 2, 3, 4, 5, 6)
FIRST = (6, 0, 1, 2, 3, 4, 5)
WITH_SUBTOTAL = (
    (0, 1, 2, 3, 4, 5, 7, 6),
    (6, 0, 1, 2, 3, 4, 5, 7),
    (0, 7, 1, 2, 3, 4, 5, 6),
    (6, 0, 7, 1, 2, 3, 4, 5),
)
Order = tuple[int, ...]
TOTALS = ("总计", "合计")
HEADS = re.compile("自然人|申请人情况|法人或其他")
FIRST_HEADS = re.compile("(?:总计|合计)自然")
TELLING = 3


def ordered(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, the values of such rows in the form's order."""
    start = next((at for at, item in enumerate(items) if any(HEADS.search(each.key) for each in _texts(item))), None)
    if start is None:
        return items
    end = next((at for at in range(start, len(items)) if any(_ends(each) for each in _texts(items[at]))), len(items))
    with_heads = {each.block for item in items[start:end] for each in _texts(item) if "自然人" in each.key}
    first = next((at for at in range(start, end) if _whole(items[at], frozenset())), end)
    rows = {at: cells for at in range(first, end) if (cells := _whole(items[at], with_heads))}
    found = list(items)
    for at, cells in _in_order(rows, items[max(0, start - 3) : first]).items():
        run = found[at]
        assert isinstance(run, Run)
        found[at] = replace(run, tokens=cells)
    return tuple(found)


def _texts(item: Item) -> list[Fragment]:
    return [each for each in fragments(item) if not each.prose]


def _ends(fragment: Fragment) -> bool:
    return "复议" in fragment.key or "结果维持" in fragment.key


def _whole(item: Item, with_heads: Collection[int]) -> tuple[Token, ...]:
    """The values of a run that may be a whole row, if no grid with heads says their columns; padding goes."""
    if not isinstance(item, Run) or item.all_empty or (item.exact and item.block in with_heads):
        return ()
    filled = [at for at, token in enumerate(item.tokens) if not token.empty]
    tokens = item.tokens[filled[0] : filled[-1] + 1]
    return tokens if len(tokens) in (len(PLAIN), len(PLAIN) + 1) else ()


def _says_first(head: tuple[Item, ...]) -> bool:
    """Whether separated cells name the totals right before the first applicants, in one line or one grid."""
    cells = [each for item in head for each in _texts(item) if each.in_table]
    names = [(each.key, each.place) for each in cells]
    pairs = any(
        one in TOTALS and other == "自然人" and place == there for (one, place), (other, there) in pairwise(names)
    )
    totals = [(each.block, each.column) for each in cells if each.key in TOTALS and each.place.line is None]
    persons = [(each.block, each.column) for each in cells if each.key == "自然人" and each.place.line is None]
    return pairs or any(one[0] == two[0] and one[1] + 1 == two[1] for one in totals for two in persons)


def _in_one_line(head: tuple[Item, ...]) -> bool:
    """Whether the heads of all columns are separated cells of one line, which says the order of each."""
    lines: dict[int | None, set[str]] = {}
    for each in (each for item in head for each in _texts(item) if each.in_table):
        lines.setdefault(each.place.line, set()).add(each.key)
    return any(line and {"自然人", "法律服务机构"} <= keys and keys & set(TOTALS) for line, keys in lines.items())


def _in_order(rows: dict[int, tuple[Token, ...]], above: tuple[Item, ...]) -> dict[int, tuple[Token, ...]]:
    """Position → values in the form's order, of the rows that change."""
    head = "".join(each.key for item in above for each in _texts(item))
    if _in_one_line(above):
        return {}
    eight = {at: cells for at, cells in rows.items() if len(cells) > len(PLAIN)}
    if eight and "小计" in head:
        told = _told(eight, WITH_SUBTOTAL)
        best = max(told, key=lambda order: told[order])
        others = sum(told.values()) - told[best]
        return {at: _sorted(cells, best) for at, cells in eight.items()} if told[best] >= TELLING * (1 + others) else {}
    seven = {at: cells for at, cells in rows.items() if len(cells) == len(PLAIN)}
    told = _told(seven, (PLAIN, FIRST))
    sure, said = _says_first(above), bool(FIRST_HEADS.search(head))
    if told[PLAIN] > told[FIRST] or not (sure or said or told[FIRST]):
        return {}
    if sure or (told[FIRST] > told[PLAIN] and (said or told[FIRST] >= TELLING)):
        return {at: _unless(cells, PLAIN, _sorted(cells, FIRST)) for at, cells in seven.items()}
    return {at: _unread(cells) for at, cells in seven.items() if not (_holds(cells, PLAIN) and _holds(cells, FIRST))}


def _unless(cells: tuple[Token, ...], other: Order, values: tuple[Token, ...]) -> tuple[Token, ...]:
    """The values, but unread where the row adds up in the other order and not in theirs."""
    return _unread(cells) if _holds(cells, other) and not _holds(values, PLAIN) else values


def _told(rows: dict[int, tuple[Token, ...]], orders: tuple[Order, ...]) -> dict[Order, int]:
    """How many rows add up in one order alone."""
    told = dict.fromkeys(orders, 0)
    for cells in rows.values():
        holding = [order for order in orders if _holds(cells, order)]
        if len(holding) == 1:
            told[holding[0]] += 1
    return told


def _holds(cells: tuple[Token, ...], order: Order) -> bool:
    if any(token.printed is None for token in cells):
        return False
    values = {column: token.printed.number for column, token in zip(order, cells, strict=True) if token.printed}
    organisations = sum(values[column] for column in range(1, TOTAL))
    return values[TOTAL] == values[PERSON] + organisations and values.get(SUBTOTAL, organisations) == organisations


def _sorted(cells: tuple[Token, ...], order: Order) -> tuple[Token, ...]:
    by_column = dict(zip(order, cells, strict=True))
    return tuple(replace(by_column[column], column=cells[column].column) for column in PLAIN)


def _unread(cells: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(replace(token, printed=None) for token in cells)
