"""Tokens → what is asked for: fields, measures, shares and topics of the prose.

A question is cut into parts (by separators, and by 多少 where another row follows); each part gives rows and columns, weak
wordings give way to strong ones, and parts lend each other the row or the column they do not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.question import form
from bot.question.query import Item
from bot.question.tokens import Token
from bot.wording.lexicon import STRONG, WEAK_VERB, data


@dataclass(slots=True)
class Part:
    """What one part of a question names; filled while reading it."""

    rows: list[tuple[str, int]] = field(default_factory=list)
    columns: list[tuple[str, int]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    prose: list[Item] = field(default_factory=list)
    rate_at: int = -1
    """How many rows, columns and fields came before 占 or 比例; -1 without."""
    quantity: bool = False
    of_which: bool = False
    each: bool = False
    requests: bool = False
    """申请 itself is named."""
    full: bool = False
    """公开 is said to be a whole one: 予以公开, 全部公开."""
    order: list[str] = field(default_factory=list)
    """Codes in the order they came."""

    @property
    def names_something(self) -> bool:
        return bool(self.rows or self.columns or self.fields or self.measures or self.prose)


@dataclass(frozen=True, slots=True)
class Asked:
    """The items of a question, with what did not fit."""

    items: tuple[Item, ...]
    misfits: tuple[str, ...] = ()
    """Pairs of words the form has no cell for: 行政复议 · 自然人."""
    explicit: bool = True
    """Whether the question itself names an item (False: all taken from the conversation)."""


def ask_items(tokens: Sequence[Token], before: Sequence[Item] = (), *, each: bool = False, rate: bool = True) -> Asked:
    """Items in the order asked. `before`: items of the conversation, which lend row or column to 自然人的呢, 那诉讼呢."""
    parts = [part for part in _parts(tokens, rate) if part.names_something]
    for part in parts:
        _settle(part)
    parts = [part for part in parts if part.names_something]
    if not parts:
        return Asked((), explicit=False)
    _drop_leading_weak(parts)
    _lend(parts, before, each)
    items: list[Item] = []
    misfits: list[str] = []
    for part in parts:
        _compose(part, before, items, misfits)
    return Asked(tuple(dict.fromkeys(items)), tuple(dict.fromkeys(misfits)))


def _parts(tokens: Sequence[Token], rate: bool) -> list[Part]:
    parts = [Part()]
    last_quantity = max((i for i, token in enumerate(tokens) if token.has("quantity")), default=-1)
    for position, token in enumerate(tokens):
        row = _strong_row(token)
        if ((token.has("separator") or (token.has("than") and parts[-1].names_something)) and not _named(token)) or (
            parts[-1].quantity and parts[-1].names_something and row and last_quantity > position
        ):
            parts.append(Part())
        _take(parts[-1], token, rate, position + 1 < len(tokens) and tokens[position + 1].kind == "number")
        if token.text == "单位" and _beside_applicant(tokens, position):
            parts[-1].columns.append(("organisations", STRONG))
            parts[-1].order.append("organisations")
    return parts


def _beside_applicant(tokens: Sequence[Token], position: int) -> bool:
    """单位和个人各多少: 单位 is an applicant where it stands beside one."""
    for step in (1, -1):
        near, far = position + step, position + 2 * step
        if (
            0 <= far < len(tokens)
            and tokens[near].has("separator")
            and set(tokens[far].codes("column")) & set(form.APPLICANTS)
        ):
            return True
    return False


def _named(token: Token) -> bool:
    return any(entry.kind in ("row", "column", "field", "measure") for entry in token.entries)


def _strong_row(token: Token) -> bool:
    return any(entry.kind in ("row", "field", "measure") and entry.strength > WEAK_VERB for entry in token.entries)


_WHOLLY = re.compile("予以|全部|完全|全公开|同意")


def _take(part: Part, token: Token, rate: bool, before_number: bool) -> None:
    if token.has("quantity"):
        part.quantity = True
    if token.has("each"):
        part.each = True
    if "申请" in token.text and any(entry.kind == "row" for entry in token.entries):
        part.requests = True
    if token.has("of_which"):
        part.of_which = True
    if rate and token.has("rate", "percent") and part.rate_at < 0:
        part.rate_at = len(part.order)
    if _WHOLLY.search(token.text):
        part.full = True
    if before_number and token.has("under"):
        return  # 不足20件 compares, and names no shortcomings
    taken = False
    for entry in token.entries:
        if entry.kind == "row":
            part.rows.append((entry.code, entry.strength))
        elif entry.kind == "column":
            part.columns.append((entry.code, 1 if taken else entry.strength))
        elif entry.kind == "field":
            part.fields.append(entry.code)
        elif entry.kind == "measure" and part.rate_at > 0 and part.order:
            row = form.split_code(data("measures.toml")["measure"][entry.code]["top"][0].replace("{column}", "total"))[
                0
            ]
            part.rows.append((row, entry.strength))
            part.order.append(row)
            continue
        elif entry.kind == "measure":
            part.measures.append(entry.code)
        elif entry.kind == "section" or entry.kind == "count":
            part.prose.append(Item(entry.kind, entry.code))
        else:
            continue
        taken = True
        part.order.append(entry.code)


def _settle(part: Part) -> None:
    """Within one part: weak wordings give way, general rows give way to particular ones, prose takes its verbs along."""
    if part.prose:
        part.prose = [each for each in part.prose if each.code != "posts"] or part.prose
        part.rows = [(code, s) for code, s in part.rows if s > WEAK_VERB and not _is_verb_row(code)]
        part.columns = (
            []
            if all(item.kind == "section" for item in part.prose)
            else [(c, s) for c, s in part.columns if s > 2 and c not in _VERB_COLUMNS]
        )
        if any(item.kind == "section" for item in part.prose):
            part.rows, part.fields = [], []
        return
    if part.measures or part.fields:
        part.rows = [
            (code, s)
            for code, s in part.rows
            if s > WEAK_VERB and code not in ("requests.received", "requests.handled")
        ]
        if part.measures:
            part.rows, part.rate_at = [], -1
    if any(code.startswith("requests.refused") for code, _ in part.rows):
        part.rows = [(code, s) for code, s in part.rows if code != "requests.granted"]
    strongest = max((s for _, s in part.rows), default=0)
    part.rows = [(code, s) for code, s in part.rows if s == strongest]
    documents = any(code in ("disclosure.rules", "disclosure.normative") for code, _ in part.rows)
    if not documents and part.rows:
        part.columns = [(c, s) for c, s in part.columns if s > WEAK_VERB]
    if documents:
        part.rows = [(c, s) for c, s in part.rows if not c.startswith("requests.")]
    _general_rows(part)


_VERB_COLUMNS = ("issued", "made", "decisions")


def _is_verb_row(code: str) -> bool:
    return code in ("requests.received", "requests.granted", "disclosure.fees")


def _general_rows(part: Part) -> None:
    """收到的申请里不予公开的 is 不予公开; 不予公开里国家秘密的 is 国家秘密."""
    codes = list(dict.fromkeys(code for code, _ in part.rows))
    if any(not code.startswith("requests.") for code in codes):
        codes = [code for code in codes if code != "requests.received"]
    outcomes = [code for code in codes if code.startswith(form.OUTCOMES)]
    if outcomes and part.rate_at < 0:
        codes = [code for code in codes if code not in ("requests.received", "requests.handled")]
    carried = [code for code in codes if code.startswith("requests.carried")]
    if carried and part.rate_at < 0:
        codes = [code for code in codes if code != "requests.received"]
    if "requests.handled" in codes and part.rate_at < 0:
        codes = [code for code in codes if code != "requests.received"]
    if part.rate_at < 0:
        codes = [code for code in codes if not any(other.startswith(code + ".") for other in codes)]
        codes = _narrow_outcomes(codes)
    part.rows = [(code, 3) for code in codes]
    _narrow_fields(part)


def _narrow_outcomes(codes: list[str]) -> list[str]:
    """因国家秘密不公开的: the refusal only says what the reason leads to. 不予处理的重复申请 likewise."""
    particular = [code for code in codes if code.count(".") == 2 and code.startswith("requests.")]
    if not particular:
        return codes
    return [
        code
        for code in codes
        if code not in ("requests.refused", "requests.unavailable", "requests.rejected", "requests.granted")
    ]


def _narrow_fields(part: Part) -> None:
    """直接起诉 + 败诉 is the corrected column of direct litigation."""
    fields: list[str] = []
    for code in part.fields:
        row, column = form.split_code(code)
        narrower = [each for each, _ in part.rows if each.startswith(row + ".")]
        fields.extend(f"{each}.{column}" for each in narrower) if narrower else fields.append(code)
        part.rows = [(each, s) for each, s in part.rows if each != row and each not in narrower]
        part.columns = [(each, s) for each, s in part.columns if each != column]
    part.fields = fields


def _drop_leading_weak(parts: list[Part]) -> None:
    """在“信息公开申请，不予公开多少”里 the bare noun before the separator only sets the scene."""
    if len(parts) > 1 and not parts[0].quantity and parts[0].of_which and not parts[0].columns:
        del parts[0]


def _lend(parts: list[Part], before: Sequence[Item], each: bool) -> None:
    _merge(parts, each)
    _share_last_column(parts)
    _share_first_column(parts)
    for number, part in enumerate(parts):
        if part.rows or part.fields or part.measures or part.prose or not part.columns:
            continue
        kinds = {form.kind_of_column(column) for column, _ in part.columns}
        lender = next((p for p in [*reversed(parts[:number]), *parts[number + 1 :]] if _fits(p, kinds)), None)
        if lender:
            part.rows = list(lender.rows)
        elif before and not part.rows:
            part.rows = [(row, 3) for row in _rows_of(before, kinds)]


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
        number += 1


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
    """自然人予以公开和部分公开各几件: the applicant named first is everybody's."""
    first = parts[0]
    if not first.rows or not first.columns or {form.kind_of_column(c) for c, _ in first.columns} != {"applicant"}:
        return
    if any(part.quantity for part in parts[:-1]):
        return
    for part in parts[1:]:
        if part.rows and not part.columns and _fits(part, {"applicant"}):
            part.columns = list(first.columns)


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
    for item in part.prose:
        if item.kind == "count" and part.requests and not data("prose.toml")["count"][item.code].get("with_requests"):
            misfits.append(str(data("prose.toml")["count"][item.code]["label"]))
            return
    items.extend(part.prose)
    if part.prose and (part.rows or part.fields):
        misfits.extend(str(data("prose.toml")[each.kind][each.code]["label"]) for each in part.prose)
        return
    if part.prose and not part.rows and not part.fields:
        return
    if part.measures:
        items.extend(_measures(part, columns, misfits))
        return
    tables = {code.split(".")[0].replace("litigation", "review") for code, _ in part.rows} | {
        code.split(".")[0].replace("litigation", "review") for code in part.fields
    }
    if len(tables) > 1 and part.rate_at < 0 and not part.each:
        misfits.append(" · ".join(label(code) for code, _ in part.rows) or label(part.fields[0]))
        return
    applicants = [column for column in dict.fromkeys(columns) if column in form.APPLICANTS]
    if len(applicants) > 1 and not part.each:
        misfits.append(" · ".join(label(column) for column in applicants))
        return
    codes = [*part.fields, *_codes(part, columns, before, misfits)]
    if part.rate_at >= 0 and codes:
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
        rows = _default_rows(named)
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
                misfits.append(label(code))
        return
    if found:
        yield found


def _column_last(part: Part, row: str, column: str) -> bool:
    """不予公开中自然人占多少: the applicant named after the row is a share of the row."""
    if column not in form.APPLICANTS or row not in part.order or column not in part.order or row == "requests.received":
        return False
    return part.order.index(row) < part.order.index(column)


def pair_label(row: str, column: str) -> str:
    return f"{label(row)} · {label(column)}"


def label(code: str) -> str:
    """A short name of a row, column, field or sum, for people."""
    words = data("fields.toml")
    for kind in ("field", "row", "column"):
        if code in words[kind]:
            return str(words[kind][code]["label"])
    row, column = form.split_code(code)
    if row not in words["row"]:
        return code
    plain = column in ("total", "decisions", "amount") and form.default_columns(row) == (column,)
    parent = form.split_code(row)[0]
    head = f"{words['row'][parent]['label']} · " if parent in words["row"] else ""
    return head + str(words["row"][row]["label"]) + ("" if plain else f" · {words['column'][column]['label']}")
