"""Answer → message for Telegram: HTML, the same in plain text, and buttons."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.model import Answer, Offer
from bot.render.heading import head_lines
from bot.render.texts import lines
from bot.render.words import say

LONGEST = 3900
"""Characters of a Telegram message, with room to spare."""


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
    """HTML for Telegram: <b>, <i>, escaped text, nothing else."""
    plain: str
    """The same without markup."""
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons."""


def message(answer: Answer) -> Message:
    """The figure is bold, or the first line where there is no single one; cut at Telegram's length."""
    found = _cut(lines(answer))
    bold = set(_bold(answer))
    marked = "\n".join(
        f"<b>{html.escape(line, quote=False)}</b>" if number in bold else html.escape(line, quote=False)
        for number, line in enumerate(found)
    )
    return Message(marked, "\n".join(found), _rows(answer.offers))


def _bold(answer: Answer) -> Iterator[int]:
    """Numbers of the lines that are bold: of each question of the message one."""
    start = 0
    for part in answer.parts or (answer,):
        yield start + (1 if len(head_lines(part)) > 1 else 0)
        start += len(lines(part))


def _cut(found: list[str]) -> list[str]:
    kept: list[str] = []
    size = 0
    for line in found:
        if size + len(line) > LONGEST:
            kept.append(line[: max(0, LONGEST - size)] + "……")
            break
        kept.append(line)
        size += len(line) + 1
    return kept


def _rows(offers: tuple[Offer, ...]) -> tuple[tuple[Button, ...], ...]:
    """Candidates one under the other, the rest side by side."""
    buttons = [
        (offer, Button(say(f"buttons.{offer.kind}", name=offer.name), offer.action)) for offer in offers if offer.action
    ]
    tall = [(button,) for offer, button in buttons if offer.kind in ("pick", "agency")]
    wide = tuple(button for offer, button in buttons if offer.kind not in ("pick", "agency"))
    return (*tall, *((wide,) if wide else ()))
