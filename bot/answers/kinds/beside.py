"""What stands beside a single figure: its applicants, its share, last year's. Context, never part of the answer."""

from __future__ import annotations

from bot.answers.context import Context
from bot.answers.model import Result
from bot.question import form
from bot.question.query import Item


def beside(result: Result, context: Context) -> tuple[Result, ...]:
    """Only what is printed: a cell without a value has no context, and a total of 0 no parts."""
    item = result.item
    if item.kind != "field" or not result.value:
        return ()
    row, column = form.split_code(item.code)
    codes = [f"{row}.{each}" for each in ("person", "organisations")] if column == "total" else []
    applicants = [Item("field", code) for code in codes if code in form.codes()]
    share = form.share(item.code) if item.code.startswith(("requests.", "review.", "litigation.")) else None
    wanted = [*applicants, *([share] if share else []), item]
    found, _ = context.results((result.agency_id,), (result.year, result.year - 1), wanted)
    here, before = found[: len(wanted) - 1], found[-1]
    earlier = [before] if before.value is not None and before.item == item else []
    return (*(each for each in here if each.value is not None), *earlier)
