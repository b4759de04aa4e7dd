"""The names that look most like a noisy one, among a hundred thousand: a bigram shortlist, then rapidfuzz on 50."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from numpy.typing import NDArray

_POSTINGS = 100_000
_SHORTLIST = 50
_UNMATCHED_PAIRS = 0.3
_CLOSE = 50
_SLIP = 1.8
"""How many letters of a longer name one letter wrong outweighs."""
_UNMATCHED = 1.5


Hit = tuple[int, float, str]
"""Owner, likeness 0 to 100, alias."""


class Shortlist:
    """Aliases of names, searched by the pairs of characters they share with a text.

    Rare pairs are looked up first and no more than 100,000 postings a question, so that the time hardly grows with the
    number of names. Built once per directory; about 100 bytes an alias.
    """

    def __init__(self, aliases: Sequence[str], owners: Sequence[int]) -> None:
        self._aliases = list(aliases)
        self._owners = np.asarray(owners, dtype=np.int32)
        pairs, where = _pairs_of_all(self._aliases)
        order = np.argsort(pairs, kind="stable")
        self._postings = where[order]
        self._pairs, starts = np.unique(pairs[order], return_index=True)
        self._starts = np.append(starts, len(pairs)).astype(np.int64)
        sizes = np.diff(self._starts)
        self._weights = np.log2(1 + len(self._aliases) / np.maximum(sizes, 1)).astype(np.float32)
        """A pair that few names have tells more: 口市 more than 局."""
        self._totals = np.bincount(
            self._postings, weights=np.repeat(self._weights, sizes), minlength=len(self._aliases)
        ).astype(np.float32)

    def best(self, text: str, count: int = 5) -> list[Hit]:
        """(owner, likeness 0 to 100, alias) of the likeliest owners, best first; [] if nothing is shared."""
        rows = self._shortlist(text)
        aliases = [self._aliases[row] for row in rows]
        scored = process.extract(text, aliases, scorer=fuzz.partial_ratio, limit=None)
        likely = sorted(scored, key=lambda hit: -_worth(hit[0], hit[1]))[:_CLOSE]
        hits = [(int(self._owners[rows[place]]), score, alias) for alias, score, place in likely]
        found: dict[int, tuple[int, float, str]] = {}
        for hit in likeliest_first(text, hits):
            found.setdefault(hit[0], hit)
            if len(found) == count:
                break
        return list(found.values())

    def _shortlist(self, text: str) -> list[int]:
        shared = self._shared(text)
        if shared is None:
            return []
        rows = np.flatnonzero(shared >= shared.max() / 3)
        score = shared[rows] * (1 + _UNMATCHED_PAIRS) - _UNMATCHED_PAIRS * self._totals[rows]
        if len(rows) > _SHORTLIST:
            rows = rows[np.argpartition(-score, _SHORTLIST)[:_SHORTLIST]]
        return [int(row) for row in rows]

    def _shared(self, text: str) -> NDArray[Any] | None:
        """The weight of the pairs that each alias shares with the text; None if there are none."""
        wanted = np.unique(_pairs(text))
        at = np.searchsorted(self._pairs, wanted)
        at = at[at < len(self._pairs)]
        at = at[np.isin(self._pairs[at], wanted)]
        if not len(at):
            return None
        sizes = self._starts[at + 1] - self._starts[at]
        order = np.argsort(sizes, kind="stable")
        budget = np.cumsum(sizes[order]) <= _POSTINGS
        budget[0] = True
        chosen = at[order][budget]
        rows = np.concatenate([self._postings[self._starts[i] : self._starts[i + 1]] for i in chosen])
        weights = np.repeat(self._weights[chosen], sizes[order][budget])
        return np.bincount(rows, weights=weights, minlength=len(self._aliases))


def likeliest_first(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """By letters wrong; of equals the longest name."""
    return sorted(hits, key=lambda hit: (-_close_worth(text, hit[2]), -len(hit[2])))


def _worth(alias: str, likeness: float) -> float:
    """Letters matched less 1.5 × letters not matched: a long name nearly there beats a short one within it."""
    return len(alias) * (likeness / 100 * (1 + _UNMATCHED) - _UNMATCHED)


def _close_worth(text: str, alias: str) -> float:
    """The same by letters wrong, missing, doubled or swapped in the stretch of text that fits the alias best."""
    found = fuzz.partial_ratio_alignment(alias, text)
    if found is None:
        return 0
    spans = {
        (max(0, start), start + length)
        for start in range(found.dest_start - 1, found.dest_start + 2)
        for length in range(len(alias) - 1, len(alias) + 2)
    }
    slips = min(OSA.distance(alias, text[start:end]) for start, end in spans)
    return len(alias) - _SLIP * slips


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _pairs(text: str) -> NDArray[np.uint64]:
    codes = _codes(text).astype(np.uint64)
    return codes[:-1] << np.uint64(21) | codes[1:]


def _pairs_of_all(aliases: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """All pairs of all aliases, with the row each belongs to; the pairs across two aliases are dropped."""
    codes = _pairs("\n".join(aliases) + "\n")
    lengths = np.fromiter((len(a) + 1 for a in aliases), dtype=np.int64, count=len(aliases))
    rows = np.repeat(np.arange(len(aliases), dtype=np.int32), lengths)[: len(codes)]
    newline = np.uint64(ord("\n"))
    inside = (codes >> np.uint64(21) != newline) & (codes & np.uint64(2**21 - 1) != newline)
    return codes[inside], rows[inside]
