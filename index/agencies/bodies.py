"""Kinds of public bodies and what people call them: bodies.toml, loaded once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from index.errors import DataError

GOVERNMENT = "人民政府"
OFFICE = "人民政府办公室"
GOVERNMENT_ENDINGS = (
    "行政委员会",
    "行委",
    "管理委员会",
    "管委会",
    "街道办事处",
    "街道办",
    "街办",
    "办事处",
    "工委管委会",
)
"""Names of what governs a place that has no 人民政府 of its own; the place is what stands before."""


@dataclass(frozen=True, slots=True)
class Body:
    """One kind of body."""

    key: str
    name: str
    """Official name: 人力资源和社会保障局."""
    forms: tuple[str, ...]
    """Every way to say it."""
    bare: tuple[str, ...]
    """Said so only right after a place: 南通人社."""
    english: tuple[str, ...]
    stems: tuple[str, ...]
    """What stands before 局, 委 …: 公安."""
    department: bool
    """局 or 委员会 (not 人民政府, 办公室, 中心 …)."""
    whole: bool = False
    """Its stem alone is another word: 审批 is licensing."""


_ZONES = (
    *("新区", "开发区", "园区", "度假区", "示范区", "管理区", "保税区", "实验区", "试验区", "名胜区"),
    *("新城", "管理委员会", "管委会"),
)


def governs(ending: str, place: str) -> bool:
    """Whether such a body governs a place of that name: 甲区行委 and 高新区管委会, but no 示例市管委会."""
    if ending.startswith("行"):
        return place.endswith(("区", "行政委员会"))
    if ending.endswith("管委会") or ending == "管理委员会":
        return place.endswith(_ZONES)
    return place.endswith("街道")


class Bodies:
    """The kinds, by key and by form."""

    def __init__(self, bodies: list[Body]) -> None:
        self.by_key = {body.key: body for body in bodies}
        self.forms: dict[str, str] = {}
        self.bare: dict[str, str] = {}
        for body in bodies:
            for form in body.forms:
                other = self.forms.setdefault(form, body.key)
                if other != body.key:
                    raise DataError(f"数据文件 bodies.toml：“{form}”既指{other}又指{body.key}。")
            self.bare.update(dict.fromkeys(body.bare, body.key))
            self.bare.update(dict.fromkeys((word + "部门" for word in body.stems if len(word) < 5), body.key))
        self.weak = {stem: body.key for body in bodies for stem in body.stems if not body.whole and 2 <= len(stem) <= 8}
        """Said so only between a place and the end of a phrase: 南通公安，."""
        self.pairs = frozenset(form[i : i + 2] for form in self.forms for i in range(len(form) - 1))
        """Every two letters that follow one another in a form."""
        self.lengths = sorted({len(f) for f in self.forms}, reverse=True)
        self.bare_lengths = sorted({len(f) for f in self.bare}, reverse=True)

    def abbreviations(self, key: str) -> list[str]:
        """The two shortest ways to say it: 人社局, 人力社保局; the key itself for an unknown kind."""
        body = self.by_key.get(key)
        if body is None:
            return [key]
        alike = [f for f in body.forms if f[-1] == body.name[-1] or f[-1] == "委"]
        return sorted(alike or body.forms, key=len)[:2]

    def official(self, key: str) -> str:
        """公安 → 公安局; a key that is no kind is itself the name."""
        return self.by_key[key].name if key in self.by_key else key


def _body(entry: dict[str, Any]) -> Body:
    key, stems, suffixes = str(entry["key"]), list(entry["stems"]), list(entry["suffixes"])
    stems += [short for stem in stems if (short := stem.replace("监督管理", "监管")) not in stems]
    suffixes += ["委"] if "委员会" in suffixes else []
    made = [stem + suffix for stem in stems for suffix in suffixes]
    forms = tuple(dict.fromkeys(made + list(entry["forms"])))
    name = made[0] if made else forms[0]
    return Body(
        key, name, forms, tuple(entry["bare"]), tuple(entry["english"]), tuple(stems), name.endswith(("局", "委员会")),
        whole=bool(entry.get("whole")),
    )  # fmt: skip


@lru_cache(maxsize=1)
def bodies() -> Bodies:
    """All kinds of bodies, loaded once."""
    text = (files("index.agencies") / "data" / "bodies.toml").read_text(encoding="utf-8")
    return Bodies([_body(entry) for entry in tomllib.loads(text)["body"]])
