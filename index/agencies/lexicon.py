"""The words of a directory: which stretches of a question are names of places and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from index.agencies.bodies import GOVERNMENT_ENDINGS, bodies, governs
from index.agencies.gazetteer import data_lines, gazetteer, short_of
from index.agencies.model import Division

_VERB = re.compile(
    r"[和与跟、及比被罚要找开拒驳给有共]|收到|收了|办结|办了|办理了|处罚|答复|公开了|不予|予以|受理|接到|新收|[去今前]年|一共|总共|各"
)
_OF_A_PEOPLE = re.compile(
    "(.{2,5}?)(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|"
    "布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族(?:.{1,4}族)*乡$"
)
"""布朗山布朗族乡 is called 布朗山乡."""
LONGEST_NAME = 16
_WARD = ("区", "县", "旗", "镇", "乡", "街道", "行政委员会", "行委", "新区", "开发区", "高新区", "度假区", "管理区")


@dataclass(frozen=True, slots=True)
class Token:
    """One name at one place of a text."""

    end: int
    codes: tuple[str, ...]
    """Places of that name; () for a body."""
    body: str
    """Key of the body; '' for a place."""
    full: bool
    """Its full name, or a short one."""
    repaired: bool = False


def place_names(division: Division) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Full and short names of a place that the gazetteer's own tables do not hold.

    样本路街道 → (样本路街道, 样本路街道办, 样本路街道办事处, …), (); 样本行政委员会 → (…, 样本行委), (样本)
    """
    name = division.name
    full, short = [name], [short_of(name)]
    if name.endswith("街道"):
        full += [name + "办事处", name + "办", name[:-2] + "办事处", name[:-2] + "街办"]
        short = []
    elif name.endswith("行政委员会"):
        full += [short[0] + "行委"]
    elif name.endswith("区"):
        full += [name + ending for ending in GOVERNMENT_ENDINGS if governs(ending, name)]
        full += _zone_names(name)
    elif name.endswith(("镇", "乡")):
        short = [name[:-1]] if len(name) > 3 else []  # 观海卫, not 安平
        full += [people[1] + "乡"] if (people := _OF_A_PEOPLE.match(name)) else []
    return tuple(full), tuple(s for s in short if len(s) >= 2)


def _zone_names(name: str) -> list[str]:
    """经济技术开发区 is called 经开区, 高新技术产业开发区 高新区, 东湖新技术开发区 also 东湖高新区, 东湖高新."""
    known = [(zone, everyday) for zone, everyday in data_lines("zones.csv") if name.endswith(zone)]
    found = [everyday for _, everyday in known]
    owned = [own + everyday for zone, everyday in known if (own := name.removesuffix(zone))]
    found += [*owned, *(each[:-1] for each in owned if each.endswith(("高新区", "经开区")))]
    return [n + ending for n in found for ending in ("", "管委会", "管理委员会")]


class Lexicon:
    """Names of places (the gazetteer's, and those of the loaded agencies that it lacks) and of bodies."""

    def __init__(self, places: Iterable[str], raw_bodies: Iterable[str]) -> None:
        self._gaz = gazetteer()
        self._bodies = bodies()
        self.loaded: set[str] = set()
        """Codes of places with a loaded agency, and of all above them."""
        self._full: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        for code in places:
            self._add_place(code)
        self._initials = self._loaded_initials()
        self._raw = {raw: raw for raw in raw_bodies if len(raw) > 1}
        self._lengths = sorted({len(f) for f in (*self._bodies.forms, *self._raw)}, reverse=True)
        self._words = _ordinary_words()
        self._last: tuple[str, list[tuple[int, int]]] = ("", [])

    def _add_place(self, code: str) -> None:
        if code in self.loaded:
            return
        self.loaded.add(code)
        division = self._gaz.get(code)
        if division is None:
            return
        full, short = place_names(division)
        if division.listed and division.level != "township":
            full, short = self._zone_of_city(division), ()  # the gazetteer's own tables hold the rest
        for name in full:
            self._full.setdefault(name, []).append(code)
        for name in short:
            self._short.setdefault(name, []).append(code)
        if division.parent:
            self._add_place(division.parent)

    def _zone_of_city(self, division: Division) -> tuple[str, ...]:
        """合肥高新技术产业开发区 of 合肥市 is called 合肥高新区, and within the city 高新区."""
        named = _zone_names(division.name)
        parent = self._gaz.get(division.parent)
        stem = short_of(parent.name) if parent else ""
        if not named or not stem or not division.name.startswith(stem):
            return tuple(named)
        own = division.name.removeprefix(stem)
        return (*named, own, *_zone_names(own))

    def _loaded_initials(self) -> dict[str, tuple[str, ...]]:
        """延市 → 延吉市, where no other loaded city begins so."""
        found: dict[str, list[str]] = {}
        for code in self.loaded:
            division = self._gaz.get(code)
            if division is not None and division.name.endswith("市") and len(division.name) > 2:
                found.setdefault(division.name[0] + "市", []).append(code)
        return {word: tuple(codes) for word, codes in found.items() if len(codes) == 1}

    @cached_property
    def _longest_by_head(self) -> dict[str, int]:
        """How long the names that begin with two characters are at most: at most places of a text none begins."""
        found: dict[str, int] = {}
        for name, _, _ in self.names():
            if found.get(head := name[:2], 0) < len(name) <= LONGEST_NAME:
                found[head] = len(name)
        return found

    @property
    def made(self) -> frozenset[str]:
        """Full names of places that only this directory knows."""
        return frozenset(self._full)

    def full(self, name: str) -> list[str]:
        """Codes of the places of that full name."""
        return [*self._gaz.full.get(name, ()), *self._full.get(name, ())]

    def short(self, name: str) -> list[str]:
        """Codes of the places of that short name."""
        return [*self._gaz.short.get(name, ()), *self._short.get(name, ())]

    def names(self) -> Iterator[tuple[str, list[str], bool]]:
        """Every name with its codes, and whether it is a full one."""
        for table, full in ((self._gaz.full, True), (self._full, True), (self._gaz.short, False), (self._short, False)):
            for name, codes in table.items():
                yield name, codes, full

    def places_at(self, text: str, start: int) -> list[Token]:
        """Names of places that begin there, longest first."""
        found = []
        longest = self._longest_by_head.get(text[start : start + 2], 0)
        for end in range(min(len(text), start + longest), start + 1, -1):
            name = text[start:end]
            full = self.full(name)
            if full:
                found.append(Token(end, tuple(dict.fromkeys(full)), "", True))
            elif short := self.short(name):
                found.append(Token(end, tuple(dict.fromkeys(short)), "", False))
        if (initial := self._initials.get(text[start : start + 2])) and _opens(text, start):
            found.append(Token(start + 2, initial, "", False))
        return found

    def bodies_at(self, text: str, start: int, *, after_place: bool) -> list[Token]:
        """Names of bodies that begin there, longest first; short ones like 人社 only right after a place."""
        found = []
        for length in self._lengths:
            name = text[start : start + length]
            key = self._bodies.forms.get(name) or self._raw.get(name)
            if key and len(name) == length:
                found.append(Token(start + length, (), key, True))
        for length in self._bodies.bare_lengths if after_place else ():
            name = text[start : start + length]
            closes = _closes(text, start + length) or name.endswith("部门")
            if len(name) == length and name in self._bodies.bare and closes:
                found.append(Token(start + length, (), self._bodies.bare[name], False))
        for length in range(8, 1, -1) if after_place else ():
            name = text[start : start + length]
            if len(name) == length and name in self._bodies.weak and _closes(text, start + length):
                found.append(Token(start + length, (), self._bodies.weak[name], False))
        return found

    def children_at(self, text: str, start: int, above: tuple[str, ...]) -> list[Token]:
        """Names that begin there of places within one of those above, longest first; their townships too."""
        found = []
        for token in self.places_at(text, start):
            codes = tuple(c for c in token.codes if any(c != a and self._gaz.within(c, a) for a in above))
            if codes:
                found.append(Token(token.end, codes, "", token.full))
        return found + self._townships_at(text, start, above)

    def _townships_at(self, text: str, start: int, above: tuple[str, ...]) -> list[Token]:
        counties = [a for a in above if len(a) in (4, 6) and a.isdigit()]
        if not any(text.find(ending, start, start + 12) >= 0 for ending in ("街道", "镇", "乡", "办事处")):
            return []
        found = []
        for division in (d for county in counties for d in self._gaz.townships(county)):
            for name in place_names(division)[0]:
                if text.startswith(name, start):
                    found.append(Token(start + len(name), (division.code,), "", True))
        return sorted(found, key=lambda token: -token.end)

    def ordinary_spans(self, text: str) -> list[tuple[int, int]]:
        """Where ordinary words stand, of which no name may take a part."""
        if self._last[0] == text:
            return self._last[1]
        spans = []
        for word in self._words:
            start = text.find(word)
            while start >= 0:
                spans.append((start, start + len(word)))
                start = text.find(word, start + 1)
        self._last = (text, spans)
        return spans


def _opens(text: str, start: int) -> bool:
    """Whether a name may begin there: nothing, no Chinese character or a particle stands before."""
    return start == 0 or not "一" <= text[start - 1] <= "鿿" or text[start - 1] in "的在和与跟比问查"


def _closes(text: str, end: int) -> bool:
    """Whether a phrase may end there."""
    return end >= len(text) or not "一" <= text[end] <= "鿿" or _VERB.match(text, end) is not None


def _ordinary_words() -> tuple[str, ...]:
    text = (files("index.agencies") / "data" / "words.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def is_ward(name: str) -> bool:
    """Whether a full name is of the kind that lies within a city: 鼓楼区, 通化县, 样本路街道; not 延吉市, 吉林省."""
    return name.endswith(_WARD)


def is_bare_zone(name: str) -> bool:
    """高新区, 园区管委会: a kind of zone without the name of one."""
    for ending in ("管委会", "管理委员会"):
        name = name.removesuffix(ending)
    return name in _zone_words()


@lru_cache(maxsize=1)
def _zone_words() -> frozenset[str]:
    return frozenset(word for row in data_lines("zones.csv") for word in row)
