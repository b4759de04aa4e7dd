"""What every kind of question needs, and what several of them do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.cells import Cells
from bot.answers.model import Answer, Figure, Note, Result
from bot.question import form
from bot.question.query import Item, Query
from bot.wording import data
from index.agencies import Directory
from index.store import Index
from index.store.records import Agency


@dataclass(frozen=True, slots=True)
class Context:
    """The index and the day."""

    index: Index
    directory: Directory
    today: date

    def name(self, agency_id: int) -> str:
        return self.agency(agency_id).name

    def agency(self, agency_id: int) -> Agency:
        """The engine lets no agency through that is not loaded."""
        found = self.directory.by_id(agency_id)
        assert found is not None
        return found

    def results(
        self, agencies: Sequence[int], years: Sequence[int], items: Sequence[Item]
    ) -> tuple[list[Result], Cells]:
        """Agency by agency, year by year, item by item."""
        cells = Cells(self.index, list(agencies), years, items)
        found = [
            cells.result(agency, self.name(agency), year, item)
            for agency in agencies
            for year in years
            for item in items
        ]
        return found, cells


def figures_of(results: Iterable[Result]) -> tuple[Figure, ...]:
    """The cells of the results that have a value, each once."""
    seen: dict[tuple[int, int, str], Figure] = {}
    for result in results:
        for figure in result.figures:
            if figure.value is not None:
                seen.setdefault((figure.agency_id, figure.year, figure.code), figure)
    return tuple(seen.values())


def lacking(query: Query, results: Sequence[Result]) -> Answer:
    """No value at all: not loaded, or loaded and not printed."""
    if results and all(result.problem == "no_report" for result in results):
        return Answer(
            "no_report",
            query.kind,
            query,
            tuple(results),
            verdict="year",
            facts={"years": query.years, "agencies": query.agencies},
        )
    printed = [result for result in results if result.problem != "no_report"]
    return Answer(
        "not_in_report", query.kind, query, tuple(printed), verdict=printed[0].problem if printed else "absent"
    )


def notes_of(query: Query) -> tuple[Note, ...]:
    """What was assumed: the year, words put right, parts taken from the conversation."""
    notes: list[Note] = []
    if query.years_from == "default" and query.years:
        notes.append(Note("default_year", {"year": max(query.years)}))
    if query.skipped:
        notes.append(Note("skipped_years", {"years": "、".join(map(str, query.skipped))}))
    if query.inherited:
        notes.append(Note("inherited", {"parts": query.inherited}))
    notes.extend(_notes_of_rows(query))
    notes.extend(Note("repaired", {"found": found, "meant": meant}) for found, meant in query.repaired)
    return tuple(notes)


def _notes_of_rows(query: Query) -> Iterable[Note]:
    """What the form puts into one row though people ask for its parts: 商业秘密 and 个人隐私."""
    rows = data("fields.toml")["row"]
    named = dict.fromkeys(form.split_code(item.code)[0] for item in query.items if item.kind in ("field", "share"))
    return [Note("row", {"note": rows[row]["note"]}) for row in named if "note" in rows.get(row, {})]
