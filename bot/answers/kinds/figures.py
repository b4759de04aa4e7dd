"""One or several figures, rates among them; years in a row."""

from __future__ import annotations

from bot.answers.context import Context, figures_of, lacking, notes_of
from bot.answers.coverage import coverage_of, judged_rows
from bot.answers.kinds.beside import beside
from bot.answers.model import Answer
from bot.question.query import Query


def answer(query: Query, context: Context) -> Answer:
    """Every agency × year × item; the value when it is just one."""
    agencies = query.agencies or (query.group.members if query.group else ())
    results, cells = context.results(agencies, query.years, query.items)
    covered = None
    if query.group and not query.agencies:
        covered = coverage_of(query, judged_rows(results, len(query.items), wholly=False))
        results = [each for each in results if each.problem != "no_report"]
    good = [each for each in results if each.value is not None]
    if not good:
        return lacking(query, results)
    single = good[0] if len(results) == 1 else None
    return Answer(
        "answer",
        query.kind,
        query,
        tuple(results),
        figures_of(good),
        single.value if single else None,
        single.unit if single else "",
        verdict="source" if query.topic == "source" else "",
        notes=notes_of(query),
        warnings=cells.warnings(good),
        beside=beside(single, context) if single and query.topic != "source" else (),
        coverage=covered,
    )
