"""Text → tokens: the cheapest way to cover a question with known words; what no word covers stays an unknown token."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from bot.question.numerals import NUMBER, number
from bot.question.similar import fuzzy_matches, nearly
from bot.wording import Entry, lexicon

TokenKind = Literal["word", "agency", "year", "number", "nth", "top", "mark", "unknown"]

WORD, FILLER, FUZZY, UNKNOWN, MARK = 1.0, 1.02, 2.2, 6.0, 0.1
"""What a token costs; the cheapest cover wins, so long known words beat short ones and guesses come last."""

_MARKS = "，。？！；、～ （）·.+/&-~:=%"
_NTH = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,3})(?!章|条)")
_TOP = re.compile(
    r"(?:[取列排]?前|倒数前?|后)(?:第)?(\d{1,3}|[一二两三四五六七八九十]{1,3})(?:名|个|家|位|强|大)?(?!年)"
)
_NUMERAL_STARTS = frozenset("0123456789零一二三四五六七八九十百千万亿两俩仨")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch already recognised by others."""

    start: int
    end: int
    kind: Literal["agency", "year"]
    index: int


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the question with what it may mean."""

    start: int
    end: int
    text: str
    kind: TokenKind
    entries: tuple[Entry, ...] = ()
    index: int = -1
    """Of the agency or year mention."""
    value: float | None = None
    repaired: str = ""
    """The known word this was taken for."""

    def codes(self, kind: str) -> tuple[str, ...]:
        return tuple(entry.code for entry in self.entries if entry.kind == kind)

    @property
    def narrows(self) -> bool:
        """Whether this only says which part of a figure is meant: 网上, 村民, 一审. The form has no such part."""
        return bool(self.entries) and all(entry.kind == "narrowing" for entry in self.entries)

    def has(self, *operations: str) -> bool:
        return any(entry.kind == "operation" and entry.code in operations for entry in self.entries)


def tokenise(text: str, spans: Sequence[Span]) -> tuple[Token, ...]:
    """Tokens in text order that cover the text. Misspelt words are tried only where something stays unknown."""
    tokens = _without_shards(_cheapest(text, spans, ()))
    unknown = [each for each in tokens if each.kind == "unknown"] + _halves_of_a_slip(tokens)
    if not unknown or text.isascii():
        return _joined(tokens)
    blocked = {position for span in spans for position in range(span.start, span.end)}
    guesses = tuple(_guesses(text, unknown, blocked))
    doubtful = {position for each in unknown for position in range(each.start, each.end)}
    return _joined(_without_shards(_cheapest(text, spans, guesses, doubtful)) if guesses else tokens)


def _without_shards(tokens: Sequence[Token]) -> list[Token]:
    """办接 is no 办 and no 接: two words of one character side by side that name rows are a word nobody knows."""
    shards = {
        place + step
        for place, (first, second) in enumerate(pairwise(tokens))
        if _is_shard(first) and _is_shard(second)
        for step in (0, 1)
    }
    return [
        Token(each.start, each.end, each.text, "unknown") if place in shards else each
        for place, each in enumerate(tokens)
    ]


def _halves_of_a_slip(tokens: Sequence[Token]) -> list[Token]:
    """处 and 发 in 行政处发, which is nearly 处罚: a measure word and a verb of one character each."""
    pairs = ((first, second) for first, second in pairwise(tokens) if _is_shard(second) and len(first.text) == 1)
    loose = ((a, b) for a, b in pairs if a.entries and all(entry.code == "soft" for entry in a.entries))
    return [each for a, b in loose if nearly(a.text + b.text) for each in (a, b)]


def _is_shard(token: Token) -> bool:
    return len(token.text) == 1 and any(entry.kind in ("row", "column", "field") for entry in token.entries)


def _guesses(text: str, unknown: Sequence[Token], blocked: set[int]) -> Iterator[Token]:
    positions = {each.start for each in unknown}
    for start, end, spelling in fuzzy_matches(text, positions):
        if not any(position in blocked for position in range(start, end)):
            yield Token(start, end, text[start:end], "word", lexicon().entries[spelling], repaired=spelling)


def _cheapest(
    text: str, spans: Sequence[Span], guesses: Sequence[Token], doubtful: Collection[int] = ()
) -> list[Token]:
    """`doubtful`: positions of which single characters count as unknown."""
    best: list[tuple[float, Token | None]] = [(0.0, None), *([(float("inf"), None)] * len(text))]
    spanned = {span.start: span for span in spans}
    guessed: dict[int, list[Token]] = {}
    for guess in guesses:
        guessed.setdefault(guess.start, []).append(guess)
    inside = {position for span in spans for position in range(span.start + 1, span.end)}
    stops = [*sorted(span.start for span in spans), len(text)]
    for start in range(len(text)):
        cost = best[start][0]
        if start in inside or cost == float("inf"):
            continue
        for price, token in _edges(
            text, start, spanned, guessed, next(s for s in stops if s > start or s == len(text))
        ):
            if token.kind == "word" and len(token.text) == 1 and start in doubtful:
                price = UNKNOWN
            if cost + price < best[token.end][0]:
                best[token.end] = (cost + price, token)
    tokens: list[Token] = []
    position = len(text)
    while position > 0:
        last = best[position][1]
        assert last is not None
        tokens.append(last)
        position = last.start
    return tokens[::-1]


def _edges(
    text: str, start: int, spanned: dict[int, Span], guessed: dict[int, list[Token]], stop: int
) -> Iterator[tuple[float, Token]]:
    span = spanned.get(start)
    if span:
        yield 0.0, Token(start, span.end, text[start : span.end], span.kind, index=span.index)
        return
    char = text[start]
    yield from _words(text, start, stop)
    for guess in guessed.get(start, ()):
        yield FUZZY - 0.01 * len(guess.text), guess
    if char in _NUMERAL_STARTS and (match := NUMBER.match(text, start, stop)):
        value = number(match[0])
        if value is not None and _whole_word(text, start, match.end()):
            yield 1.01, Token(start, match.end(), match[0], "number", value=value)
    if char == "第" and (match := _NTH.match(text, start, stop)):
        yield 0.9, Token(start, match.end(), match[0], "nth", value=number(match[1]))
    if char in "取列排前倒后" and (match := _TOP.match(text, start, stop)):
        yield 0.95, Token(start, match.end(), match[0], "top", value=number(match[1]))
    if char == "前" and start + 1 in spanned:
        yield WORD, Token(start, start + 1, char, "mark")  # 前｜五家机关: the number lies inside the group's name
    if char in _MARKS:
        yield MARK, Token(start, start + 1, char, "mark", _mark_entries(char))
    yield UNKNOWN, Token(start, start + 1, char, "unknown")


def _words(text: str, start: int, stop: int) -> Iterator[tuple[float, Token]]:
    known = lexicon()
    longest = min(known.starts.get(text[start], 0), stop - start)
    for length in range(longest, 0, -1):
        piece = text[start : start + length]
        entries = known.entries.get(piece)
        if not entries or not _whole_word(text, start, start + length):
            continue
        price = FILLER if all(entry.kind == "filler" for entry in entries) else WORD
        if all(entry.kind == "narrowing" for entry in entries):
            price -= 0.003  # 年中｜的, not 年｜中的
        if piece.startswith(("有没有", "是不是", "是否")):
            price -= 0.05  # 有没有｜同意公开, not 有｜没有同意公开
        yield price - 0.001 * length, Token(start, start + length, piece, "word", entries)


def _whole_word(text: str, start: int, end: int) -> bool:
    """A Latin word is not found inside another: of in offer."""
    first, last = text[start], text[end - 1]
    if first.isascii() and first.isalnum() and start and text[start - 1].isascii() and text[start - 1].isalnum():
        return False
    return not (last.isascii() and last.isalnum() and end < len(text) and text[end].isascii() and text[end].isalnum())


@cache
def _mark_entries(char: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in lexicon().entries.get(char, ()) if entry.kind == "operation")


def _joined(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Neighbouring unknown characters as one token."""
    joined: list[Token] = []
    for token in tokens:
        if token.kind == "unknown" and joined and joined[-1].kind == "unknown" and joined[-1].end == token.start:
            last = joined[-1]
            joined[-1] = Token(last.start, token.end, last.text + token.text, "unknown")
        else:
            joined.append(token)
    return tuple(joined)
