"""Mistyped names of places and bodies: one letter wrong, missing, doubled or swapped, or written by sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from index.agencies.bodies import bodies
from index.agencies.gazetteer import gazetteer
from index.agencies.lexicon import Lexicon, Token, is_bare_zone
from index.agencies.sounds import look_alike, near_sound, same_sound

_ENDINGS = re.compile(r"(自治州|自治县|行政委员会|行委|街道办事处|街道|地区|新区|[省市州县区旗镇乡盟])$")
_BODY_END = frozenset("局委厅办会处队心社")
_LIKE_BUREAU = frozenset("居剧菊橘句据拘桔")
_BRANCHES = ("分局", "总局", "支局")
_PARTICLES = frozenset("与和跟及的在对按于以由向到给把被各有是了也都就还又这那比请查问")
_LAST = "区县市镇乡"
_WORDS = re.compile(r"[\s\d，,。？?！!、（）()的]")


def _alike(one: str, other: str) -> bool:
    return same_sound(one, other) or look_alike(one, other)


def _swapped(written: str, name: str) -> bool:
    """京南市 for 南京市: two neighbouring letters exchanged."""
    return len(written) == len(name) and sorted(written) == sorted(name)


@lru_cache(maxsize=4096)
def _core(name: str) -> str:
    stem = _ENDINGS.sub("", name)
    return stem if len(stem) > 1 else name[:-1] if len(name) > 2 else name


def _keeps_an_end(written: str, name: str) -> bool:
    """A letter too many or too few at the first place is a neighbouring word, not a slip: 和通化县."""
    return len(written) == len(name) or written[0] == name[0]


def _deletions(name: str) -> Iterable[str]:
    yield name
    for i in range(len(name)):
        yield name[:i] + name[i + 1 :]


class Repairer:
    """Names within one letter of what is written. Built when the first mistyped name is met."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._gaz = gazetteer()
        self._places: dict[str, list[str]] | None = None
        self._bodies: dict[str, list[str]] | None = None

    def _place_index(self) -> dict[str, list[str]]:
        if self._places is None:
            self._places = {}
            for name, _, _ in self._lexicon.names():
                for cut in _deletions(name):
                    self._places.setdefault(cut, []).append(name)
        return self._places

    def _body_index(self) -> dict[str, list[str]]:
        if self._bodies is None:
            self._bodies = {}
            for form in bodies().forms:
                if len(form) >= 3:
                    for cut in _deletions(form):
                        self._bodies.setdefault(cut, []).append(form)
        return self._bodies

    def place_at(self, text: str, start: int, above: tuple[str, ...]) -> list[Token]:
        """The place that is perhaps meant at a spot, the best guess only; [] if none is near enough or two are."""
        found: list[tuple[float, int, str]] = []
        ordinary = self._lexicon.ordinary_spans(text)
        if any(s <= start < e for s, e in ordinary):
            return []
        words = {text[s:e] for s, e in ordinary}
        for length in range(min(10, len(text) - start), 1, -1):
            written = text[start : start + length]
            joins = written[0] in _PARTICLES
            if _WORDS.search(written) or (joins and not above):
                continue
            for name in self._near(written, self._place_index()):
                if any(word in written and word not in name for word in words):
                    continue
                if joins and not (name[0] == written[0] and written[-1] == name[-1] and name[-1] in _LAST):
                    continue  # 天津市和苹区, but not 天津市和萍乡市
                score = self._place_score(text, start, written, name, above)
                if score > joins:
                    found.append((score, len(written), name))
        return self._best(found, start, above)

    def _best(self, found: list[tuple[float, int, str]], start: int, above: tuple[str, ...]) -> list[Token]:
        if not found:
            return []
        top = max(found)
        names = {name for score, length, name in found if (score, length) == top[:2]}
        codes = dict.fromkeys(c for name in sorted(names) for c in self._codes(name, above))
        if len(names) > 1 and len({_core(n) for n in names}) > 1 and top[0] < 2:
            return []
        return [Token(start + top[1], tuple(codes), "", False, True)]

    def _codes(self, name: str, above: tuple[str, ...]) -> list[str]:
        codes = list(dict.fromkeys([*self._lexicon.full(name), *self._lexicon.short(name)]))
        return [c for c in codes if any(c != a and self._gaz.within(c, a) for a in above)] if above else codes

    def _near(self, written: str, index: dict[str, list[str]]) -> set[str]:
        from rapidfuzz.distance import OSA

        names = {name for cut in _deletions(written) for name in index.get(cut, ())}
        return {name for name in names if OSA.distance(written, name) == 1 and _keeps_an_end(written, name)}

    def _place_score(self, text: str, start: int, written: str, name: str, above: tuple[str, ...]) -> float:
        """0 if the likeness does not count; 2 for a letter of the same sound, 1 for another slip."""
        core = _core(name)
        swap = [(a, b) for a, b in zip(written, name, strict=False) if a != b] if len(written) == len(name) else []
        slip_in_core = len(swap) == 1 and name.index(swap[0][1]) < len(core) if swap else False
        if len(core) < 2 or (len(swap) == 1 and not slip_in_core and written[: len(core)] == core):
            return 0
        alike = len(swap) == 1 and _alike(*swap[0])
        if is_bare_zone(name) and not (above and alike):
            return 0  # 片区管委会 is no slip of 园区管委会
        codes = self._codes(name, above)
        if not codes:
            return 0
        if not alike and len(name) > len(core) and any(c in self._lexicon.loaded for c in codes):
            alike = _swapped(written, name) or (len(swap) == 1 and near_sound(*swap[0]))
        if not above and not alike and len(core) < 3:
            return 0
        if above:
            return self._score_below(written, name, swap, alike=alike)
        if not any(len(c) <= 6 or not c.isdigit() for c in codes):
            return 0
        return self._score_on_top(text, start, written, name, codes, alike=alike)

    def _score_below(self, written: str, name: str, swap: list[tuple[str, str]], *, alike: bool) -> float:
        ending = _ENDINGS.search(name)
        keeps_ending = ending is not None and written.endswith(ending[0])
        if keeps_ending and len(name) >= 3:
            return 2 if alike else 1
        return 2 if alike and swap and len(name) >= 2 else 1 if len(name) >= 4 else 0

    def _score_on_top(self, text: str, start: int, written: str, name: str, codes: list[str], *, alike: bool) -> float:
        core = _core(name)
        loaded = any(c in self._lexicon.loaded for c in codes)
        if len(core) >= 3:
            if not loaded and len(written) < 4:
                return 0
            return 2 if alike else 1
        if not alike:
            return 0
        has_ending = len(name) > len(core)
        end = start + len(written)
        return 2 if has_ending or (loaded and _between_names(text, start, end)) else 0

    def body_at(self, text: str, start: int, codes: tuple[str, ...]) -> list[Token]:
        """The body that is perhaps meant at a spot; after a place any slip counts, elsewhere the name must be long."""
        found: list[tuple[float, int, str]] = []
        for length in range(min(14, len(text) - start), 2, -1):
            written = text[start : start + length]
            if written[-1] not in (_BODY_END | _LIKE_BUREAU if codes else _BODY_END) or _WORDS.search(written):
                continue
            for form in self._near(written, self._body_index()):
                opens = start == 0 or not "一" <= text[start - 1] <= "鿿"
                score = self._body_score(written, form, after_place=bool(codes), opens=opens)
                if score:
                    found.append((score, length, form))
        if not found:
            return []
        top = max(found)
        keys = {bodies().forms[f] for s, n, f in found if (s, n) == top[:2]}
        return [Token(start + top[1], (), key, False, True) for key in keys] if len(keys) == 1 else []

    def _body_score(self, written: str, form: str, *, after_place: bool, opens: bool) -> float:
        if any(written.endswith(branch) and not form.endswith(branch) for branch in _BRANCHES):
            return 0  # 市场监督管理分局 is another body
        if written[-1] != form[-1] and not (written[:-1] == form[:-1] and same_sound(written[-1], form[-1])):
            return 0
        swap = [(a, b) for a, b in zip(written, form, strict=False) if a != b] if len(written) == len(form) else []
        if len(swap) == 1 and _alike(*swap[0]):
            return 2 if after_place or opens or len(form) >= 4 else 0
        return 1 if len(form) >= (4 if after_place else 6) else 0


def _between_names(text: str, start: int, end: int) -> bool:
    """Whether a two-letter name stands where one can: first or after a particle; before a number, 的, 市 or a body."""
    left = start == 0 or text[start - 1] in " ，,。、（(的和与跟比查问看在"
    right = end == len(text) or re.match(
        r"[\s\d，,、）)的市和与跟]|[去今前大近上]年|人社|政府|[一-鿿]{2,4}[局委办]", text[end:]
    )
    return left and bool(right)
