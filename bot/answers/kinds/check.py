"""Do a report's numbers agree with each other (勾稽关系)?"""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.cells import TABLE_RULES, warning_of
from bot.answers.context import Context, notes_of
from bot.answers.model import Answer, Note
from bot.question.query import Query
from index.store.records import FailedCheck

MOST = 3
"""Remarks about other reports."""


def answer(query: Query, context: Context) -> Answer:
    """1 if all equations hold among printed cells, else 0 with those that fail."""
    sources = [
        source for each in query.agencies for year in query.years if (source := context.index.source(each, year))
    ]
    if not sources:
        return Answer(
            "no_report", "check", query, verdict="year", facts={"years": query.years, "agencies": query.agencies}
        )
    found = context.index.failed_checks(query.agencies, query.years)
    failed = [warning_of(each) for each in found if each.rule.split(":")[0] in TABLE_RULES]
    facts = {
        "agency": sources[0].agency,
        "year": sources[0].year,
        "title": sources[0].title,
        "file": sources[0].file,
        "count": len(failed),
    }
    return Answer(
        "answer", "check", query, value=0 if failed else 1, verdict="no" if failed else "yes",
        facts=facts, warnings=tuple(failed), notes=(*_beside(found), *notes_of(query)),
    )  # fmt: skip


def _beside(found: Sequence[FailedCheck]) -> list[Note]:
    """Last year's report or the prose says otherwise: no matter of this table, but worth saying."""
    return [Note("between", {"label": each.label, "detail": each.detail}) for each in found if each.between][:MOST]
