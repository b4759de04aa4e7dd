"""Names in Latin letters: pinyin (ge er mu shi, suzhou shi renshe ju) and English (Golmud City, Health Commission)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.agencies.bodies import GOVERNMENT, OFFICE, bodies
from index.agencies.gazetteer import data_lines, gazetteer
from index.agencies.lexicon import Lexicon
from index.agencies.parse import Parse
from index.agencies.sounds import sounds

_WORD = re.compile(r"[a-z']+")
_MOST_WORDS = 9
_TYPES = {
    "sheng": "省", "shi": "市", "qu": "区", "xian": "县", "zhou": "州", "zhen": "镇", "xiang": "乡", "jiedao": "街道",
    "xingwei": "行政委员会", "hangwei": "行政委员会", "city": "市", "district": "区", "county": "县", "province": "省",
    "prefecture": "州", "town": "镇", "township": "乡", "subdistrict": "街道", "municipality": "市", "xinqu": "新区",
}  # fmt: skip
_ENGLISH = frozenset(_TYPES) - {"sheng", "shi", "qu", "xian", "zhou", "zhen", "xiang", "jiedao", "xingwei", "hangwei"}
_FILLERS = frozenset(["municipal", "people's", "peoples", "de", "autonomous"])
_WARD = re.compile(r"(?:district|county|town|subdistrict|qu|xian|zhen|xiang|jiedao)$")
_OF = re.compile(r"\s*(?:,|，|of|in|at)?\s*(?:the\s+)?(?:city of\s+)?$")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str


class Latin:
    """Romanised names of the places and bodies of a lexicon; built when the first Latin question comes."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._places: dict[str, list[str]] = {}
        for code, name in data_lines("romanised.csv"):
            self._places.setdefault(_joined(name.lower()), []).append(code)
        made = lexicon.made
        for name, codes, full in lexicon.names():
            for spelling in _spellings(name) if not full else (_pinyin(name),) if name in made else ():
                self._places.setdefault(spelling, []).extend(codes)
        self._bodies: dict[str, str] = {}
        for body in bodies().by_key.values():
            for english in body.english:
                self._bodies.setdefault(_joined(english.lower()), body.key)
            for form in (*body.forms, *(b for b in body.bare if len(b) > 1)):
                self._bodies.setdefault(_pinyin(form), body.key)

    def parses(self, text: str) -> list[Parse]:
        """Every name in Latin letters, from left to right; a department before its city (… Bureau of Golmud) too."""
        words = [_Word(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
        found: list[Parse] = []
        at = 0
        while at < len(words):
            best = max(self._at(words, at), key=lambda pair: (pair[1], pair[0].end), default=None)
            if best is None:
                at += 1
                continue
            found.append(best[0])
            at = best[1]
        return _reversed_pairs(text, found)

    def _at(self, words: Sequence[_Word], start: int) -> Iterator[tuple[Parse, int]]:
        """(name, index of the word behind it)."""
        for codes, end in self._places_at(words, start, ()):
            yield from self._extend(words, Parse(words[start].start, words[end - 1].end, codes, codes), end)
        for key, end in self._body_at(words, start):
            if key not in (GOVERNMENT, OFFICE):
                yield Parse(words[start].start, words[end - 1].end, body=key), end

    def _extend(self, words: Sequence[_Word], parse: Parse, at: int) -> Iterator[tuple[Parse, int]]:
        yield parse, at
        for key, end in self._body_at(words, at):
            yield Parse(parse.start, words[end - 1].end, parse.codes, parse.head, parse.tail, key), end
        for codes, end in self._places_at(words, at, parse.codes):
            gaz = gazetteer()
            tail = (*parse.tail, gaz.short_name(codes[0]))
            yield from self._extend(words, Parse(parse.start, words[end - 1].end, codes, parse.head, tail), end)

    def _places_at(
        self, words: Sequence[_Word], start: int, above: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], int]]:
        for end in range(_reach(words, start, 5), start, -1):
            name = "".join(w.text for w in words[start:end])
            if end == start + 1 and len(name) < 5 and not (end < len(words) and words[end].text in _TYPES):
                continue  # "jian" is 件 before it is 吉安
            yield from self._typed(name, end, above, "")
            kind = _TYPES.get(words[end].text, "") if end < len(words) else ""
            if kind:
                yield from self._typed(name, end + 1, above, kind)
            for word, ending in _TYPES.items():
                if name.endswith(word) and word not in _ENGLISH and len(name) > len(word):
                    yield from self._typed(name.removesuffix(word), end, above, ending)

    def _typed(self, name: str, end: int, above: tuple[str, ...], kind: str) -> Iterator[tuple[tuple[str, ...], int]]:
        gaz = gazetteer()
        codes = self._places.get(name, ())
        if above:
            codes = [c for c in codes if any(c != a and gaz.within(c, a) for a in above)]
        elif not kind:
            codes = [c for c in codes if len(c) <= 4 or c in self._lexicon.loaded]
        if kind:
            codes = [c for c in codes if (d := gaz.get(c)) is not None and _of_kind(d.name, kind)]
        if codes and len(name) > 3 and (kind or name not in _TYPES):
            yield tuple(dict.fromkeys(codes)), end

    def _body_at(self, words: Sequence[_Word], start: int) -> Iterator[tuple[str, int]]:
        while start < len(words) and words[start].text in _FILLERS:
            start += 1
        for end in range(_reach(words, start, _MOST_WORDS), start, -1):
            key = self._bodies.get("".join(w.text for w in words[start:end]))
            if key:
                yield key, end


def _reach(words: Sequence[_Word], start: int, most: int) -> int:
    """How far words can belong together: to a gap wider than ', ', where a year was."""
    end = min(start + 1, len(words))
    while end < min(len(words), start + most) and words[end].start - words[end - 1].end <= 2:
        end += 1
    return end


def _of_kind(name: str, kind: str) -> bool:
    if kind == "省":
        return name.endswith(("省", "自治区"))
    return name.endswith(kind) or (kind == "区" and name.endswith("行政委员会"))


def _joined(name: str) -> str:
    return re.sub(r"[^a-z']", "", name)


def _spellings(name: str) -> set[str]:
    """朝天 → {zhaotian, chaotian}: one library's guess at the whole name, and for short names both usual readings."""
    found = {_pinyin(name)}
    if len(name) == 2:
        found |= {first + second for first in sounds(name[0]) for second in sounds(name[1])}
    return found


def _pinyin(name: str) -> str:
    import pypinyin

    return "".join(pypinyin.lazy_pinyin(name))


def _reversed_pairs(text: str, found: Iterable[Parse]) -> list[Parse]:
    """Public Security Bureau of Golmud; Dongcheng District, Beijing: the smaller stands first."""
    gaz = gazetteer()
    joined: list[Parse] = []
    for parse in found:
        last = joined[-1] if joined else None
        if last is None or parse.body or not _OF.fullmatch(text[last.end : parse.start]):
            joined.append(parse)
            continue
        inside = tuple(c for c in last.codes if any(c != a and gaz.within(c, a) for a in parse.codes))
        if last.body and not last.codes:
            joined[-1] = Parse(last.start, parse.end, parse.codes, parse.head, parse.tail, last.body)
        elif inside:
            tail = (gaz.short_name(inside[0]),)
            joined[-1] = Parse(last.start, parse.end, inside, parse.head, tail, last.body)
        elif _WARD.search(text[parse.start : parse.end]) and text[last.end : parse.start] == " " and not last.body:
            joined[-1] = Parse(last.start, parse.end, last.codes, unknown=text[parse.start : parse.end])
        else:
            joined.append(parse)
    return joined
