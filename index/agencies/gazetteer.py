"""The administrative divisions of China, from province to township, and the names people give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from index.agencies.model import Division, Level
from index.errors import DataError

_EVERYDAY = (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("自治区", ""), ("特别行政区", ""))
"""延边朝鲜族自治州 is called 延边州, 互助土族自治县 互助县."""
_TOWNSHIP = re.compile(r"(街道|镇|乡|苏木)$")
_ZONE = re.compile(
    r"(开发区|产业园区?|管理区|示范区|工业园区?|实验区|试验区|度假区|名胜区|园区|新城|管委会|食品区|行政委员会|行委)$"
)
_LENGTH: dict[int, Level] = {1: "country", 2: "province", 4: "city", 6: "county", 9: "township"}


def data_lines(name: str) -> list[list[str]]:
    """The rows of one of this room's CSV files without its header; every row as wide as the header, else DataError."""
    lines = (files("index.agencies") / "data" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines if line]
    width = len(rows[0])
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            raise DataError(f"数据文件 {name} 第 {number} 行应有 {width} 列，现有 {len(row)} 列。")
    return rows[1:]


def level_of(name: str) -> Level:
    """What the last characters of a name say of its rung: 示例市 → city, 甲区 → county, 样本街道 → township."""
    if _ZONE.search(name):
        return "zone"
    if _TOWNSHIP.search(name):
        return "township"
    if name.endswith(("省", "自治区")):
        return "province"
    if name.endswith(("市", "州", "盟", "地区")):
        return "city"
    return "county" if name.endswith(("区", "县", "旗")) else "zone"


def short_of(name: str) -> str:
    """A name that the gazetteer does not hold, without its ending; '' where too little is left.

    甲乙区 → 甲乙, 样本行政委员会 → 样本, 甲区 → ''
    """
    for ending in ("行政委员会", "管理委员会", "行委", "管委会", "街道", "新区", "地区"):
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)]
    return name[:-1] if len(name) > 2 and name[-1] in "省市州盟县区旗镇乡" else ""


def _autonomous(short: str, peoples: str, ending: str) -> list[str]:
    """双江自治县, 双江傣族自治县 for one of several peoples; 鄂温克自治旗 without its 族."""
    parts = [part for part in peoples.split("族") if part]
    names = [short + ending] + [f"{short}{part}族{ending}" for part in parts if len(parts) > 1]
    return names + ([f"{short}{parts[0]}{ending}"] if len(parts) == 1 else [])


class Gazetteer:
    """Divisions by code and by name. Townships are read only when a county's are asked for."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, str, str]] = {}
        self.full: dict[str, list[str]] = {}
        """Full and everyday names (延吉市, 延边州, 襄樊市) → codes; provinces to counties."""
        self.short: dict[str, list[str]] = {}
        """Names without their ending (延吉, 延边) → codes."""
        self._children: dict[str, list[str]] = {}
        self._divisions: dict[str, Division] = {}
        self._towns: dict[str, str] | None = None
        for code, name, short, parent in data_lines("divisions.csv"):
            self._rows[code] = (name, short, parent)
            self.full.setdefault(name, []).append(code)
            if short:
                self.short.setdefault(short, []).append(code)
                self._add_everyday(code, name, short)
            self._children.setdefault(parent, []).append(code)
        self.old: dict[str, list[str]] = {}
        """Former names (襄樊市) → codes."""
        self._add_other_names()

    def _add_everyday(self, code: str, name: str, short: str) -> None:
        for ending, everyday in _EVERYDAY:
            if everyday and name.endswith(ending):
                self.full.setdefault(short + everyday, []).append(code)
            if everyday and name.endswith(ending) and name.startswith(short):
                for one in _autonomous(short, name.removeprefix(short).removesuffix(ending), ending):
                    self.full.setdefault(one, []).append(code)
        if name.endswith("行政委员会"):
            self.full.setdefault(short + "行委", []).append(code)

    def _add_other_names(self) -> None:
        for code, alias in data_lines("aliases.csv"):
            target = self.full if alias[-1] in "州县旗区市" else self.short
            target.setdefault(alias, []).append(code)
        for _, old, _, code in data_lines("renamed.csv"):
            self.old.setdefault(old, []).append(code)
            if old not in self.full:
                self.full[old] = [code]

    def __contains__(self, code: str) -> bool:
        return code in self._rows or (len(code) == 9 and any(d.code == code for d in self.townships(code)))

    def get(self, code: str) -> Division | None:
        """The division of a code of the gazetteer or of a made one ('222401/甲区'); None if there is none."""
        found = self._divisions.get(code)
        if found is None:
            found = self._make(code)
            if found is not None:
                self._divisions[code] = found
        return found

    def _make(self, code: str) -> Division | None:
        if "/" in code:
            parent, name = code.rsplit("/", 1)
            return Division(code, name, level_of(name), parent)
        if code.startswith("~"):
            return Division(code, code[1:], level_of(code[1:]), "")
        if code in self._rows:
            name, _, parent = self._rows[code]
            level = _LENGTH[len(code)]
            return Division(code, name, "zone" if level == "county" and _ZONE.search(name) else level, parent)
        return next((d for d in self.townships(code) if d.code == code), None) if len(code) == 9 else None

    def short_name(self, code: str) -> str:
        """延吉 for the code of 延吉市; '' where there is none in use."""
        if code in self._rows:
            return self._rows[code][1]
        division = self.get(code)
        return short_of(division.name) if division else ""

    def parent_code(self, code: str) -> str:
        """Code of the division above; '' at the top."""
        if "/" in code:
            return code.rsplit("/", 1)[0]
        if code in self._rows:
            return self._rows[code][2]
        division = self.get(code)
        return division.parent if division else ""

    def chain(self, code: str) -> Iterator[str]:
        """The code itself, then those above it up to the province."""
        while code:
            yield code
            code = self.parent_code(code)

    def within(self, code: str, above: str) -> bool:
        """Whether the first lies in (or is) the second; everything lies in '0', the country."""
        return above == "0" or above in self.chain(code)

    def parents(self, code: str) -> tuple[Division, ...]:
        """From the province down to the division above this one."""
        above = [d for c in list(self.chain(code))[1:] if (d := self.get(c)) is not None]
        return tuple(reversed(above))

    def full_name(self, code: str) -> str:
        """江苏省镇江市丹徒区."""
        own = self.get(code)
        return "".join(d.name for d in self.parents(code)) + (own.name if own else "")

    def city_name(self, code: str) -> str:
        """The name with the parents people print: 镇江市丹徒区, 延吉市甲区, 延吉市."""
        own = self.get(code)
        if own is None:
            return ""
        above = self.get(own.parent) if own.parent else None
        needs_parent = above is not None and (not own.name.endswith("市") or own.level == "township")
        if not needs_parent or own.level in ("city", "province") or above is None:
            return own.name
        return (self.city_name(above.code) if own.level == "township" else above.name) + own.name

    def children(self, code: str) -> tuple[Division, ...]:
        """Listed divisions right under a code: cities of a province, counties of a city, townships of a county."""
        below = tuple(d for c in self._children.get(code, ()) if (d := self.get(c)) is not None)
        return below + self.townships(code)

    def townships(self, code: str) -> tuple[Division, ...]:
        """Townships of the county of that code (or of the county in which a township's code lies)."""
        towns = self._load_towns()
        county = next((c for c in (code, code[:6], code[:4]) if c in towns), None)
        if county is None or (len(code) != 9 and county != code):
            return ()
        return tuple(Division(county + t[: 9 - len(county)], t[9 - len(county) :], "township", county)
                     for t in towns[county].split(" "))  # fmt: skip

    def find_townships(self, name: str) -> tuple[str, ...]:
        """Codes of all townships of exactly that name, in the whole country."""
        found = []
        for county, line in self._load_towns().items():
            if name in line:
                found += [d.code for d in self.townships(county) if d.name == name]
        return tuple(found)

    def _load_towns(self) -> dict[str, str]:
        if self._towns is None:
            self._towns = dict(data_lines("townships.csv"))
        return self._towns


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded once."""
    return Gazetteer()
