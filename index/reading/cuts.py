"""Rows of a ruled table that a page break cuts: the lines of a cell that stand on the next page belong to its row.

Only the labels can tell: a row is put together where its label is whole only so, or where what follows it has no label
of its own. Digits on both sides of the break are kept as two lines of a cell, which is believed where the sums agree.
"""

from __future__ import annotations

from dataclasses import replace

from index.document import Box
from index.reading.layout import lines
from index.reading.likeness import own_likenesses
from index.reading.stream import Fragment, Item, Run, Token
from index.reading.values import parse

WHOLE = 0.97
BETTER = 0.03
NEAR = 4.0
"""Points by which the sides of a cell may differ from one page to the next."""
MOST_BETWEEN = 4
"""A page's number and running titles may stand between the two parts."""


def mended(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, rows that were cut by the end of a page in one piece."""
    found = list(items)
    for at in range(len(found) - 1, 0, -1):
        if not _opens_page(found, at):
            continue
        above = next((place for place in range(at - 1, -1, -1) if isinstance(found[place], Run)), None)
        if above is None or at - above > MOST_BETWEEN or not _is_table_end(found, above, at):
            continue
        one, other = found[above], found[at]
        assert isinstance(one, Run)
        assert isinstance(other, Run)
        joined = _joined(one, other)
        if joined is not None:
            found[above] = joined
            del found[at]
    return tuple(found)


def _opens_page(items: list[Item], at: int) -> bool:
    """Whether a run is the first thing in a ruled table at the top of a page."""
    run, before = items[at], items[at - 1]
    return isinstance(run, Run) and run.exact and run.place.page is not None and before.block != run.block


def _is_table_end(items: list[Item], above: int, at: int) -> bool:
    one, other = items[above], items[at]
    assert isinstance(one, Run)
    assert isinstance(other, Run)
    between = items[above + 1 : at]
    return (
        one.exact
        and one.place.page is not None
        and other.place.page == one.place.page + 1
        and all(isinstance(each, Fragment) and not each.in_table for each in between)
    )


def _joined(one: Run, other: Run) -> Run | None:
    """Both parts as one row; None where they are two rows, or nobody can say."""
    below = _below(one.tokens, other.tokens)
    if below is None:
        return None
    own = _labels(one, other)
    partly = any(token.empty for token in below)
    if other.own and not (_is_one_label(one, other, own) and (partly or one.all_empty)):
        return None
    if not other.own and (other.all_empty or not partly):
        return None
    tokens = tuple(_token(above, under) for above, under in zip(one.tokens, below, strict=True))
    return replace(one, tokens=tokens, own=own)


def _below(ones: tuple[Token, ...], others: tuple[Token, ...]) -> tuple[Token, ...] | None:
    """The cells that stand under the first ones, if every one has its own and no other holds anything."""
    found = [[other for other in others if _aligned(one.place.box, other.place.box)] for one in ones]
    if any(len(under) != 1 for under in found):
        return None
    below = tuple(under[0] for under in found)
    return below if all(other.empty or other in below for other in others) else None


def _aligned(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one[0] - other[0]) <= NEAR and abs(one[2] - other[2]) <= NEAR


def _labels(one: Run, other: Run) -> tuple[Fragment, ...]:
    """The texts beside the values, those of the next page behind the ones they stand under."""
    own = list(one.own)
    for each in other.own:
        at = next((at for at, above in enumerate(own) if _aligned(above.place.box, each.place.box)), None)
        if at is None:
            own.append(each)
        else:
            own[at] = replace(own[at], text=f"{own[at].text}\n{each.text}", key=own[at].key + each.key)
    return tuple(own)


def _is_one_label(one: Run, other: Run, own: tuple[Fragment, ...]) -> bool:
    """Whether a label of the form is whole only when both parts are read together."""
    together, alone, after = (_likes(each) for each in (own, one.own, other.own))
    at = max(range(len(together)), key=lambda place: together[place])
    rest = max(max(alone), max(after))
    return together[at] >= WHOLE and rest <= together[at] - BETTER


def _likes(own: tuple[Fragment, ...]) -> tuple[float, ...]:
    keys = tuple(each.key for each in own if each.key)
    return own_likenesses(keys) if keys else tuple(0.0 for _ in lines())


def _token(above: Token, below: Token) -> Token:
    if below.empty:
        return above
    if above.empty:
        return below
    text = f"{above.text}\n{below.text}"
    return replace(above, text=text, printed=parse(text))
