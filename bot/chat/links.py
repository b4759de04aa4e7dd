"""Deep links: t.me/bot?start=… that reproduces an answer, in at most 64 of A-Z a-z 0-9 _ -.

f<agency><year>-<item>   asks the same small question as a button: one figure of one report
Q<question>              asks any short question again (a ranking, a comparison), its words packed two bytes a character
"""

from __future__ import annotations

import base64
import binascii
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


def link_of_words(question: str) -> str | None:
    """'2024年申请最多的三个机关' → 'QMjAyNMTq…'; None for a question too long for a link."""
    packed = base64.urlsafe_b64encode(question.strip().encode("gb18030", "ignore")).decode().rstrip("=")
    return f"Q{packed}" if 0 < len(packed) < LONGEST else None


def words_of(payload: str) -> str | None:
    """The question in a link; None for anything else. A stranger may have written it, as he may write any question."""
    if not payload.startswith("Q") or len(payload) > LONGEST:
        return None
    try:
        text = base64.urlsafe_b64decode(payload[1:] + "=" * (-(len(payload) - 1) % 4)).decode("gb18030")
    except (binascii.Error, ValueError):
        return None
    return text if text.isprintable() else None
