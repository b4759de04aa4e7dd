"""What a button carries: a small question in at most 64 bytes, versioned, that needs no memory to be answered.

`1f|12|2024|q.received.total` asks agency 12 in 2024 for that field, `Mdisclosure_rate@total` for a measure,
`Rq.received.person@l.total` for a share (`Rq.received.person@` of its row's total). A pick among
candidates that cannot be written so (`1p|12`) leans on the conversation.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.question import form
from bot.question.query import Item
from bot.wording import data

VERSION = "1"
LONGEST = 64
"""Bytes Telegram allows."""

_SHORT = (
    ("requests.refused.", "qr."), ("requests.unavailable.", "qu."), ("requests.rejected.", "qj."),
    ("requests.handled.", "qh."), ("statistics.interpretation.", "si."), ("requests.", "q."), ("disclosure.", "d."),
    ("litigation.", "l."), ("statistics.requests.", "sq."), ("statistics.", "s."),
)  # fmt: skip
VERBS = {"f": "figure", "t": "trend", "c": "compare", "s": "source", "p": "pick"}


@dataclass(frozen=True, slots=True)
class Action:
    """A button press, decoded."""

    verb: str
    """figure, trend, compare, source or pick."""
    agency: int
    year: int = 0
    """0: the latest."""
    item: Item | None = None


def encode(verb: str, agency: int, year: int = 0, item: Item | None = None) -> str | None:
    """The payload, or None where it cannot be written in 64 bytes."""
    letter = next(short for short, name in VERBS.items() if name == verb)
    text = f"{VERSION}{letter}|{agency}"
    if verb != "pick":
        written = _write(item) if item else None
        if written is None:
            return None
        text += f"|{year}|{written}"
    return text if len(text.encode()) <= LONGEST else None


def decode(payload: str) -> Action | None:
    """What a payload asks; None for one that this version does not know."""
    head, _, rest = payload.partition("|")
    if len(head) != 2 or head[0] != VERSION or head[1] not in VERBS:
        return None
    parts = rest.split("|")
    verb = VERBS[head[1]]
    try:
        if verb == "pick":
            return Action(verb, int(parts[0]))
        item = _read(parts[2])
        return Action(verb, int(parts[0]), int(parts[1]), item) if item else None
    except (ValueError, IndexError):
        return None


def _write(item: Item) -> str | None:
    if item.kind == "field":
        return _shorten(item.code)
    if item.kind == "measure":
        return f"M{item.code}@{item.column}"
    if item.kind == "share":
        return _write_share(item)
    if item.kind in ("section", "count"):
        return ("S" if item.kind == "section" else "C") + item.code
    return None


def _read(text: str) -> Item | None:
    if text.startswith("M"):
        code, _, column = text[1:].partition("@")
        known = code in data("measures.toml")["measure"] and column in (*form.APPLICANTS, "total")
        return Item("measure", code, column=column) if known else None
    if text.startswith("R"):
        return _read_share(text[1:])
    if text.startswith("S"):
        return Item("section", text[1:]) if text[1:] in data("prose.toml")["section"] else None
    if text.startswith("C"):
        return Item("count", text[1:]) if text[1:] in data("prose.toml")["count"] else None
    code = _lengthen(text)
    return Item("field", code) if code in form.codes() else None


def _write_share(item: Item) -> str:
    row, column = form.split_code(item.of)
    within = row == form.split_code(item.code)[0]
    of = _shorten(item.of) if not within else "" if column == "total" else column
    return f"R{_shorten(item.code)}@{of}"


def _read_share(text: str) -> Item | None:
    """Only of two cells of one unit: of 件 and 万元 nobody was offered a share."""
    top, whole = (_lengthen(each) for each in text.partition("@")[::2])
    whole = whole if "." in whole else f"{form.split_code(top)[0]}.{whole or 'total'}"
    known = top != whole and {top, whole} <= set(form.codes())
    return Item("share", top, of=whole) if known and form.unit_of(top) == form.unit_of(whole) else None


def _lengthen(text: str) -> str:
    for long, short in _SHORT:
        if text.startswith(short):
            return long + text[len(short) :]
    return text


def _shorten(code: str) -> str:
    for long, short in _SHORT:
        if code.startswith(long):
            return short + code[len(long) :]
    return code
