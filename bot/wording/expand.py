"""The small notation of the wording files: `[ ]` may be left out, `( | )` chooses one."""

from __future__ import annotations

from itertools import product

from index.errors import DataError

_BRACKETS = frozenset("[]()")


def expand(pattern: str) -> tuple[str, ...]:
    """All spellings of a pattern, without repeats: `收到[了|过]` → 收到, 收到了, 收到过.

    A bracket that is not closed raises DataError.
    """
    if _BRACKETS.isdisjoint(pattern):
        return (pattern,) if pattern else ()
    spellings, end = _choices(pattern, 0, "")
    if end != len(pattern):
        raise DataError(f"说法“{pattern}”的括号不成对")
    return tuple(dict.fromkeys(spelling for spelling in spellings if spelling))


def _choices(pattern: str, start: int, closing: str) -> tuple[list[str], int]:
    """Alternatives from `start` up to the closing bracket; the position of that bracket."""
    found: list[str] = []
    parts: list[list[str]] = []
    position = start
    while position < len(pattern) and pattern[position] != closing:
        sign = pattern[position]
        if sign in "[(":
            end_sign = "]" if sign == "[" else ")"
            inner, position = _choices(pattern, position + 1, end_sign)
            if position >= len(pattern):
                raise DataError(f"说法“{pattern}”的括号不成对")
            parts.append([*inner, ""] if sign == "[" else inner)
        elif sign in "])":
            raise DataError(f"说法“{pattern}”的括号不成对")
        elif sign == "|" and closing:
            found.extend(_joined(parts))
            parts = []
        else:
            parts.append([sign])
        position += 1
    return found + _joined(parts), position


def _joined(parts: list[list[str]]) -> list[str]:
    return ["".join(choice) for choice in product(*parts)]
