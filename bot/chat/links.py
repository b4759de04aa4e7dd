"""Deep links: t.me/bot?start=… that asks the same small question as a button, in at most 64 of A-Z a-z 0-9 _ -."""

from __future__ import annotations

import re

from bot.chat.callbacks import Press

LONGEST = 64
_LINK = re.compile(r"([a-z])([A-Za-z0-9_-]{8})(\d{1,4})-([A-Za-z0-9_-]+)")


def link(press: Press) -> str | None:
    """Press('qf', (code, '2024', 'q.received.total')) → 'fCODECODE2024-q-received-total'; None if it cannot be one."""
    if len(press.kind) != 2 or press.kind[0] != "q" or len(press.parts) != 3:
        return None
    code, year, item = press.parts
    payload = f"{press.kind[1]}{code}{year}-{item.replace('.', '-').replace('@', '--')}"
    return payload if len(payload) <= LONGEST and unlink(payload) == press else None


def unlink(payload: str) -> Press | None:
    """What a link asks; None for anything else. It is a stranger's text: only its shape is trusted."""
    match = _LINK.fullmatch(payload)
    if match is None:
        return None
    item = match[4].replace("--", "@").replace("-", ".")
    return Press(f"q{match[1]}", (match[2], match[3], item))
