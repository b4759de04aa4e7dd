"""Every word that asks for a comparison, a calculation or a bound must be settled by the kind of question found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from bot.question.operations import Operation
from bot.question.reading import Reading
from bot.question.tokens import Token
from bot.wording import data


def unsettled(reading: Reading, operation: Operation) -> tuple[str, ...]:
    """Words whose wish the kind of answer cannot fulfil: 平均 in a difference, 最多 in a yes or no."""
    settles = _settles().get(_key(operation))
    if settles is None:
        return ()
    tokens = reading.tokens
    if operation.conditions and reading.has("roughly"):
        return tuple(token.text for token in tokens if token.has("roughly"))  # 是100件左右吗 has no yes or no
    return tuple(
        token.text
        for place, token in enumerate(tokens)
        if _asks(token) and not token.has(*settles) and not _beside_number(tokens, place)
    )


def _key(operation: Operation) -> str:
    """A yes or no settles other words when it compares, when it holds a figure to a bound, and when neither."""
    if operation.kind in ("sum", "average") and operation.conditions:
        return f"{operation.kind}_bounded"
    if operation.kind != "yes_no":
        return operation.kind
    bounded = operation.claim in ("holds", "unsure") and all(each.of == "value" for each in operation.conditions)
    if bounded:
        return "yes_no_bounded"
    return "yes_no" if operation.claim in ("exists", "none") else "yes_no_compared"


def _beside_number(tokens: Sequence[Token], place: int) -> bool:
    """最多｜400件, 比｜40%｜高: words of a bound, which the condition has taken."""
    follows = tokens[place + 1] if place + 1 < len(tokens) else None
    if follows is not None and follows.kind == "number":
        return tokens[place].text in ("最多", "最少") or tokens[place].has("than")
    near = tokens[max(0, place - 4) : place]
    if tokens[place].text in data("bounds.toml")["behind"]["always"] and any(each.kind == "number" for each in near):
        return True
    return tokens[place].has("more", "less") and any(a.has("than") and b.kind == "number" for a, b in pairwise(near))


def _asks(token: Token) -> bool:
    """Only what can mean nothing else: 过 is also a particle, 多 may stand in a wording of an item."""
    asking = _asking()
    return bool(token.entries) and all(e.kind == "operation" and e.code in asking for e in token.entries)


@cache
def _asking() -> frozenset[str]:
    return frozenset(data("kinds.toml")["asking"])


@cache
def _settles() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(codes) for kind, codes in data("kinds.toml")["settles"].items()}
