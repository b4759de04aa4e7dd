"""Which rows go with which columns, and what may be divided by what: the form as questions see it."""

from __future__ import annotations

from functools import cache

from bot.question.query import Item
from bot.wording import data
from index.forms import all_fields, fields, sums

APPLICANTS = ("person", "company", "research", "charity", "legal_service", "other_org", "organisations")
RESULTS = ("upheld", "corrected", "other", "pending")
GROUPS = ("requests.refused", "requests.unavailable", "requests.rejected", "requests.other")
OUTCOMES = ("requests.granted", "requests.partly_granted", *GROUPS)
DISPUTES = ("review", "litigation", "litigation.direct", "litigation.after_review")


@cache
def codes() -> frozenset[str]:
    """Every code that may be asked for: fields and sums of all editions."""
    return frozenset(all_fields()) | frozenset(sums())


@cache
def _positions() -> dict[str, int]:
    return {code: place for place, code in enumerate(fields())}


def position(code: str) -> int:
    """Where a field stands on the form; sums come last."""
    return _positions().get(code, len(_positions()))


@cache
def columns_of(row: str) -> tuple[str, ...]:
    """Columns of a row, in printed order: disclosure.normative → issued, repealed, in_force, …"""
    return tuple(
        code[len(row) + 1 :]
        for code in [*fields(), *sums()]
        if code.startswith(row + ".") and "." not in code[len(row) + 1 :]
    )


@cache
def unit_of(code: str) -> str:
    """件 or 万元; 条, 次, 人 and the like in the statistics table."""
    return all_fields()[code].unit if code in all_fields() else sums()[code].unit


@cache
def default_columns(row: str) -> tuple[str, ...]:
    """What a row means when no column is named; several where nothing decides (规范性文件)."""
    here = columns_of(row)
    for single in ("total", "decisions", "amount"):
        if single in here:
            return (single,)
    newest = [each for each in ("issued", "repealed", "in_force") if each in here]
    return tuple(newest or here)


def field_code(row: str, column: str) -> str | None:
    """The code of a row and a column, or None where the form has no such cell."""
    code = f"{row}.{column}"
    if code in codes():
        return code
    if column == "other" and row == "requests.other":
        return "requests.other.miscellaneous.total"
    return None


@cache
def older(code: str) -> tuple[str, ...]:
    """The same thing in the statistics table of reports up to 2018; () where that table has nothing like it."""
    return tuple(data("statistics.toml")["older"].get(code, ()))


def split_code(code: str) -> tuple[str, str]:
    """requests.refused.third_party.person → (requests.refused.third_party, person)."""
    row, _, column = code.rpartition(".")
    return row, column


def kind_of_column(column: str) -> str:
    """applicant, result, document or other: what a column is a column of."""
    if column in APPLICANTS:
        return "applicant"
    if column in RESULTS:
        return "result"
    if column in ("issued", "repealed", "in_force", "made", "disclosed", "disclosed_total"):
        return "document"
    return "plain"


def share(top: str, bottom: str | None = None) -> Item | None:
    """The share that a field is of its natural whole, as an item: a measure where one is defined, else a share.

    Of two that are named, a part stands on top of its whole in whichever order they came: 其他处理在办结里占多少.
    """
    if bottom:
        top, bottom = (bottom, top) if _is_part(bottom, top) else (top, bottom)
        return Item("share", top, of=bottom) if bottom != top else None
    row, column = split_code(top)
    measure = _MEASURE_OF_ROW.get(row)
    if measure and column in (*APPLICANTS, "total"):
        return Item("measure", measure, column=column)
    for code, section in data("measures.toml")["measure"].items():
        if section["top"] == [top] and len(section["bottom"]) == 1:
            return Item("measure", code)
    whole = _whole(row, column)
    return Item("share", top, of=whole) if whole and whole in codes() and whole != top else None


_MEASURE_OF_ROW = {
    "requests.granted": "granted_rate",
    "requests.partly_granted": "partly_granted_rate",
    "requests.refused": "refused_rate",
    "requests.unavailable": "unavailable_rate",
    "requests.rejected": "rejected_rate",
    "requests.other": "other_rate",
    "requests.handled": "handled_rate",
    "requests.carried_out": "carried_out_rate",
}


def _is_part(code: str, whole: str) -> bool:
    """Whether a field is counted in another one: in its group, in its row's total, in all that was handled."""
    row, column = split_code(code)
    whole_row, whole_column = split_code(whole)
    within = row == whole_row or row.startswith(whole_row + ".")
    if whole_row == "requests.handled":
        within = within or row.startswith(OUTCOMES)
    return code != whole and within and (column == whole_column or whole_column == "total")


def _whole(row: str, column: str) -> str:
    if column in RESULTS or column in APPLICANTS:
        return f"{row}.total"
    if row.startswith(GROUPS):
        return f"requests.handled.{column}"
    if row in ("litigation.direct", "litigation.after_review"):
        return "litigation.total"
    return ""
