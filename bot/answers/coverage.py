"""Who is in a ranking, a sum or an average, and who is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answers.model import Coverage, Named, Result
from bot.question.query import Query

MOST_NAMES = 12
"""Names listed in a coverage line; of more only two thirds as many, and the rest are counted."""


def coverage_of(query: Query, results: Sequence[Result], flagged: Sequence[str] = ()) -> Coverage:
    """The results with a value, and the reasons of the others."""
    good = [each for each in results if each.value is not None]
    blank = [_name(each, query) for each in results if each.problem in ("blank", "absent", "zero")]
    lost = [each for each in results if each.problem == "no_report"]
    by_year = len(query.years) > 1 and len(query.agencies) != 1
    missing = [] if by_year else [_name(each, query) for each in lost]
    unloaded = list(query.group.missing) if query.group and not query.agencies else []
    label = query.group.label if query.group and not query.agencies else ""
    return Coverage(
        label, len(good), len(results) + len(unloaded),
        named([*missing, *unloaded]), missing_of([(each.year, each.agency) for each in lost]) if by_year else (),
        named(blank), named(flagged),
        unbounded=bool(label) and query.group is not None and query.group.kind == "departments",
    )  # fmt: skip


def named(names: Iterable[str], most: int = MOST_NAMES) -> Named:
    """Each once; the first few of many."""
    each = tuple(dict.fromkeys(names))
    return Named(each if len(each) <= most else each[: most * 2 // 3], len(each))


def missing_of(lost: Iterable[tuple[int, str]]) -> tuple[tuple[int, Named], ...]:
    """(year, agency) without a report → the agencies year by year."""
    years: dict[int, list[str]] = {}
    for year, agency in lost:
        years.setdefault(year, []).append(agency)
    most = max(3, MOST_NAMES // max(1, len(years)))
    return tuple((year, named(years[year], most)) for year in sorted(years))


def judged_rows(results: Sequence[Result], width: int, *, wholly: bool = True) -> list[Result]:
    """One result an agency and year, of `width` items: the first without a value, if any; not `wholly`: with one."""
    rows = [results[start : start + width] for start in range(0, len(results), width)]
    return [next((each for each in row if (each.value is None) == wholly), row[0]) for row in rows]


def _name(result: Result, query: Query) -> str:
    if len(query.years) > 1 and len(query.agencies) == 1:
        return f"{result.year}年"
    return f"{result.agency}{result.year}年" if len(query.years) > 1 else result.agency
