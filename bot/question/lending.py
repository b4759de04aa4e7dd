"""Parts of a question lend each other the row or the column they do not name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.question import form
from bot.question.parts import Part
from bot.question.query import Item


def lend(parts: list[Part], before: Sequence[Item], each: bool) -> None:
    _merge(parts, each)
    _share_last_column(parts)
    _share_first_column(parts)
    for number, part in enumerate(parts):
        if part.rows or part.fields or part.measures or part.prose or not part.columns:
            continue
        kinds = {form.kind_of_column(column) for column, _ in part.columns}
        others = [*reversed(parts[:number]), *parts[number + 1 :]]
        lender = next((p for p in others if _fits(p, kinds)), None)
        if lender:
            part.rows = list(lender.rows)
        elif rows := [row for p in others[:1] for row in _rows_of_fields(p) if _row_takes(row, kinds)]:
            part.rows = [(row, 3) for row in rows]  # 复议维持和纠正
        elif before and not part.rows:
            part.rows = [(row, 3) for row in _rows_of(before, kinds)]


def _rows_of_fields(part: Part) -> list[str]:
    return list(dict.fromkeys(form.split_code(code)[0] for code in part.fields))


def _fits(part: Part, kinds: set[str]) -> bool:
    return bool(part.rows) and all(_row_takes(row, kinds) for row, _ in part.rows)


def _row_takes(row: str, kinds: set[str]) -> bool:
    here = {form.kind_of_column(column) for column in form.columns_of(row)}
    return kinds - {"plain"} <= here


def _rows_of(before: Sequence[Item], kinds: set[str]) -> list[str]:
    rows = [form.split_code(item.code)[0] for item in before if item.kind == "field"]
    return list(dict.fromkeys(row for row in rows if _row_takes(row, kinds)))


def _merge(parts: list[Part], each: bool) -> None:
    """复议后起诉、结果纠正的 is one thing said in two parts."""
    number = 0
    while number + 1 < len(parts) and not each:
        first, second = parts[number], parts[number + 1]
        alone = second.columns and not (second.rows or second.fields or second.measures or second.prose)
        kinds = {form.kind_of_column(column) for column, _ in second.columns}
        if alone and first.rows and not first.columns and not first.quantity and _fits(first, kinds):
            first.columns, first.quantity = second.columns, second.quantity
            first.rate_at = first.rate_at if first.rate_at >= 0 else second.rate_at
            del parts[number + 1]
        elif _narrows(first, second):
            first.columns = [(form.split_code(code)[1], 3) for code in second.fields] or second.columns
            first.quantity, first.rate_at = second.quantity, max(first.rate_at, second.rate_at)
            del parts[number + 1]
        number += 1


def _narrows(first: Part, second: Part) -> bool:
    """先复议再起诉、法院维持的; 复议后起诉、尚未审结的行政诉讼: the result of those lawsuits, not of all."""
    rows = {row for row, _ in first.rows}
    if first.columns or first.fields or first.quantity or second.measures or second.prose:
        return False
    if len(rows) != 1 or not rows <= {"litigation.direct", "litigation.after_review"}:
        return False
    results = [form.split_code(code) for code in second.fields]
    if second.rows:
        listed = second.opened_by in ("、", "，", "且", "并且", "而且") and not second.fields
        results = [("litigation", column) for column, _ in second.columns] if listed else []
        if {row for row, _ in second.rows} != {"litigation"}:
            return False
    return bool(results) and all(row == "litigation" and column in form.RESULTS for row, column in results)


def _share_last_column(parts: list[Part]) -> None:
    """复议和诉讼的维持数: the last part's result or document column is everybody's, if no part has asked before."""
    last = parts[-1]
    kinds = {form.kind_of_column(column) for column, _ in last.columns}
    if not last.rows or not kinds or not kinds <= {"result", "document"}:
        return
    for part in parts[:-1]:
        if part.rows and not part.columns and not part.quantity and _fits(part, kinds):
            part.columns = list(last.columns)


def _share_first_column(parts: list[Part]) -> None:
    """自然人予以公开和部分公开各几件, 制发的规章和规范性文件: what is named first is everybody's."""
    first = parts[0]
    kinds = {form.kind_of_column(c) for c, _ in first.columns}
    ahead = bool(first.columns) and bool(first.order) and first.order[0] == first.columns[0][0]
    if not first.rows or kinds not in ({"applicant"}, {"document"}) or (kinds == {"document"} and not ahead):
        return
    if any(part.quantity for part in parts[:-1]):
        return
    if first.apart and {row for row, _ in first.rows} == {"requests.received"}:
        return
    for part in parts[1:]:
        if part.rows and not part.columns and _fits(part, kinds):
            part.columns = list(first.columns)
