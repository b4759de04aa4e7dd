"""Several agencies at once: 延吉市各部门, 南京市各区, 吉林省各市, 所有单位."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.agencies.bodies import GOVERNMENT, bodies
from index.agencies.gazetteer import gazetteer
from index.agencies.model import Division, Group, GroupKind, Mention
from index.agencies.parse import Parse

if TYPE_CHECKING:
    from index.agencies.directory import Directory
    from index.store.records import Agency

Members = tuple[tuple["Agency", ...], tuple[str, ...]]
"""The loaded agencies of a group, and the divisions of it that are not loaded."""

_KEPT = 200
"""Groups that a directory keeps: one question asks for the same group several times."""
_KINDS: tuple[GroupKind, ...] = ("departments", "districts", "cities", "counties", "townships", "streets", "all")


_BY_HOUSE = re.compile(r"[一二两三四五六七八九十百]+家")
_NEVER_BY_HOUSE = ("townships", "streets", "cities", "counties", "districts")
"""三家镇 is a name; three towns are 三个镇."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, GroupKind]]:
    """(each + word, word that needs no each, word → kind)."""
    data = tomllib.loads((files("index.agencies") / "data" / "groups.toml").read_text(encoding="utf-8"))
    kinds = {word: kind for kind in _KINDS for word in data[kind]["words"]}
    words = "|".join(re.escape(w) for w in sorted(kinds, key=len, reverse=True))
    alone = "|".join(re.escape(w) for kind in _KINDS for w in sorted(data[kind]["alone"], key=len, reverse=True))
    each = "|".join(re.escape(w) for w in sorted(data["each"], key=len, reverse=True))
    number = rf"[{data['numbers']}]+(?:{'|'.join(data['counters'])})"
    quantified = re.compile(
        rf"的?\s*(?:(?:{each}|{number}|这|的)+)(?P<word>{words})(?!(?<=办)[结理毕完了好妥])(?![长民于域划人数量]|(?<=单位)(?:申请|提|来|和个人|与个人)|(?<=机构)(?:申请|提|来))"
    )
    return quantified, re.compile(rf"的?(?P<word>{alone})(?!(?<=办)[结理毕完了好妥])(?![长民])"), kinds


def group_at(directory: Directory, text: str, start: int, parse: Parse | None) -> Mention | None:
    """The group that begins there, after the place that `parse` found there, if any; None if there is none."""
    quantified, alone, kinds = _patterns()
    for codes, at in _places(directory, text, start, parse):
        found = quantified.match(text, at) or (alone.match(text, at) if codes else None)
        if found is None:
            continue
        place = gazetteer().get(codes[0]) if codes else None
        kind = kinds[found["word"]]
        if kind in _NEVER_BY_HOUSE and _BY_HOUSE.match(found[0]):
            continue
        if found[0].replace("的", "").strip() == "政府":
            continue  # 甲市2024年的政府: that of the city
        if place is not None and not _can_have(place, kind):
            continue
        label = text[start : found.end()]
        group = make_group(directory, kind, place, label, found["word"])
        return Mention(start, found.end(), label, "group", group=group, explicit=place is not None)
    return None


def _places(directory: Directory, text: str, start: int, parse: Parse | None) -> list[tuple[tuple[str, ...], int]]:
    """Places that a group may belong to, with where they end: the parse's own, and shorter ones."""
    found: list[tuple[tuple[str, ...], int]] = []
    if parse is not None and parse.codes and not parse.body and not parse.unknown:
        found.append((_highest(parse.codes), parse.end))
    found += [(_highest(t.codes), t.end) for t in directory.lexicon.places_at(text, start)]
    return [*found, ((), start)]


def _can_have(place: Division, kind: GroupKind) -> bool:
    """A city has no cities, a county no counties: in 南通哪个城市 the words do not belong together."""
    below = {"cities": ("province",), "counties": ("province", "city"), "districts": ("province", "city", "county")}
    of_prefecture = kind == "cities" and place.name.endswith(("州", "盟", "地区"))
    return place.level in below.get(kind, (place.level,)) or of_prefecture


def _highest(codes: tuple[str, ...]) -> tuple[str, ...]:
    top = min(len(c) for c in codes)
    return tuple(c for c in codes if len(c) == top)


def make_group(directory: Directory, kind: GroupKind, place: Division | None, label: str, word: str = "") -> Group:
    """The loaded agencies of a group, and the divisions of it that are not loaded."""
    known = (kind, place.code if place else "", word)
    made = directory.groups_made.get(known)
    if made is None:
        if len(directory.groups_made) >= _KEPT:
            directory.groups_made.clear()
        made = directory.groups_made[known] = _members(directory, kind, place, word)
    return Group(label, kind, place, *made)


def _members(directory: Directory, kind: GroupKind, place: Division | None, word: str) -> Members:
    pool = directory.pool(kind, place)
    members = tuple(pool if kind == "all" else (a for a in pool if _belongs(directory, a, kind, place, word)))
    if place is None or kind in ("all", "departments"):
        return members, ()
    loaded = {directory.place_of(a.id) for a in members}
    below = gazetteer().children(place.code)
    return members, tuple(d.name for d in below if _is_kind(d.name, d.level, kind) and d.code not in loaded)


def _belongs(directory: Directory, agency: Agency, kind: GroupKind, place: Division | None, word: str) -> bool:
    code, body = directory.place_of(agency.id), directory.body_of(agency.id)
    gaz = gazetteer()
    if kind == "departments":
        return is_department(body) and (place is None or code == place.code)
    division = gaz.get(code)
    if body != GOVERNMENT or division is None or not _is_kind(division.name, division.level, kind, word, agency.name):
        return False
    return place is None or (code != place.code and gaz.within(code, place.code))


def is_department(body: str) -> bool:
    """Whether a body is one of the 部门 of its government: 局 and 委员会; not 人民政府, 办公室, 街道."""
    kind = bodies().by_key.get(body)
    return kind.department if kind else body.endswith(("局", "委员会", "委"))


def _is_kind(name: str, level: str, kind: GroupKind, word: str = "", printed: str = "") -> bool:
    if kind == "districts":
        if "行" in word and "区" not in word.replace("行政", ""):
            return "行政委员会" in (name + printed) or name.endswith("行委")
        return level in ("county", "zone") and name.endswith(("区", "行政委员会"))
    if kind == "cities":
        counties_too = word in ("市", "城市", "市政府")
        return name.endswith(("市", "州", "盟", "地区")) and (level == "city" or (level == "county" and counties_too))
    if kind == "counties":
        return level == "county" and name.endswith(
            ("县", "旗", "市", "区") if "区" in word or "市" in word else ("县", "旗")
        )
    if kind == "streets":
        return name.endswith("街道")
    return level == "township"
