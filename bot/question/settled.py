"""Every word that asks for a comparison, a calculation or a bound must be settled by the kind of question chosen."""

from __future__ import annotations

from functools import cache

from bot.question.operations import Operation
from bot.question.reading import Reading
from bot.question.tokens import Token
from bot.wording import data


def unsettled(reading: Reading, operation: Operation) -> tuple[str, ...]:
    """Words whose wish the kind of answer cannot fulfil: 平均 in a difference, 最多 in a yes or no."""
    settles = _settles().get(operation.kind)
    if settles is None:
        return ()
    return tuple(token.text for token in reading.tokens if _asks(token) and not token.has(*settles))


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
