"""Finds every mention in a question and settles which loaded agencies it may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from index.agencies.bodies import GOVERNMENT, OFFICE, bodies
from index.agencies.brackets import narrowed
from index.agencies.endings import plain_government, with_endings
from index.agencies.gazetteer import gazetteer
from index.agencies.groups import group_at, make_group
from index.agencies.identify import body_name, climb
from index.agencies.joints import ADDED, may_join
from index.agencies.lexicon import is_ward
from index.agencies.model import Candidate, GroupKind, How, Known, Mention
from index.agencies.parse import Parse

if TYPE_CHECKING:
    from index.agencies.directory import Directory
    from index.store.records import Agency

_TWINS = str.maketrans({"\u5dff": "市", "\u56ef": "国", "\u4eb0": "京"})
"""Characters that look the same in most fonts."""
_JOINT = re.compile(r"^\s*(?:和|与|、|，|,|跟|及|以及|同|或|或者|还是|还有|比|对比|/|&|vs|里的?|,\s*)\s*$")
_WHOLE = "市县州盟旗"
"""A name that ends so is said in full; it borrows no district and no body from the one behind it."""
_LATIN = re.compile(r"[a-z]{2,}[ '][a-z]{2,}|[a-z]{5,}")
_STRANGER_PLACE = re.compile(r"[^\s，,。、和与跟及的在查问看比各几哪]{1,4}[省市州盟县]$")
_STRANGER = re.compile(
    r"[一-鿿]?(?![的在和与跟及比同或问查看是下、成那这有道我于出给请把让被为以向对换到里说单找要想们个些各地国多家由从就还])[一-鿿]$"
)
_ENGLISH_GROUP = re.compile(
    r"(?:(?:(?:which|each|all|every|the|what)\s+(?:the\s+)?(?P<word>district|department|bureau|count(?:y|ies)|cit(?:y|ies)|agenc)"
    r"[a-z]*)|(?P<many>districts|departments|bureaus|counties|cities|agencies))\s+(?:of|in)\s+$"
)
_ENGLISH_KINDS: dict[str, tuple[GroupKind, str]] = {
    "dist": ("districts", "各区"), "depa": ("departments", "各部门"), "bure": ("departments", "各部门"),
    "coun": ("counties", "各县"), "city": ("cities", "各市"), "citi": ("cities", "各市"), "agen": ("all", "各单位"),
}  # fmt: skip
"""By the first four letters: the kind of group and what it is called."""
_ENGLISH = re.compile(r"city|district|county|bureau|commission|office|government|administration|department|province")
_INSTITUTION = re.compile(r"(?:大学|学院|医院|银行|中学|小学|集团|公司|[一二三四五六七八九十]中)$")
_VILLAGE = re.compile(
    r"(?:^|[\s，,。问看查下])(?P<name>[一-鿿]{2,6}?(?:街道办事处|街道办|街道|镇政府|乡政府|镇|乡|村))(?=[\s收的去今前近，,？?]|$)"
)
_ALONE = re.compile(
    r"[一-鿿]{2,10}?(?:小学|中学|学校|幼儿园|医院|大学|学院|银行|检察院|派出所|博物馆|图书馆|行政委员会|管理委员会|管委会)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Under which places a bare name is looked for first."""

    codes: tuple[str, ...]
    binding: bool
    """Whether a body that surely exists there but is not loaded may be looked for elsewhere (False) or not (True)."""


def recognise(directory: Directory, text: str, near: Sequence[int]) -> tuple[Mention, ...]:
    """See Directory.recognise."""
    written, text = text, plain_government(text.translate(_TWINS))
    mentions = with_endings(text, _mentions(directory, text, near), lambda tried: _mentions(directory, tried, near))
    mentions = tuple(
        m if written[m.start : m.end] == m.text else replace(m, text=written[m.start : m.end]) for m in mentions
    )
    return mentions or _alone(text)


def _mentions(directory: Directory, text: str, near: Sequence[int]) -> tuple[Mention, ...]:
    found = _parses(directory, text)
    found = _shared_tails(directory, text, found)
    scope = Scope(tuple(directory.place_of(i) for i in near if directory.by_id(i)), True) if near else None
    mentions: list[Mention] = []
    for item in found:
        if isinstance(item, Mention):
            group = _placed_group(directory, item, mentions, near)
            mentions = [_as_part_of(directory, m, group) for m in mentions] + [group]
            continue
        bound = _scope_for(directory, text, mentions, item, scope)
        stranger = _stranger_before(text, item, found)
        mentions.append(stranger or settle(directory, text, item, bound))
    return tuple(narrowed(directory, text, mentions))


def _parses(directory: Directory, text: str) -> list[Parse | Mention]:
    """Exact names from left to right, then mistyped ones in what is left."""
    exact = _scan(directory, text)
    if _LATIN.search(text):
        latin = text.replace("new area", "xinqu   ")
        named = [_to_its_end(text, replace(p, latin=True)) for p in directory.latin.parses(latin)]
        exact += [_english_group(directory, text, p) for p in named]
        exact.sort(key=lambda p: p.start)
    gaps = _gaps(text, exact)
    for start, end in gaps:
        at = start
        while at < end - 1:
            repaired = directory.parser.repaired_at(text, at) if not text[at].isspace() else None
            if repaired is None:
                at += 1
                continue
            exact = [p for p in exact if p.end <= repaired.start or p.start >= repaired.end] + [repaired]
            at = repaired.end
    return sorted(exact, key=lambda p: p.start)


def _scan(directory: Directory, text: str) -> list[Parse | Mention]:
    ordinary = directory.lexicon.ordinary_spans(text)
    found: list[Parse | Mention] = []
    at = 0
    while at < len(text):
        parse = directory.parser.best_at(text, at, ordinary)
        if may_join(text, at, found):
            behind = directory.parser.best_at(text, at + 1, ordinary)
            if behind is not None and (parse is None or parse.unknown or behind.end >= parse.end):
                parse, at = behind, at + 1  # 甲区和｜龙华区, not 和龙
        group = group_at(directory, text, at, parse)
        best = group if group is not None and _prefers_group(text, found, group, parse) else parse
        if best is None:
            at += 1
            continue
        found.append(best)
        at = best.end
    return found


def _prefers_group(text: str, found: Sequence[Parse | Mention], group: Mention, parse: Parse | None) -> bool:
    """样本行委 is a name, 延吉各行委 a group; in 镇江和南通哪个城市 the second city is named for itself."""
    if parse is None:
        return True
    listed = bool(found) and _JOINT.match(text[found[-1].end : group.start]) is not None
    longer = group.end > parse.end or (group.end == parse.end and bool(parse.unknown))
    return longer and not (listed and "哪" in group.text)


def _to_its_end(text: str, parse: Parse) -> Parse:
    """New Area is read as xinqu, which is shorter."""
    return replace(parse, end=parse.end + 3) if text.startswith("new area", parse.end - 5) else parse


def _english_group(directory: Directory, text: str, parse: Parse) -> Parse | Mention:
    """which district in Beijing, all departments of Golmud: the group before its city."""
    found = _ENGLISH_GROUP.search(text[: parse.start])
    if found is None or parse.body or not parse.codes:
        return parse
    kind, word = _ENGLISH_KINDS[(found["word"] or found["many"])[:4]]
    place = gazetteer().get(min(parse.codes, key=lambda c: (c not in directory.lexicon.loaded, len(c))))
    group = make_group(directory, kind, place, f"{place.name if place else ''}{word}")
    return Mention(found.start(), parse.end, text[found.start() : parse.end], "group", group=group, explicit=True)


def _stranger_before(text: str, parse: Parse, found: Sequence[Parse | Mention]) -> Mention | None:
    """某某市教育局, 江二城管局: a named parent binds even if nobody knows it, so no other 教育局 is meant."""
    ward = parse.codes and parse.bare and is_ward(text[parse.start : parse.end])
    if not (ward or not parse.codes) or parse.latin or any(f.end == parse.start for f in found):
        return None
    before = _STRANGER_PLACE.search(text[: parse.start]) or (None if ward else _STRANGER.search(text[: parse.start]))
    if before is not None and ADDED.match(text, parse.start - 2):
        return None  # 加上｜城管局
    if before is None or any(f.end > before.start() and f.start < parse.start for f in found):
        return None
    name = text[before.start() : parse.end]
    known = (Known(name, None, parse.body or GOVERNMENT, False),)
    return Mention(before.start(), parse.end, name, "agency", (), known, explicit=True)


def _gaps(text: str, found: Sequence[Parse | Mention]) -> list[tuple[int, int]]:
    edges = [0, *(x for p in found for x in (p.start, p.end)), len(text)]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 1]


def _placed_group(directory: Directory, mention: Mention, before: Sequence[Mention], near: Sequence[int]) -> Mention:
    """最多的部门 after 南通市 …, or 各部门排名呢 in a conversation about 南通市公安局: the departments of that city."""
    group = mention.group
    if group is None or group.place is not None or group.kind == "all":
        return mention
    origins = [_places(directory, m) for m in before if m.group is None] or [(directory.place_of(i),) for i in near]
    if len(origins) != 1 or len(origins[0]) != 1:
        return mention
    for code in gazetteer().chain(origins[0][0]):
        place = gazetteer().get(code)
        inside = make_group(directory, group.kind, place, group.label, mention.text) if place else None
        if inside is not None and inside.members:
            return replace(mention, group=replace(inside, label=place.name + group.label if place else group.label))
    return mention


def _as_part_of(directory: Directory, mention: Mention, group: Mention) -> Mention:
    """南通市 in 南通市哪些情况下收到申请最多的部门是谁 only says whose departments; it becomes the same group."""
    place = group.group.place if group.group and not group.explicit else None
    named = mention.known[0].body if mention.known else ""
    government = all(directory.body_of(i) == GOVERNMENT for i in mention.agency_ids) if mention.candidates else named
    if (
        place is None
        or mention.group
        or _places(directory, mention) != (place.code,)
        or government not in (True, GOVERNMENT)
    ):
        return mention
    return replace(mention, kind="group", candidates=(), known=(), nearest=(), group=group.group)


def _shared_tails(directory: Directory, text: str, found: list[Parse | Mention]) -> list[Parse | Mention]:
    """南京和徐州的鼓楼区 → 南京的鼓楼区, 徐州的鼓楼区; 南通和镇江人社局 likewise."""
    shared = list(found)
    for i in range(len(found) - 2, -1, -1):
        first, second = shared[i], shared[i + 1]
        if isinstance(first, Parse) and isinstance(second, Parse) and _JOINT.match(text[first.end : second.start]):
            whole = text[first.end - 1] in _WHOLE and not second.joined  # 甲市和乙市丙区: 甲市 is its government
            shared[i] = first if whole else _with_tail(directory, first, second)
    return shared


def _with_tail(directory: Directory, first: Parse, second: Parse) -> Parse:
    alike = first.codes and first.bare and not first.body and second.head and (second.tail or second.body)
    if not alike or set(first.codes) & set(second.head) or second.body == GOVERNMENT:
        return first
    if not _same_rung(first.codes, second.head) or (second.unknown and not second.tail):
        return first
    codes = first.codes
    for name in second.tail:
        below = [c for c in (*directory.lexicon.full(name), *directory.lexicon.short(name))
                 if any(gazetteer().within(c, a) and c != a for a in codes)]  # fmt: skip
        if not below:
            return replace(first, unknown="".join(second.tail), body=second.body)
        codes = tuple(dict.fromkeys(below))
    return replace(first, codes=codes, tail=second.tail, body=second.body)


def _same_rung(first: Sequence[str], second: Sequence[str]) -> bool:
    gaz = gazetteer()
    endings = [{gaz.get(c).name[-1:] for c in codes if gaz.get(c)} for codes in (first, second)]  # type: ignore[union-attr]
    return bool(endings[0] & endings[1])


def _scope_for(
    directory: Directory, text: str, mentions: list[Mention], parse: Parse, near: Scope | None
) -> Scope | None:
    """The places of the mention before, else those of the conversation."""
    for earlier in reversed(mentions):
        places = _places(directory, earlier)
        if places:
            joined = _JOINT.match(text[earlier.end : parse.start]) is not None
            return Scope(places, joined or near is not None)
    return near if not mentions else (near if not any(m.candidates for m in mentions) else None)


def _places(directory: Directory, mention: Mention) -> tuple[str, ...]:
    if mention.group is not None:
        return (mention.group.place.code,) if mention.group.place else ()
    codes = {directory.place_of(c.agency.id) for c in mention.candidates[:50]}
    codes = codes or {k.place.code for k in mention.known if k.place}
    return tuple(codes) if len(codes) == 1 else ()


def settle(directory: Directory, text: str, parse: Parse, scope: Scope | None) -> Mention:
    """Which loaded agencies a parse may mean, or what it is that is not loaded."""
    span = text[parse.start : parse.end]
    if parse.unknown:
        return _unknown(directory, parse, span)
    if parse.codes:
        agencies, known, explicit = _of_place(directory, parse, scope)
    else:
        agencies, known, explicit = _of_body(directory, parse, scope)
    if parse.codes == ("0",):
        known = [replace(item, name=span) for item in known]
    how = _how(parse, span, agencies)
    score = 100.0 if how == "full" else 90.0 if parse.repaired or parse.latin else 95.0
    candidates = tuple(Candidate(a, score, how) for a in sorted(agencies, key=attrgetter("name")))
    nearest = () if candidates else directory.alternatives(known, parse.codes, parse.body)
    return Mention(parse.start, parse.end, span, "agency", candidates, tuple(known), nearest, parse.repaired, explicit)


def _how(parse: Parse, span: str, agencies: Sequence[Agency]) -> How:
    if parse.latin:
        return "english" if _ENGLISH.search(span) else "pinyin"
    if parse.repaired:
        return "typo"
    if len(agencies) == 1 and span in (agencies[0].name, *agencies[0].printed):
        return "full"
    return "abbreviation" if parse.body and not any(a.name.endswith(span[-3:]) for a in agencies[:20]) else "short"


def _unknown(directory: Directory, parse: Parse, span: str) -> Mention:
    place = gazetteer().get(parse.codes[0]) if parse.codes else None
    name = span if _INSTITUTION.search(span) else (gazetteer().city_name(place.code) if place else "") + parse.unknown
    known = (Known(name, place, parse.body or parse.unknown, False),)
    return Mention(parse.start, parse.end, span, "agency", (), known, directory.alternatives(known, parse.codes, ""),
                   parse.repaired, True)  # fmt: skip


def _of_place(directory: Directory, parse: Parse, scope: Scope | None) -> tuple[list[Agency], list[Known], bool]:
    body = parse.body or GOVERNMENT
    codes, explicit = parse.codes, True
    if parse.bare and len(codes) > 1 and scope is not None:
        inside = _inside(codes, scope)
        if inside:
            codes, explicit = inside, False
    agencies = directory.at_places(codes, body)
    if agencies:
        return agencies, _rivals(codes, agencies, body, parse), explicit
    if partly := directory.by_part(codes, body):
        return [partly], [], explicit
    return [], _known_places(codes, body), explicit and len(codes) == 1


def _inside(codes: Sequence[str], scope: Scope) -> tuple[str, ...]:
    """Those of the places that lie nearest to the scope: in it, else in what is above it."""
    gaz = gazetteer()
    found: dict[str, None] = {}
    for origin in scope.codes:
        chain = tuple(gaz.chain(origin))
        for above in chain[:-1] if len(chain) > 2 else chain:  # beside a district its province is too wide a guess
            inside = [c for c in codes if c == above or gaz.within(c, above)]
            if inside:
                found.update(dict.fromkeys(inside))
                break
    return tuple(found)


def _rivals(codes: Sequence[str], agencies: Sequence[Agency], body: str, parse: Parse) -> list[Known]:
    """Unloaded real places of a higher rung with the same short name: 大同市 beside 大庆市大同区."""
    if not parse.shorts or parse.tail or len(codes) == 1:
        return []
    lowest = min(_rung(a.key.split("|")[0]) for a in agencies)
    higher = [c for c in codes if _rung(c) < lowest]
    return _known_places(higher, body) if higher else []


def _rung(code: str) -> int:
    """2 province, 4 prefecture, 6 county; made places by their depth."""
    return len(code) if code.isdigit() else 6


def _known_places(codes: Sequence[str], body: str) -> list[Known]:
    """Of several unloaded places of one name those of the highest rung: 吉林 is the province."""
    gaz = gazetteer()
    top = min((_rung(c) for c in codes), default=0)
    places = [p for c in codes if _rung(c) == top and (p := gaz.get(c)) is not None]
    return [Known(body_name(p, body), p, body, p.listed) for p in places]


def _of_body(directory: Directory, parse: Parse, scope: Scope | None) -> tuple[list[Agency], list[Known], bool]:
    """市公安局, 人社局: under the scope first, else every loaded one."""
    if scope is not None:
        agencies, known = _body_in_scope(directory, parse, scope)
        if agencies or (known and scope.binding):
            return agencies, [] if agencies else known, False
    everyone = directory.with_body(parse.body)
    free = not parse.prefix and not parse.province_only
    agencies = [a for code, a in everyone if free or _fits_prefix(code, parse)]
    known = [] if agencies else [Known((parse.prefix or "") + bodies().official(parse.body), None, parse.body, True)]
    return agencies, known, False


def _fits_prefix(code: str, parse: Parse) -> bool:
    if parse.province_only:
        return len(code) == 2
    return not parse.prefix or climb(code, parse.prefix) == code


def _body_in_scope(directory: Directory, parse: Parse, scope: Scope) -> tuple[list[Agency], list[Known]]:
    agencies: dict[int, Agency] = {}
    known: list[Known] = []
    gaz = gazetteer()
    for origin in scope.codes:
        reach = [climb(origin, parse.prefix)] if parse.prefix else [c for c in gaz.chain(origin) if c]
        hit = next((a for code in reach for a in directory.at_places((code,), parse.body)), None)
        if hit is not None:
            agencies[hit.id] = hit
        place = gaz.get(reach[0]) if reach and reach[0] else None
        if place is not None:
            known.append(Known(body_name(place, parse.body), place, parse.body, True))
    return list(agencies.values()), known


def _alone(text: str) -> tuple[Mention, ...]:
    """样本路小学: an institution of which the gazetteer knows nothing, in a question that names nobody else."""
    found = _ALONE.search(text) or _VILLAGE.search(text)
    if found is None or OFFICE in found[0]:
        return ()
    part = "name" if "name" in found.groupdict() else 0
    known = (Known(found[part], None, found[part], False),)
    return (Mention(found.start(part), found.end(part), found[part], "agency", (), known),)
