"""What a button carries: `version:kind:parts`, at most 64 bytes of codes, never names.

Buttons live for years in people's chats, so a version once given keeps its meaning, and whatever cannot be
understood is a typed nothing that gets one sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

VERSION = "1"
LIMIT = 64
_DATA = re.compile(r"1:([a-z]{1,4})((?::[A-Za-z0-9_.@\-]{0,48}){0,5})")


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed."""

    kind: str
    parts: tuple[str, ...]


def pack(kind: str, *parts: object) -> str:
    """('p', 'x7', 2) → '1:p:x7:2'. Raises ValueError for what a button cannot carry."""
    data = ":".join((VERSION, kind, *(str(part) for part in parts)))
    if len(data.encode()) > LIMIT or unpack(data) != Press(kind, tuple(str(part) for part in parts)):
        raise ValueError(f"not callback data: {data!r}")
    return data


def unpack(data: object) -> Press | None:
    """'1:p:x7:2' → Press('p', ('x7', '2')); None for anything this program did not make."""
    match = _DATA.fullmatch(data) if isinstance(data, str) else None
    if match is None:
        return None
    return Press(match[1], tuple(match[2].split(":")[1:]))
