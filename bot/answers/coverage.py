"""Who is in a ranking, a sum or an average, and who is not."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.model import Coverage, Result
from bot.question.query import Query

MOST_NAMES = 12
"""Names listed in a coverage line; the rest are counted."""


def coverage_of(query: Query, results: Sequence[Result], flagged: Sequence[str] = ()) -> Coverage:
    """The results with a value, and the reasons of the others."""
    good = [each for each in results if each.value is not None]
    blank = [_name(each, query) for each in results if each.problem in ("blank", "absent", "zero")]
    missing = [_name(each, query) for each in results if each.problem == "no_report"]
    unloaded = list(query.group.missing) if query.group and not query.agencies else []
    label = query.group.label if query.group and not query.agencies else ""
    total = len(results) + len(unloaded)
    names = tuple(dict.fromkeys([*missing, *unloaded]))
    return Coverage(
        label, len(good), total, names[:MOST_NAMES], tuple(dict.fromkeys(blank))[:MOST_NAMES], tuple(flagged),
        unbounded=bool(label) and query.group is not None and query.group.kind == "departments",
    )  # fmt: skip


def judged_rows(results: Sequence[Result], width: int, *, wholly: bool = True) -> list[Result]:
    """One result an agency and year, of `width` items: the first without a value, if any; not `wholly`: with one."""
    rows = [results[start : start + width] for start in range(0, len(results), width)]
    return [next((each for each in row if (each.value is None) == wholly), row[0]) for row in rows]


def _name(result: Result, query: Query) -> str:
    if len(query.years) > 1 and len(query.agencies) == 1:
        return f"{result.year}年"
    return f"{result.agency}{result.year}年" if len(query.years) > 1 else result.agency
