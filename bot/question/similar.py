"""Misspelt words: one wrong, missing or extra character, wrong ones only where they sound or look alike.

收道 → 收到, 申情 → 申请, 不与公开 → 不予公开, 行政夏议 → 行政复议. A character that turns the meaning
(不, 未, 上, 下 …) is never put in, taken out or exchanged, unless it sounds the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from bot.wording import data, lexicon
from bot.wording.expand import expand

_KINDS = frozenset({"row", "column", "field", "measure", "count"})
_SHORTEST, _LONGEST = 2, 12
_PARTICLES = "了过的着"
"""A short word that ends in one of these is a verb with little of its own to recognise it by."""
_ANY_CHARACTER_FROM = 6
"""From this length on any one character may be wrong: 无正当理由大量反复申请."""
_GAP_FROM = 5
"""From this length on one character may be missing or extra."""


def prepare() -> None:
    """Builds now what the first misspelt word would wait for, a third of a second; for programs that keep running."""
    _halves()
    _words()
    _sounds("一")


def fuzzy_matches(text: str, positions: Collection[int]) -> Iterator[tuple[int, int, str]]:
    """(start, end, known spelling) of every stretch over one of the positions that is nearly a known word."""
    for length in range(_SHORTEST, min(_LONGEST, len(text)) + 1):
        for start in range(len(text) - length + 1):
            if not any(start <= position < start + length for position in positions):
                continue
            window = text[start : start + length]
            spelling = nearly(window)
            if spelling and not _swallows(window, spelling):
                yield start, start + length, spelling


@lru_cache(maxsize=4096)
def nearly(window: str) -> str:
    """The known spelling that a window nearly is, or ''."""
    if window in data("similar.toml")["real"]:
        return ""
    for place, spelling in _one_wrong(window):
        if not _exchangeable(window[place], spelling[place], spelling):
            continue
        eye = spelling in _printed() and spelling[place] in _look_alikes().get(window[place], "")
        if eye or _sounds(window[place]) & _sounds(spelling[place]) or not _holds_a_word(window, place):
            return spelling
    swapped = (window[:at] + window[at + 1] + window[at] + window[at + 2 :] for at in range(len(window) - 1))
    if len(window) >= _GAP_FROM - 1 and (found := next((each for each in swapped if each in _printed()), "")):
        return found
    if len(window) >= _GAP_FROM - 1:
        found = _one_missing(window)
        if found:
            return found
    if len(window) > _GAP_FROM:
        for place in range(1, len(window) - 1):
            shorter = window[:place] + window[place + 1 :]
            extra = window[place] not in _turning() and not _holds_a_word(window, place)
            if extra and shorter in _long_spellings():
                return shorter
    return ""


def _holds_a_word(window: str, place: int) -> bool:
    """学生行政复议 holds 行政复议 whole: 学生 is a word of its own, not a slip in 发生."""
    known = _words()
    before = any(window[:end] in known for end in range(2, place + 1))
    return before or any(window[start:] in known for start in range(place + 1, len(window) - 1))


def _swallows(window: str, spelling: str) -> bool:
    """市级申请 is no 寄申请: beside a word that says the same without it, a stray character is no slip.

    Wordings of the form itself may be misspelt so: 予已公开, 行正复议.
    """
    if spelling in _printed():
        return False
    known = lexicon().entries
    meant = {(entry.kind, entry.code) for entry in known[spelling] if entry.kind in _KINDS}
    pieces = (piece for cut in range(1, len(window)) for piece in (window[:cut], window[cut:]) if len(piece) > 1)
    return any((entry.kind, entry.code) in meant for piece in pieces for entry in known.get(piece, ()))


def _exchangeable(found: str, meant: str, spelling: str) -> bool:
    """Any character of a long wording of the form; elsewhere (政务微博, 政务微信) only what sounds or looks alike."""
    length = len(spelling)
    if found == meant or not ("\u4e00" <= found <= "\u9fff"):
        return False
    if _sounds(found) & _sounds(meant):
        return True
    if found in _turning() or meant in _turning():
        return False
    alike = length >= 3 and meant in _look_alikes().get(found, "")
    return alike or (length >= _ANY_CHARACTER_FROM and spelling in _printed())


def _one_wrong(window: str) -> list[tuple[int, str]]:
    """(place, spelling) of every spelling that differs from the window at one place."""
    length = len(window)
    found = []
    for number in _sharing_a_half(window, length):
        spelling = _spellings()[number]
        place = _first_difference(window, spelling)
        if place < length and window[place + 1 :] == spelling[place + 1 :]:
            found.append((place, number, spelling))
    return [(place, spelling) for place, _, spelling in sorted(found)]


def _one_missing(window: str) -> str:
    """The spelling of which the window is all but one inner character, or ''."""
    length = len(window) + 1
    found = []
    for number in _sharing_a_half(window, length):
        spelling = _spellings()[number]
        last = min(_first_difference(window, spelling), length - 2)
        if last >= 1 and window[last:] == spelling[last + 1 :] and spelling[last] not in _turning():
            found.append((number, spelling))
    return min(found)[1] if found else ""


def _first_difference(one: str, other: str) -> int:
    """The first place at which they differ; the length of the shorter where they do not."""
    place = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        place += 1
    return place


def _sharing_a_half(window: str, length: int) -> Iterator[int]:
    """Numbers of the spellings of that length that begin or end as the window does: one slip leaves one half alone."""
    first, last = _halves()
    middle = length // 2
    yield from first.get((length, window[:middle]), ())
    yield from last.get((length, window[middle - length :]), ())


@cache
def _halves() -> tuple[dict[tuple[int, str], list[int]], dict[tuple[int, str], list[int]]]:
    """Numbers of spellings by their length and first half, and by their length and second half.

    Every pattern with one character left out would be five times as much, and there are fifty thousand spellings.
    """
    first: dict[tuple[int, str], list[int]] = {}
    last: dict[tuple[int, str], list[int]] = {}
    for number, spelling in enumerate(_spellings()):
        middle = len(spelling) // 2
        first.setdefault((len(spelling), spelling[:middle]), []).append(number)
        last.setdefault((len(spelling), spelling[middle:]), []).append(number)
    return first, last


@cache
def _spellings() -> tuple[str, ...]:
    return tuple(
        spelling
        for spelling, entries in lexicon().entries.items()
        if _SHORTEST <= len(spelling) <= _LONGEST
        and not spelling.isascii()
        and (len(spelling) > 2 or spelling in _short())
        and (len(spelling) > 3 or spelling[-1] not in _PARTICLES)
        and any(e.kind in _KINDS for e in entries)
    )


@cache
def _printed() -> frozenset[str]:
    """Wordings of the form itself."""
    fields = data("fields.toml")
    tables = (about for kind in ("row", "column", "field") for about in fields[kind].values())
    return frozenset(spelling for about in tables for pattern in about["form"] for spelling in expand(pattern))


@cache
def _short() -> frozenset[str]:
    return frozenset(data("similar.toml")["short"])


@cache
def _words() -> frozenset[str]:
    return _long_spellings() | _short()


@cache
def _long_spellings() -> frozenset[str]:
    return frozenset(spelling for spelling in _spellings() if len(spelling) >= _GAP_FROM - 1)


@cache
def _turning() -> frozenset[str]:
    return frozenset(data("similar.toml")["turning"])


@cache
def _look_alikes() -> dict[str, str]:
    table: dict[str, str] = {}
    for group in data("similar.toml")["look_alike"]:
        for char in group:
            table[char] = table.get(char, "") + group.replace(char, "")
    return table


@lru_cache(maxsize=8192)
def _sounds(char: str) -> frozenset[str]:
    """Readings without tone, with the pairs that many speakers do not tell apart made one: zh/z, ing/in."""
    from pypinyin import Style, pinyin

    readings = pinyin(char, style=Style.NORMAL, heteronym=False)[0]
    return frozenset(_plain(reading) for reading in readings)


def _plain(reading: str) -> str:
    for double, single in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if reading.startswith(double):
            reading = single + reading[2:]
    return reading[:-1] if reading.endswith(("ang", "eng", "ing")) else reading
