"""Codes and items → figures and results: cells as stored, sums of cells, rates of sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from bot.answers.model import Figure, Result, Warning
from bot.question import form
from bot.question.names import label
from bot.question.query import Item
from bot.wording import data
from index.forms import editions, sums
from index.report import Number
from index.store import Index
from index.store.records import FailedCheck, Source, StoredFigure

TABLE_RULES = (
    "row_total", "carried", "handled", "dispute_total", "statistics_received", "statistics_concluded",
    "statistics_answered", "statistics_refused", "statistics_disputes", "statistics_staff",
)  # fmt: skip
"""Equations among the cells of one report's tables."""
PROSE = "prose"
"""Rule of what the prose states otherwise than the table: prose:requests.received.total."""


@cache
def top_of(item: Item) -> tuple[str, ...]:
    """Codes above the line; for a field the field itself."""
    if item.kind == "measure":
        return _filled(item, "top")
    return (item.code,)


@cache
def bottom_of(item: Item) -> tuple[str, ...]:
    """Codes below the line; () for a field."""
    if item.kind == "measure":
        return _filled(item, "bottom")
    return (item.of,) if item.kind == "share" else ()


def _filled(item: Item, side: str) -> tuple[str, ...]:
    codes = data("measures.toml")["measure"][item.code][side]
    return tuple(code.format(column=item.column) for code in codes)


def unit_of(item: Item) -> str:
    """件, 万元 or %."""
    return "%" if item.kind in ("measure", "share") else form.unit_of(item.code)


@cache
def leaves(code: str) -> frozenset[str]:
    """The code and every code its sums are made of."""
    parts = [part for way in ways(code) for part in way]
    return frozenset({code}).union(*(leaves(part) for part in parts))


@cache
def ways(code: str) -> tuple[tuple[str, ...], ...]:
    """The ways a sum is made up, newest edition first; () for a plain field."""
    found = [each.sums[code].parts for each in editions() if code in each.sums]
    return tuple(dict.fromkeys(found)) if code in sums() else ()


class Cells:
    """The figures of some reports, read once; sums are made here when all their parts are there."""

    def __init__(
        self, index: Index, agency_ids: Sequence[int] | None, years: Sequence[int], items: Iterable[Item]
    ) -> None:
        self.index = index
        codes = {leaf for item in items for code in (*top_of(item), *bottom_of(item)) for leaf in leaves(code)}
        codes |= {each for item in items if item.kind == "field" for each in form.older(item.code)}
        self._stored: dict[tuple[int, int, str], StoredFigure] = {}
        self._sources: dict[tuple[int, int], Source | None] = {}
        for each in index.figures(agency_ids, list(years), sorted(codes), evidence=True):
            key = (each.source.agency_id, each.source.year)
            self._stored[(*key, each.code)] = each
            self._sources[key] = each.source

    def source(self, agency_id: int, year: int) -> Source | None:
        key = (agency_id, year)
        if key not in self._sources:
            self._sources[key] = self.index.source(agency_id, year)
        return self._sources[key]

    def figure(self, agency_id: int, year: int, code: str) -> Figure | None:
        """The figure, blank or absent ones too; None when the report is not loaded."""
        source = self.source(agency_id, year)
        if source is None:
            return None
        stored = self._stored.get((agency_id, year, code))
        if stored is not None:
            return _from_stored(stored)
        states = [self._sum(source, code, way) for way in ways(code)]
        whole = next((each for each in states if each.value is not None), None)
        if whole is not None:
            return whole
        return next((each for each in states if each.state == "blank"), _absent(source, code))

    def _sum(self, source: Source, code: str, parts: Sequence[str]) -> Figure:
        """The sum if every part is there; blank if only empty cells are in the way; absent otherwise."""
        found = [self.figure(source.agency_id, source.year, part) for part in parts]
        known = [each for each in found if each is not None]
        states = {each.state for each in known}
        if "absent" in states or len(known) < len(parts):
            return _absent(source, code)
        if "blank" in states:
            return _absent(source, code, "blank")
        total: Number = sum((each.value for each in known if each.value is not None), 0)
        cells = tuple(
            (cell, value) for each in known for cell, value in (each.parts or ((each.code, each.value or 0),))
        )
        corrected = any(each.corrected for each in known)
        place = known[0].place
        return Figure(
            source.agency_id, source.agency, source.year, code, total, form.unit_of(code), "printed",
            source.title, source.file, source.sha256, place, "", cells, corrected,
        )  # fmt: skip

    def result(self, agency_id: int, agency: str, year: int, item: Item) -> Result:
        """The value of an item in one report, or why there is none."""
        item = self._as_printed(agency_id, year, item)
        tops = [self.figure(agency_id, year, code) for code in top_of(item)]
        bottoms = [self.figure(agency_id, year, code) for code in bottom_of(item)]
        source = self.source(agency_id, year)
        if source is None:
            return Result(agency_id, agency, year, item, None, unit_of(item), (), problem="no_report")
        figures = tuple(each for each in (*tops, *bottoms) if each is not None)
        lacking = [each.state for each in figures if each.value is None]
        if lacking:
            problem = "blank" if set(lacking) == {"blank"} else "absent"
            return Result(agency_id, source.agency, year, item, None, unit_of(item), figures, problem=problem)  # type: ignore[arg-type]
        top: Number = sum((each.value for each in tops if each and each.value is not None), 0)
        if not bottoms:
            return Result(agency_id, source.agency, year, item, top, unit_of(item), figures)
        bottom: Number = sum((each.value for each in bottoms if each and each.value is not None), 0)
        if not bottom:
            return Result(agency_id, source.agency, year, item, None, "%", figures, top, bottom, problem="zero")
        small = bottom < data("measures.toml")["rules"]["small"]
        return Result(
            agency_id, source.agency, year, item, float(top) / float(bottom) * 100, "%", figures, top, bottom, small
        )

    def _as_printed(self, agency_id: int, year: int, item: Item) -> Item:
        """The item, or the same thing in the statistics table where the report has that table instead."""
        older = form.older(item.code) if item.kind == "field" else ()
        stored = [self._stored[key] for code in older if (key := (agency_id, year, code)) in self._stored]
        if not stored or len({each.value for each in stored}) > 1:
            return item
        current = self.figure(agency_id, year, item.code)
        return Item("field", stored[0].code) if current is not None and current.state == "absent" else item

    def warnings(self, results: Sequence[Result]) -> tuple[Warning, ...]:
        """Equations that fail and concern a cell of these results, and prose that states one of them otherwise."""
        used: dict[tuple[int, int], set[str]] = {}
        for figure in (figure for result in results for figure in result.figures):
            cells = used.setdefault((figure.agency_id, figure.year), set())
            cells |= {figure.code, *(code for code, _ in figure.parts)}
        if not used:
            return ()
        agencies, years = sorted({a for a, _ in used}), sorted({y for _, y in used})
        codes = sorted(set().union(*used.values()))
        found = []
        for failed in self.index.failed_checks(agencies, years, codes):
            cells = used.get((failed.source.agency_id, failed.source.year), set())
            rule, _, about = failed.rule.partition(":")
            if failed.codes & cells and (rule in TABLE_RULES or (rule == PROSE and about in cells)):
                found.append(warning_of(failed, beside=rule == PROSE))
        return tuple(dict.fromkeys(found))


def warning_of(failed: FailedCheck, *, beside: bool = False) -> Warning:
    """With the column or row that the equation is about: two columns may break the same one."""
    source = failed.source
    return Warning(source.agency, source.year, failed.label + _about(failed), failed.detail, failed.verdict, beside)


def _about(failed: FailedCheck) -> str:
    """（自然人列）; （不予公开 · 国家秘密）; '' where the label says it."""
    rule = failed.rule.partition(":")[0]
    rows, columns = (set(each) for each in zip(*(form.split_code(code) for code in failed.codes), strict=True))
    if rule in ("carried", "handled") and len(columns) == 1:
        column = columns.pop()
        return f"（{'总计' if column == 'total' else label(column)}列）"
    return f"（{label(rows.pop() + '.total')}）" if rule == "row_total" and len(rows) == 1 else ""


def _from_stored(stored: StoredFigure) -> Figure:
    source = stored.source
    return Figure(
        agency_id=source.agency_id,
        agency=source.agency,
        year=source.year,
        code=stored.code,
        value=stored.value,
        unit=form.unit_of(stored.code),
        state=stored.status,
        title=source.title,
        file=source.file,
        sha256=source.sha256,
        place=stored.place,
        raw=stored.raw,
        corrected=stored.corrected,
    )


def _absent(source: Source, code: str, state: str = "absent") -> Figure:
    return Figure(
        source.agency_id, source.agency, source.year, code, None, form.unit_of(code), state,  # type: ignore[arg-type]
        source.title, source.file, source.sha256,
    )  # fmt: skip
