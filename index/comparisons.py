"""Checks between reports: one agency's year against its next, and tables that repeat another's. Pure."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index import forms
from index.errors import DataError
from index.report import Number

DATA = Path(__file__).with_name("comparisons.toml")
Values = Mapping[str, Number | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """A comparison that does not hold, and the cells of the two reports that it concerns."""

    rule: str
    label: str
    detail: str
    earlier_codes: frozenset[str]
    """Of the earlier year's report; empty when only the later one is to blame."""
    later_codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Continuation:
    """later = earlier + add - subtract, where earlier is the year before's."""

    rule: str
    label: str
    later: str
    earlier: str
    add: str
    subtract: str
    blame: str


def between_years(earlier: Values, later: Values, year: int) -> Iterator[Finding]:
    """What does not fit between the reports of `year` - 1 and `year` of one agency."""
    for rule in continuations():
        yield from _continues(rule, earlier, later, year)
    yield from _magnitude(earlier, later, year)


def _continues(rule: Continuation, earlier: Values, later: Values, year: int) -> Iterator[Finding]:
    before, stated = earlier.get(rule.earlier), later.get(rule.later)
    added = later.get(rule.add) if rule.add else 0
    taken = later.get(rule.subtract) if rule.subtract else 0
    if before is None or stated is None or added is None or taken is None or stated == before + added - taken:
        return
    sums = f"{year - 1}年 {before}" + (f" + {added} − {taken}" if rule.add else "")
    detail = f"{year}年 {stated} ≠ {sums}（差 {stated - (before + added - taken)}）"
    codes = frozenset(code for code in (rule.later, rule.add, rule.subtract) if code)
    blamed = frozenset([rule.earlier]) if rule.blame == "both" else frozenset()
    yield Finding(f"{rule.rule}:{rule.later}", rule.label, detail, blamed, codes)


def _magnitude(earlier: Values, later: Values, year: int) -> Iterator[Finding]:
    about = _data()["magnitude"]
    for code in about["codes"]:
        before, after = earlier.get(code), later.get(code)
        if not before or not after:
            continue
        ratio = max(before, after) / min(before, after)
        if about["from"] <= ratio <= about["to"]:
            detail = f"{year - 1}年 {before} 万元，{year}年 {after} 万元，相差约 {ratio:.0f} 倍，疑为元与万元之误"
            concerned = frozenset([code])
            yield Finding(f"{about['rule']}:{code}", about["label"], detail, concerned, concerned)


@cache
def continuations() -> tuple[Continuation, ...]:
    """The rules of comparisons.toml, one a column."""
    found: list[Continuation] = []
    for entry in _data()["continues"]:
        rule = Continuation(**{"add": "", "subtract": ""} | entry)
        found.extend(_columns(rule))
    for rule in found:
        for code in (rule.later, rule.earlier, rule.add, rule.subtract):
            if code and code not in forms.fields():
                raise DataError(f"{DATA.name}：规则 {rule.rule} 没有编码 {code}")
    return tuple(found)


def _columns(rule: Continuation) -> Iterator[Continuation]:
    if "{column}" not in rule.later:
        yield rule
        return
    row = rule.later.removesuffix(".{column}")
    for code in forms.fields():
        if code.startswith(row + "."):
            earlier = rule.earlier.format(column=code.removeprefix(row + "."))
            yield Continuation(rule.rule, rule.label, code, earlier, "", "", rule.blame)


def table_prints(figures: Values) -> dict[str, str]:
    """By table a fingerprint of its numbers; only of tables that say enough not to be alike by chance."""
    tables: dict[str, dict[str, Number]] = {}
    for code, value in figures.items():
        if value is not None:
            tables.setdefault(forms.field(code).row.table, {})[code] = value
    about = _data()["same"]
    return {
        name: _print(cells)
        for name, cells in tables.items()
        if sum(value != 0 for value in cells.values()) >= about["nonzero_cells"]
        and len({value for value in cells.values() if value != 0}) >= about["distinct_values"]
    }


def _print(cells: Mapping[str, Number]) -> str:
    text = ";".join(f"{code}={value}" for code, value in sorted(cells.items()))
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def same_table(table: str, agency: str | None, year: int) -> tuple[str, str, str]:
    """Rule, label and detail for a table that repeats last year's (agency None) or that agency's of that year."""
    about = _data()["same"]
    if agency is None:
        return f"{about['last_year']}:{table}", about["last_year_label"], f"与{year}年报告的同一张表完全相同"
    return f"{about['other']}:{table}", about["other_label"], f"与{agency}{year}年报告的同一张表完全相同"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
