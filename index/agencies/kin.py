"""What the agencies that one is compared with are called: 某省已收录的市, 某市已收录的部门."""

from __future__ import annotations

from index.agencies.bodies import GOVERNMENT
from index.agencies.directory import Directory
from index.agencies.gazetteer import gazetteer

_WORDS = {"province": "省", "city": "市", "county": "区县", "township": "乡镇街道"}


def kin_label(directory: Directory, agency_id: int) -> str:
    """The group of `Directory.siblings` in words; '' where nothing is known of the agency's place."""
    gaz = gazetteer()
    place = gaz.get(directory.place_of(agency_id))
    if place is None:
        return ""
    if directory.body_of(agency_id) != GOVERNMENT:
        return f"{place.name}已收录的部门"
    word = _WORDS.get(place.level, "")
    parent = gaz.parent_code(place.code)
    near = any(gaz.parent_code(directory.place_of(each)) == parent for each in directory.siblings(agency_id))
    above = gaz.get(parent) if near and parent else None
    return f"{above.name if above else ''}已收录的{word}" if word else ""


def is_all_of(directory: Directory, agency_id: int, word: str) -> bool:
    """Whether 全市, 全县 or 全区 is the agency's own place, as 全市 is for a city: it is no group it belongs to."""
    place = gazetteer().get(directory.place_of(agency_id))
    ends = {"市": ("市",), "县": ("县", "旗"), "区": ("区",), "省": ("省",), "州": ("州",)}.get(word, ())
    return place is not None and directory.body_of(agency_id) == GOVERNMENT and place.name.endswith(ends)
