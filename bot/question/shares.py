"""Which of two is the part and which the whole: 甲占乙的几成, 乙里甲的比例, 甲在乙里占多少, 乙中有百分之几是甲."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.question.tokens import Token
from bot.wording import Entry, data

_NAMED = ("row", "column", "field")


@dataclass(frozen=True, slots=True)
class Sides:
    """The words of a part and of its whole."""

    top: tuple[Token, ...]
    whole: tuple[Token, ...]


def sides(tokens: Sequence[Token]) -> Sides | None:
    """None where one of the two is not said, or where more is asked than one share."""
    at = next((i for i, token in enumerate(tokens) if token.has("rate", "percent") or _applicant(token)), -1)
    if at < 0 or not _one_clause(tokens[:at]):
        return None
    column = _applicant(tokens[at])
    top, whole = _of_applicant(tokens, at, column) if column else _apart(tokens, at)
    return Sides(top, whole) if top and whole else None


def _apart(tokens: Sequence[Token], at: int) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    before, after = _named(tokens[:at]), _named(tokens[at + 1 :])
    inside = _inside(tokens[:at])
    if tokens[at].text.startswith("占") and after:
        return before, after  # 甲占乙的几成
    if inside >= 0:
        within = next((i for i in range(inside, -1, -1) if tokens[i].text == "在"), 0)
        if (part := _named(tokens[:within])) and (whole := _named(tokens[within:inside])):
            return part, whole  # 甲在乙里占几成
        return _named(tokens[inside:at]) or after, _named(tokens[:inside])  # 乙里甲占几成, 乙中有百分之几是甲
    if after and any(token.text.startswith("是") for token in tokens[at + 1 :]):
        return after, before  # 乙有多大比例是甲
    return (), ()


def _of_applicant(tokens: Sequence[Token], at: int, column: str) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """乙里自然人占比: one word for who applied and 占比."""
    return (replace(tokens[at], entries=(Entry("column", column),)),), _named(tokens[:at])


def _applicant(token: Token) -> str:
    """自然人占比 → person: the column of a measure that is a column's share of what was received."""
    for code in token.codes("measure"):
        section = data("measures.toml")["measure"][code]
        row, _, column = section["top"][0].rpartition(".")
        if len(section["top"]) == 1 and section["bottom"] == [f"{row}.total"] and row == "requests.received":
            return str(column)
    return ""


def _inside(tokens: Sequence[Token]) -> int:
    return max((i for i, token in enumerate(tokens) if token.has("of_which")), default=-1)


def _one_clause(tokens: Sequence[Token]) -> bool:
    """Nothing is counted before it, and a comma stands only after 里 and 中: 部分公开几件，自然人占多少 asks twice."""
    parted = any(
        token.has("separator") and not (i and tokens[i - 1].has("of_which"))
        for i, token in enumerate(tokens)
        if token.kind == "mark" or _named(tokens[:i])
    )
    return not parted and not any(token.has("quantity", "than") for token in tokens if not token.text.startswith("有"))


def _named(tokens: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(
        token for token in tokens if token.text == "单位" or any(entry.kind in _NAMED for entry in token.entries)
    )
