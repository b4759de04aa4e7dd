"""徐州的呢, 县里呢, 那市里呢: the like of the agency just spoken of in another city, or a level above or beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.question.query import Query
from bot.wording import data
from index.agencies import Directory

_PLACE = re.compile(r"^(.{2,6}?(?:市|地区|自治州|州|盟))(.{2,})$")


def understood(text: str, before: Query | None, directory: Directory) -> str:
    """The text with the full name of the agency that is meant, where just one loaded agency fits."""
    if before is None or len(before.agencies) != 1 or before.unloaded:
        return text
    own = directory.by_id(before.agencies[0])
    match = next((fits for each in _patterns() if (fits := each.match(text))), None)
    if own is None or match is None:
        return text
    lead = text[: match.start("who")]
    name = own.name.removesuffix("人民政府")
    for wanted in _names(match, name):
        found = directory.recognise(wanted)
        ids = found[0].agency_ids if len(found) == 1 and found[0].kind == "agency" else ()
        whole = found and found[0].end - found[0].start == len(wanted)
        if whole and len(ids) == 1 and ids[0] != own.id and not found[0].known:
            agency = directory.by_id(ids[0])
            return text if agency is None else lead + agency.name + text[match.end("who") :]
    if not match["place"]:
        return text
    return lead + _not_loaded(match, name, directory) + text[match.end("who") :]


def _not_loaded(match: re.Match[str], name: str, directory: Directory) -> str:
    """徐州的呢 after 南京市教育局: 徐州市教育局, though it is not loaded; never the city's own figure."""
    parts, said = _PLACE.match(name), match["who"]
    found = directory.recognise(match["place"])
    if not parts or len(found) != 1 or len(found[0].agency_ids) > 1:
        return said
    city = directory.by_id(found[0].agency_ids[0]) if found[0].agency_ids else None
    plain = city.name.removesuffix("人民政府") if city else ""
    if not plain.endswith(("市", "州", "盟", "地区")):
        return said
    return plain + parts[2] if _may_exist(plain + parts[2], directory) else plain


_DIVISION = re.compile(r"(?:区|县|旗|市|镇|乡|街道|街道办事处|行政委员会)$")


def _may_exist(name: str, directory: Directory) -> bool:
    """Whether a city has that district; it may have any department."""
    found = directory.recognise(name)
    known = found[0].known if len(found) == 1 else ()
    return _DIVISION.search(name) is None or bool(known and known[0].real)


def _names(match: re.Match[str], name: str) -> Iterator[str]:
    parts = _PLACE.match(name)
    place = match["place"]
    if place:
        if parts:
            tail = parts[2]
            yield from (f"{place}{tail}", f"{place}市{tail}")
        return
    level = match.groupdict().get("level")
    if level == "市":
        if parts and parts[1].endswith("市"):
            yield parts[1]
        elif name.endswith("县"):
            yield name.removesuffix("县")[-8:] + "市"
    elif level == "县" and name.endswith("市"):
        yield name.removesuffix("市") + "县"
    elif level == "区" and (inner := re.match(r"^.{2,6}?市.{1,5}?区(?=.{2,}$)", name)):
        yield inner[0]


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each) for each in data("pair.toml")["elsewhere"]["pattern"])
