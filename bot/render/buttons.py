"""Answer → message for Telegram: HTML, the same in plain text, and buttons; in the reader's script."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.model import Answer, Offer
from bot.render.heading import head_lines
from bot.render.printed import printed
from bot.render.texts import lines, numbered, source_line
from bot.render.words import MOST_SOURCES, say, sources
from bot.wording.chat import Language
from bot.wording.traditional import traditional

FOLDED = 20
"""Reports that a folded list of sources names; longer answers come with a file that names them all."""
TALL = ("pick", "agency")
SIDE_BY_SIDE = 16
"""Characters of agencies' names that fit in one row of buttons."""
BOLD = ("answer", "clarify", "no_report")
"""Outcomes whose first line stands out; other refusals are whole sentences."""


@dataclass(frozen=True, slots=True)
class Button:
    """What can be pressed under a message."""

    label: str
    action: str
    """At most 64 bytes; `Engine.act` answers it."""


@dataclass(frozen=True, slots=True)
class Message:
    """An answer as it is sent."""

    text: str
    """HTML for Telegram: <b>, <blockquote expandable>, escaped text, nothing else; as long as the answer is."""
    plain: str
    """The same without markup and without what is folded."""
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons."""


def message(answer: Answer, language: Language = "zh") -> Message:
    """The figure is bold, or the first line where there is no single one; many sources are folded."""
    parts = [(part, numbered(number, lines(part))) for number, part in enumerate(answer.parts, 1)]
    parts = parts or [(answer, lines(answer))]
    text = "\n".join(line for part, found in parts for line in _marked(part, found))
    plain = "\n".join(line for _, found in parts for line in found)
    rows = _rows(answer.offers, language)
    if language != "hant":
        return Message(text, plain, rows)
    kept = tuple(printed(answer))
    escaped = tuple(html.escape(each, quote=False) for each in kept)
    turned = tuple(tuple(Button(traditional(each.label, kept), each.action) for each in row) for row in rows)
    return Message(traditional(text, escaped), traditional(plain, kept), turned)


def _marked(part: Answer, found: Sequence[str]) -> Iterator[str]:
    """The lines of one answer as HTML."""
    bold = (1 if len(head_lines(part)) > 1 else 0) if part.outcome in BOLD else None
    source = source_line(part)
    for at, line in enumerate(found):
        shown = html.escape(line, quote=False)
        if at == bold:
            yield f"<b>{shown}</b>"
        elif line == source and (more := _folded(part)):
            yield f"<blockquote expandable>{shown}\n{more}</blockquote>"
        else:
            yield shown


def _folded(part: Answer) -> str:
    """All sources but the first, a line each, where the source line names only that."""
    found = sources(part.figures)
    if not MOST_SOURCES < len(found) <= FOLDED:
        return ""
    rows = (say("several.row", number=number, text=each) for number, each in enumerate(found[1:], 2))
    return html.escape("\n".join(rows), quote=False)


def _rows(offers: tuple[Offer, ...], language: Language) -> tuple[tuple[Button, ...], ...]:
    """Candidates one under the other, the rest side by side."""
    section = "buttons_en" if language == "en" else "buttons"
    buttons = [
        (offer, Button(say(f"{section}.{offer.kind}", name=offer.name), offer.action))
        for offer in offers
        if offer.action
    ]
    names = [offer.name for offer, _ in buttons if offer.kind in TALL]
    high = any(offer.kind == "pick" for offer, _ in buttons) or sum(map(len, names)) > SIDE_BY_SIDE
    tall = [(button,) for offer, button in buttons if high and offer.kind in TALL]
    wide = tuple(button for offer, button in buttons if not high or offer.kind not in TALL)
    return (*tall, *((wide,) if wide else ()))
