"""Tokens → what is asked for: fields, measures, shares and topics of the prose.

A question is cut into parts; each gives rows and columns, and the parts lend each other what they do not name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.question import form
from bot.question.lending import lend
from bot.question.names import label, pair_label
from bot.question.parts import Part, publishes, read_parts, settle
from bot.question.query import Item
from bot.question.shares import sides
from bot.question.tokens import Token
from bot.wording import data
from bot.wording.lexicon import WEAK_VERB

__all__ = ["Asked", "ask_items", "label", "pair_label"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The items of a question, with what did not fit."""

    items: tuple[Item, ...]
    misfits: tuple[str, ...] = ()
    """Pairs of words the form has no cell for: 行政复议 · 自然人."""
    explicit: bool = True
    """Whether the question itself names an item (False: all taken from the conversation)."""


def ask_items(tokens: Sequence[Token], before: Sequence[Item] = (), *, each: bool = False, rate: bool = True) -> Asked:
    """Items in the order asked. `before`: items of the conversation, which lend row or column: 那诉讼呢."""
    if rate and (share := _part_of_whole(tokens)):
        return share
    parts = _parts(tokens, rate)
    if not parts:
        return Asked((), explicit=False)
    _set_the_scene(parts)
    _one_row(parts)
    _without_verbs(parts)
    lend(parts, before, each)
    items: list[Item] = []
    misfits: list[str] = []
    for part in parts:
        _compose(part, before, items, misfits)
    return Asked(tuple(dict.fromkeys(items)), tuple(dict.fromkeys(misfits)))


def _parts(tokens: Sequence[Token], rate: bool) -> list[Part]:
    parts = [part for part in read_parts(tokens, rate) if part.names_something]
    for part in parts:
        settle(part)
    return [part for part in parts if part.names_something]


def _part_of_whole(tokens: Sequence[Token]) -> Asked | None:
    """不予公开里企业占几成, 无法提供的在收到的里占多少: the share of two that are named, if they are."""
    said = sides(tokens)
    if not said:
        return None
    top, whole = _parts(said.top, False), _parts(said.whole, False)
    if len(top) != 1 or len(whole) != 1 or not (whole[0].rows or whole[0].fields):
        return None
    misfits: list[str] = []
    of = [*whole[0].fields, *_codes(whole[0], [column for column, _ in whole[0].columns], (), misfits)]
    if len(of) != 1 or misfits:
        return None
    row, column = form.split_code(of[0])
    columns = [each for each, _ in top[0].columns]
    if top[0].rows or top[0].fields:
        codes = [*top[0].fields, *_codes(top[0], columns or [column], (), misfits)]
    elif column == "total" and row != "requests.received":
        codes = list(_cells(row, columns, misfits))
        if misfits:
            return Asked((), tuple(misfits))  # 行政复议里自然人占多少
    else:
        return None
    known = len(codes) == 1 and not misfits and form.unit_of(codes[0]) == form.unit_of(of[0])
    share = form.share(codes[0], of[0]) if known else None
    return Asked((share,)) if share else None


def _set_the_scene(parts: list[Part]) -> None:
    """信息公开申请，不予公开多少; 企业的申请，无法提供的几件: what comes before the comma says of what is asked."""
    if len(parts) < 2 or parts[0].quantity:
        return
    first, rest = parts[0], parts[1:]
    if first.of_which and not first.columns:
        del parts[0]
        return
    if rest[0].opened_by != "，" or any(part.opened_by == "，" for part in rest[1:]):
        return
    own = {row for row, _ in first.rows}
    if rest[0].of_which and len(own) == 1 and all(_lies_below(part, own) for part in rest):
        del parts[0]  # 不予处理的，其中重复申请几件
        return
    requests = first.requests and own == {"requests.received"} and not first.fields
    if requests and all(part.rows and all(row.startswith(_OF_REQUESTS) for row, _ in part.rows) for part in rest):
        for part in rest:
            part.columns = part.columns or list(first.columns)
        del parts[0]


def _one_row(parts: list[Part]) -> None:
    """属于过程性信息、不予公开的有几件: a row and its group, joined by 、, are one; 各几件 asks for both."""
    if len(parts) != 2 or parts[1].opened_by != "、" or parts[0].quantity or any(part.each for part in parts):
        return
    rows = [{row for row, _ in part.rows} for part in parts]
    for own, other in ((0, 1), (1, 0)):
        if len(rows[own]) == len(rows[other]) == 1 and _lies_below(parts[own], rows[other]):
            parts[own].columns = parts[own].columns or list(parts[other].columns)
            del parts[other]
            return


_OF_REQUESTS = (*form.OUTCOMES, "requests.handled", "requests.carried_out")
"""What becomes of requests received."""


def _lies_below(part: Part, rows: set[str]) -> bool:
    (row,) = rows
    return bool(part.rows) and all(each.startswith(row + ".") for each, _ in part.rows)


def _without_verbs(parts: list[Part]) -> None:
    """许可比2022年少办多少: the verb behind the comparison names nothing new."""
    if not parts or not parts[0].rows or any(row.startswith("requests.") for row, _ in parts[0].rows):
        return
    for part in [each for each in parts[1:] if each.opened_by and each.opened_by not in "，、和与"]:
        rows = {row for row, _ in part.rows}
        if rows <= {"requests.handled", "requests.received"} and part.verbal and not (part.columns or part.fields):
            parts.remove(part)


def _narrowed(fields: Sequence[str], before: Sequence[Item]) -> list[str]:
    """赢了几件 after 直接起诉的呢 is about direct litigation."""
    rows = {form.split_code(item.code)[0] for item in before if item.kind == "field"}
    narrow = rows & {"litigation.direct", "litigation.after_review"}
    if len(narrow) != 1:
        return list(fields)
    row = next(iter(narrow))
    return [
        f"{row}.{code.rsplit('.', 1)[1]}" if code.startswith("litigation.") and code.count(".") == 1 else code
        for code in fields
    ]


def _compose(part: Part, before: Sequence[Item], items: list[Item], misfits: list[str]) -> None:
    columns = [column for column, _ in part.columns]
    part.fields = _narrowed(part.fields, before)
    if publishes(part, "anything"):
        misfits.append(label(columns[0]))
        return
    for item in part.prose:
        if item.kind == "count" and part.requests and not data("prose.toml")["count"][item.code].get("with_requests"):
            misfits.append(str(data("prose.toml")["count"][item.code]["label"]))
            return
    money = any(column == "amount" for column, _ in part.columns) and any(each.code != "fee" for each in part.prose)
    if part.prose and (part.rows or part.fields or part.measures or money):
        misfits.extend(str(data("prose.toml")[each.kind][each.code]["label"]) for each in part.prose)
        return
    if part.prose:
        items.extend(part.prose)
        return
    if part.measures:
        items.extend(_measures(part, columns, misfits))
        return
    tables = {code.split(".")[0].replace("litigation", "review") for code, _ in part.rows} | {
        code.split(".")[0].replace("litigation", "review") for code in part.fields
    }
    fees = any(code == "disclosure.fees" for code, _ in part.rows)
    if fees and not part.each and (part.requests or len(dict.fromkeys(code for code, _ in part.rows)) > 1):
        misfits.append(label("disclosure.fees"))
        return
    if len(tables) > 1 and part.rate_at < 0 and not part.each:
        misfits.append(" · ".join(label(code) for code, _ in part.rows) or label(part.fields[0]))
        return
    applicants = [column for column in dict.fromkeys(columns) if column in form.APPLICANTS]
    if len(applicants) > 1 and not part.each:
        misfits.append(" · ".join(label(column) for column in applicants))
        return
    codes = [*part.fields, *_codes(part, columns, before, misfits)]
    if part.rate_at >= 0 and codes:
        earlier = [item.code for item in before if item.kind == "field"]
        if part.shares_of and len(codes) == len(earlier) == 1 and (found := form.share(earlier[0], codes[0])):
            items.append(found)
            return
        items.extend(_shares(part, codes, misfits))
        return
    if part.fields and any(form.kind_of_column(column) == "applicant" for column in columns):
        misfits.append(pair_label(part.fields[0], columns[0]))
        return
    items.extend(Item("field", code) for code in codes)


def _measures(part: Part, columns: Sequence[str], misfits: list[str]) -> Iterable[Item]:
    applicants = [column for column in columns if column in form.APPLICANTS]
    for code in dict.fromkeys(part.measures):
        section = data("measures.toml")["measure"][code]
        if not applicants:
            yield Item("measure", code)
        elif "{column}" in section["top"][0]:
            yield from (Item("measure", code, column=column) for column in applicants)
        elif not section["top"][0].endswith(tuple(applicants)):
            misfits.append(pair_label(section["top"][0], applicants[0]))
        else:
            yield Item("measure", code)


def _codes(part: Part, columns: Sequence[str], before: Sequence[Item], misfits: list[str]) -> list[str]:
    named = [column for column in dict.fromkeys(columns) if column != "total"]
    rows = [row for row, _ in part.rows]
    if part.fields and not rows:
        return []
    if not rows:
        rows = _default_rows([column for column, strength in part.columns if strength > WEAK_VERB])
    codes: list[str] = []
    for row in rows:
        chosen = named or (
            ["total"] if "total" in columns and "total" in form.columns_of(row) else _inherited_columns(row, before)
        )
        codes.extend(_cells(row, chosen, misfits))
    return list(dict.fromkeys(codes))


def _cells(row: str, columns: Sequence[str], misfits: list[str]) -> Iterable[str]:
    kinds = [form.kind_of_column(column) for column in columns]
    if "applicant" in kinds and ("result" in kinds or "document" in kinds):
        misfits.append(pair_label(row, columns[0]))
        return
    for column in columns:
        code = form.field_code(row, column)
        if code:
            yield code
        else:
            misfits.append(pair_label(row, column))


def _inherited_columns(row: str, before: Sequence[Item]) -> Sequence[str]:
    """规范性文件呢 after 规章现行有效: the column asked before, where this row has it."""
    for item in before:
        if item.kind != "field":
            continue
        earlier_row, column = form.split_code(item.code)
        if earlier_row == row and earlier_row in form.DISPUTES:
            continue  # 官司呢 after 败诉几件 asks for all of them
        alike = form.kind_of_column(column) != "plain" and earlier_row.split(".")[0] == row.split(".")[0]
        dispute = earlier_row in form.DISPUTES and row in form.DISPUTES
        if (alike or dispute) and form.field_code(row, column):
            return (column,)
    return form.default_columns(row)


def _default_rows(columns: Sequence[str]) -> list[str]:
    kinds = {form.kind_of_column(column) for column in columns}
    if kinds == {"applicant"}:
        return ["requests.received"]
    if kinds == {"result"}:
        return ["review", "litigation"]
    if kinds == {"document"}:
        return ["disclosure.normative", "disclosure.rules"]
    if "projects" in columns:
        return ["procurement"]
    return []


def _shares(part: Part, codes: list[str], misfits: list[str]) -> Iterable[Item]:
    """A占B的比例 is A / B; B中A的占比 likewise; without B the natural whole."""
    if len(codes) == 2 and 0 < part.rate_at < len(part.order):
        top, bottom = codes
        found = form.share(top, bottom)
    elif len(codes) == 2 and (part.of_which or codes[1].startswith(form.split_code(codes[0])[0] + ".")):
        found = form.share(codes[1], codes[0])
    else:
        for code in codes:
            row, column = form.split_code(code)
            if _column_last(part, row, column):
                yield Item("share", code, of=f"{row}.total")
                continue
            if row == "requests.granted" and not part.full:
                yield Item("measure", "disclosure_rate", column=column)
                continue
            one = form.share(code)
            if one:
                yield one
            else:
                misfits.append(f"{label(code)}占比")
        return
    if found:
        yield found


def _column_last(part: Part, row: str, column: str) -> bool:
    """不予公开中自然人占多少: the applicant named after the row is a share of the row."""
    if column not in form.APPLICANTS or row not in part.order or column not in part.order or row == "requests.received":
        return False
    return part.order.index(row) < part.order.index(column)
