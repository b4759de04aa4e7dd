"""From a printed name to the body it means: the same key for every name of one body."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from index.agencies.bodies import GOVERNMENT, GOVERNMENT_ENDINGS, bodies, governs
from index.agencies.gazetteer import Gazetteer, gazetteer, level_of
from index.agencies.model import Division, Identity

_MADE_PLACE = re.compile(r".{1,8}?(?:省|自治区|自治州|市|州|盟|地区|县|新区|区|旗|街道|镇|乡|苏木)")
_NATIONAL_PREFIX = re.compile(r"^(?:国家税务总局(?=.+税务局)|中华人民共和国(?=.+)|国家统计局(?=.+调查队))")
_BRANCH = re.compile(r"^(?P<body>.+?局)(?P<place>.{2,6}?)(?:区|县|市)?分局$")
_OWN = re.compile(r"^[我本](?=[省市州县区旗镇乡局委厅办])")
_LONGEST = 16


def fold(text: str) -> str:
    """Width and spaces made one: ＡＢ 局 → AB局."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def identify(name: str, *, within: str = "") -> Identity:
    """The body that a printed name means; 繁體 and full width are read too.

    丹徒区人民政府, 镇江市丹徒区人民政府, 江苏省镇江市丹徒区 → key '321112|人民政府'
    `within` is a place that the document names elsewhere: identify('市科委', within='天津市').
    Never fails: a name that does not say whose body it is comes back with complete=False, a body of no known kind keeps
    its printed name as `body`.
    """
    text = _NATIONAL_PREFIX.sub("", _OWN.sub("", fold(name)))
    identity = _identify(text, within)
    if identity.place is not None and identity.place.listed and identity.body in bodies().by_key:
        return identity
    simple = simplified(text)
    return _identify(simple, within) if simple != text else identity


def simplified(text: str) -> str:
    """繁體 made 简体."""
    return text if text.isascii() else str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _identify(text: str, within: str) -> Identity:
    base = _base_codes(within)
    for codes, position in _place_parses(gazetteer(), text, base):
        body = kind_of(text[position:], codes)
        if body is not None:
            return _branch_or_plain(text, position, codes, body)
    return _identity_of_rest(text, base)


def _base_codes(within: str) -> tuple[str, ...]:
    if not within:
        return ()
    place = identify(within).place
    return (place.code,) if place else ()


def _identity_of_rest(text: str, base: tuple[str, ...]) -> Identity:
    """No parse ends in a known kind of body: the longest listed place, and the rest as it is printed."""
    for codes, position in _place_parses(gazetteer(), text, base):
        if len(codes) == 1 and position and not codes[0].startswith("~"):
            return _make(codes, text[position:], text)
    return _make(base, text, text)


def _branch_or_plain(text: str, position: int, codes: tuple[str, ...], body: str) -> Identity:
    rest = text[position:]
    branch = _BRANCH.match(rest)
    if branch and rest not in bodies().forms and len(codes) == 1:
        part = branch["place"]
        below = _below(gazetteer(), codes, part) or _below(gazetteer(), codes, part + "区") or (f"{codes[0]}/{part}",)
        return _make(below, body, text)
    if rest and codes and (prefix := _level_prefix(rest)) and rest not in bodies().forms:
        codes = tuple(c for code in codes if (c := climb(code, prefix)))
    return _make(codes, body, text)


@lru_cache(maxsize=65536)
def climb(code: str, prefix: str) -> str:
    """The nearest place at or above a code whose name ends like 市, 区, 县 …; '' if there is none."""
    names = {"区": ("区", "行政委员会"), "市": ("市",), "州": ("州",), "省": ("省", "自治区")}.get(prefix, (prefix,))
    gaz = gazetteer()
    for above in gaz.chain(code):
        division = gaz.get(above)
        if division is None or (prefix == "区" and division.name.endswith("自治区")):
            continue
        if division.name.endswith(names):
            return above
    return ""


def _level_prefix(rest: str) -> str:
    known = bodies().forms
    return rest[0] if rest[:1] in set("省市州县区旗") and (rest[1:] in known or rest[1:] in GOVERNMENT_ENDINGS) else ""


def kind_of(rest: str, codes: tuple[str, ...] = ()) -> str | None:
    """The kind of body that a name without its place means; None if it is none that bodies.toml knows.

    '' → 人民政府 (a title may name only the place), 人社局 → 人力资源和社会保障, 公安局鼓楼分局 → 公安
    """
    known = bodies()
    if not rest:
        return GOVERNMENT if codes else None
    if rest in known.forms:
        return known.forms[rest]
    if rest in GOVERNMENT_ENDINGS and codes:
        places = [d.name for code in codes if (d := gazetteer().get(code)) is not None]
        return GOVERNMENT if any(governs(rest, name) for name in places) else None
    if codes and rest in known.bare:
        return known.bare[rest]
    for prefix in (r"^[省市州县区旗](?=.)", r"^人民政府(?=.)", r"[（(].*[)）]$"):
        shorter = re.sub(prefix, "", rest)
        if shorter != rest and shorter:
            return kind_of(shorter, codes)
    branch = _BRANCH.match(rest)
    return known.forms.get(branch["body"]) if branch else None


def _place_parses(gaz: Gazetteer, text: str, base: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Ways to read places at the start: (possible codes, where the rest begins), likeliest first."""
    yield from _listed(gaz, text, 0, base)
    if base:
        yield from (parse for parse in _listed(gaz, text, 0, ()) if len(parse[0]) == 1 and len(parse[0][0]) < 9)
    yield from _made(gaz, text, 0, base)
    yield from _zones(text, 0, base)
    yield base, 0


def _listed(gaz: Gazetteer, text: str, start: int, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    for end in range(min(len(text), start + _LONGEST), start + 1, -1):
        codes = _below(gaz, above, text[start:end])
        if codes:
            yield from _listed(gaz, text, end, codes)
            yield codes, end
            yield from _made(gaz, text, end, codes)
            yield from _zones(text, end, codes)


def _below(gaz: Gazetteer, above: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Codes of that name under one of the places (anywhere if there are none), of the highest rung that has it."""
    codes = gaz.full.get(name) or gaz.short.get(name) or []
    if above:
        codes = [c for c in codes if any(c != a and gaz.within(c, a) for a in above)]
    if not codes and name.endswith(("街道", "镇", "乡", "苏木")):
        codes = _townships(gaz, above, name)
    top = min((len(c) for c in codes), default=0)
    return tuple(c for c in codes if len(c) == top)


def _townships(gaz: Gazetteer, above: tuple[str, ...], name: str) -> list[str]:
    if not above:
        return list(gaz.find_townships(name)) if len(name) > 2 else []
    if len(above) == 1 and len(above[0]) >= 6:
        return [d.code for d in gaz.townships(above[0]) if d.name == name]
    return [c for c in gaz.find_townships(name) if any(gaz.within(c, a) for a in above)]


def _zones(text: str, start: int, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """样本行政委员会, 经济开发区管委会, 样本路街道办事处: the place is what stands before the ending."""
    rest = text[start:]
    for ending in GOVERNMENT_ENDINGS:
        stem = rest.removesuffix(ending)
        if stem and stem != rest and len(above) <= 1:
            name = _zone_name(stem, ending)
            yield ((f"{above[0]}/{name}" if above else f"~{name}",), len(text))
            return


def _zone_name(stem: str, ending: str) -> str:
    if stem.endswith(("区", "县", "市", "镇", "乡", "街道", "新城", "园")):
        return stem
    if ending.startswith("行"):
        return stem + "行政委员会"
    return stem + ("街道" if ending.endswith(("事处", "道办", "街办")) else "管理委员会")


def _made(gaz: Gazetteer, text: str, start: int, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Places that the gazetteer does not hold, told by their ending: 示例市甲区."""
    found = _MADE_PLACE.match(text, start)
    if found is None or len(above) > 1 or (not above and found.end() - start < 2):
        return
    code = f"{above[0]}/{found[0]}" if above else f"~{found[0]}"
    yield from _made(gaz, text, found.end(), (code,))
    yield from _zones(text, found.end(), (code,))
    yield (code,), found.end()


def _make(codes: tuple[str, ...], body: str, text: str) -> Identity:
    gaz = gazetteer()
    if not codes and body in bodies().by_key and is_central(text):
        codes = ("0",)
    if len(codes) != 1 or len(body) < 2 or not _tells(codes[0]):
        return Identity(f"?{text}|{body}", None, body, "", text, (), False)
    place = gaz.get(codes[0])
    assert place is not None
    return Identity(f"{place.code}|{body}", place, body, place.level, body_name(place, body, full=True),
                    gaz.parents(place.code), True)  # fmt: skip


def is_central(text: str) -> bool:
    """Whether a name without a place is one of the State Council's: 国家发展和改革委员会, 财政部, 海关总署."""
    return text.startswith(("国家", "中国", "国务院")) or text.endswith(("部", "总局", "总署", "审计署"))


def _tells(code: str) -> bool:
    """Whether a made place is one by itself: 示例市 is, a bare 甲区 or 河东街道 could be anywhere."""
    if not code.startswith("~") or "/" in code:
        return True
    level = level_of(code[1:])
    return (
        level in ("province", "city") or (level == "zone" and len(code) > 5) or (code[-1] in "县旗" and len(code) > 3)
    )


def body_name(place: Division, body: str, *, full: bool = False) -> str:
    """How the body of a place is written: 镇江市丹徒区人民政府, 延吉市财政局; full=True from the province down."""
    gaz = gazetteer()
    prefix = gaz.full_name(place.code) if full else gaz.city_name(place.code)
    if place.level == "country":
        prefix = ""
    if body != GOVERNMENT:
        return prefix + bodies().official(body)
    if place.name.endswith("街道"):
        return prefix + "办事处"
    if place.level == "zone":
        return prefix if place.name.endswith("委员会") else prefix + "管理委员会"
    return prefix + ("行政公署" if place.name.endswith(("盟", "地区")) else GOVERNMENT)
