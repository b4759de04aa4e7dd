"""What the other rooms get from this one: plain frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from index.store.records import Agency


Level = Literal["country", "province", "city", "county", "township", "zone", ""]
"""Rung of a place. 直辖市 are provinces; 延吉市 (县级市) is a county; 开发区, 新区, 度假区 are zones."""

How = Literal["full", "short", "abbreviation", "typo", "homophone", "pinyin", "english"]
"""How a mention came to mean an agency: its full name, without 市/区/县/人民政府 or parents, 人社局, 格尓木, 宿洲, …"""

GroupKind = Literal["all", "departments", "districts", "cities", "counties", "townships", "streets"]


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division, or a place named like one that the gazetteer does not hold."""

    code: str
    """'22' 吉林省, '2224' 延边州, '222401' 延吉市, '222401001' 进学街道. Not in the gazetteer: parent and name,
    '222401/甲区'; with no known parent '~示例市' and '~示例市/甲区'."""
    name: str
    level: Level
    parent: str
    """Code of the division above; '' at the top."""

    @property
    def listed(self) -> bool:
        """Whether the gazetteer holds it."""
        return "~" not in self.code and "/" not in self.code


@dataclass(frozen=True, slots=True)
class Identity:
    """Which body a printed name means."""

    key: str
    """The same for every printed name of one body: '321112|人民政府' for 丹徒区人民政府, 镇江市丹徒区人民政府."""
    place: Division | None
    """None where the name does not say whose it is: 区统计局, 财政局."""
    body: str
    """Kind of body, in the words of bodies.toml ('人民政府', '公安', '人力资源和社会保障'), or the printed rest."""
    level: Level
    """Of the place; '' if unknown."""
    name: str
    """The name written out: 江苏省镇江市丹徒区人民政府. For people; the index shows the printed one."""
    parents: tuple[Division, ...]
    """From the province down to the place's parent."""
    complete: bool
    """Whether the name alone tells one body; False for 区统计局, 财政局, 鼓楼区人民政府 (two of them)."""


class Candidate(NamedTuple):
    """A loaded agency that a mention may mean. A tuple, because a bare 教育局 makes thousands of them."""

    agency: Agency
    score: float
    """0 to 100; 100 is an exact name."""
    how: How


@dataclass(frozen=True, slots=True)
class Known:
    """What a mention names although no report of it is loaded."""

    name: str
    """As understood, in full: 天津市人民政府, 延吉市财政局, 样本路小学."""
    place: Division | None
    body: str
    real: bool
    """Whether the gazetteer and the list of bodies vouch for it; False for 天津市鼓楼区, 样本路小学."""


@dataclass(frozen=True, slots=True)
class Group:
    """Several agencies named at once: 延吉市各部门, 南京市各区, 所有单位."""

    label: str
    """延吉市各部门."""
    kind: GroupKind
    place: Division | None
    """None for all places."""
    members: tuple[Agency, ...]
    """Loaded ones, by name; may be empty."""
    missing: tuple[str, ...]
    """Known divisions of the group without a loaded report; () for departments and for all places."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the question that names an agency, a place or a group.

    `text` is exactly question[start:end] and holds nothing but the name (with 的 or 那边 inside it, where two parts of
    the name are joined so). Mentions are in text order and never overlap. What remains of the question when they are
    cut out is the caller's to recognise.
    """

    start: int
    end: int
    text: str
    kind: Literal["agency", "group"]
    candidates: tuple[Candidate, ...] = ()
    """Loaded agencies that fit about equally well, by code point of the name; several → ask. () → see `known`."""
    known: tuple[Known, ...] = ()
    """What it names that is not loaded. Beside candidates: a real place of a higher rung of the same short name (大同 →
    大同市 beside 大庆市大同区), so that a lone candidate should be offered rather than taken."""
    nearest: tuple[Agency, ...] = ()
    """Loaded agencies to offer when there are no candidates."""
    repaired: bool = False
    """A typo was repaired: 格尓木, 苏洲, 公按局."""
    explicit: bool = False
    """Whether the text itself names the parent, or the name needs none; False if it is bare or another gave it."""
    group: Group | None = None
    """Set exactly when kind is 'group'."""

    @property
    def agency_ids(self) -> tuple[int, ...]:
        """Ids of the candidates, in their order."""
        return tuple(c.agency.id for c in self.candidates)
