"""templates.toml × corpus → questions whose answer is computed: no sentence depends on which cell it is about."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import forms
from tests.golden import corpus

Cells = Mapping[str, float]
HOLDS: dict[str, Callable[[float, float], bool]] = {
    ">": lambda v, n: v > n,
    "<": lambda v, n: v < n,
    "=": lambda v, n: v == n,
    "<=": lambda v, n: v <= n,
    ">=": lambda v, n: v >= n,
}


@dataclass(frozen=True, slots=True)
class Generated:
    """A sentence and the value of its answer."""

    kind: str
    text: str
    value: float


def generated(seed: int, count: int) -> Iterator[Generated]:
    """That many questions, the same for the same seed."""
    path = Path(__file__).parent / "templates.toml"
    maker = _Maker(tomllib.loads(path.read_text(encoding="utf-8")), random.Random(seed))
    kinds = (maker.figure, maker.change, maker.gap, maker.total, maker.growth, maker.claim, maker.versus)
    while count:
        made = maker.random.choice(kinds)()
        if made:
            count -= 1
            yield made


class _Maker:
    """Each method makes a question of its kind, or None where the drawn cells do not allow one."""

    def __init__(self, templates: dict[str, Any], source: random.Random) -> None:
        self.templates, self.random = templates, source
        self.reports = {(report.agency, report.year): _cells(report.figures) for report in corpus.reports()}

    def figure(self) -> Generated | None:
        agency, year, code, value = self._cell()
        return self._made("figure", value, agency, code, Y=self._year(year))

    def change(self) -> Generated | None:
        agency, year, code, value = self._cell()
        other = self.random.choice([2021, 2022, 2023, 2024])
        before = self._value(agency, other, code)
        if other == year or before is None:
            return None
        return self._made("change", abs(value - before), agency, code, Y=f"{year}年", Z=f"{other}年")

    def gap(self) -> Generated | None:
        agency, year, code, value = self._cell()
        other, theirs = self._other(agency, year, code)
        if theirs is None:
            return None
        return self._made("gap", abs(value - theirs), agency, code, Y=self._year(year), B=self._name(other))

    def total(self) -> Generated | None:
        agency, _, code, _ = self._cell()
        years = [year for year in (2022, 2023, 2024) if (agency, year) in self.reports]
        values = [self._value(agency, year, code) for year in years]
        known = [value for value in values if value is not None]
        return self._made("total", sum(known), agency, code) if len(known) == len(values) > 1 else None

    def growth(self) -> Generated | None:
        agency, year, code, value = self._cell()
        before = self._value(agency, year - 1, code)
        if not before:
            return None
        return self._made("growth", (value - before) / before * 100, agency, code, Y=self._year(year))

    def claim(self) -> Generated | None:
        agency, year, code, value = self._cell()
        number = max(1, self.random.choice([value, value + 1, value - 1, value + 10, value // 2, value * 2]))
        return self._claimed("claim", value, number, agency, code, Y=self._year(year), N=int(number))

    def versus(self) -> Generated | None:
        agency, year, code, value = self._cell()
        other, theirs = self._other(agency, year, code)
        if theirs is None:
            return None
        return self._claimed("versus", value, theirs, agency, code, Y=self._year(year), B=self._name(other))

    def _claimed(
        self, kind: str, value: float, number: float, agency: str, code: str, **words: object
    ) -> Generated | None:
        template, rule = self.random.choice(list(self.templates[kind].items()))
        _, sign, right = rule.split()
        true = HOLDS[sign](value, 0 if right == "0" else number)
        return Generated(kind, template.format(A=self._name(agency), F=self._field(code), **words), float(true))

    def _made(self, kind: str, value: float, agency: str, code: str, **words: object) -> Generated:
        template = self.random.choice(self.templates[kind])
        return Generated(kind, template.format(A=self._name(agency), F=self._field(code), **words), value)

    def _cell(self) -> tuple[str, int, str, float]:
        while True:
            agency, year = (
                self.random.choice(list(self.templates["agencies"])),
                self.random.choice([2021, 2022, 2023, 2024]),
            )
            code = self.random.choice(list(self.templates["fields"]))
            value = self._value(agency, year, code)
            if value is not None:
                return agency, year, code, value

    def _other(self, agency: str, year: int, code: str) -> tuple[str, float | None]:
        other = self.random.choice(list(self.templates["agencies"]))
        return other, None if other == agency else self._value(other, year, code)

    def _value(self, agency: str, year: int, code: str) -> float | None:
        return self.reports.get((agency, year), {}).get(code)

    def _name(self, agency: str) -> str:
        return str(self.random.choice(self.templates["agencies"][agency]))

    def _field(self, code: str) -> str:
        return str(self.random.choice(self.templates["fields"][code]))

    def _year(self, year: int) -> str:
        return str(self.random.choice(self.templates["years"][str(year)]))


def _cells(figures: Mapping[str, Any]) -> Cells:
    """Every printed cell, and every sum whose parts are all printed."""
    cells = {code: float(figure.value) for code, figure in figures.items() if figure.value is not None}
    for code, group in forms.sums().items():
        if code not in cells and all(part in cells for part in group.parts):
            cells[code] = sum(cells[part] for part in group.parts)
    return cells
