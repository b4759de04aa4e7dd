"""Every press of a button is answered and goes to whom it concerns; forged or old data gets one sentence.

1:e:n       an example: the label is the question
1:p:id:n    page n of a long answer
others      table entries of other modules, else a choice or follow-up under an answer (answering.py)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat.ask import Ask
from bot.chat.callbacks import unpack
from bot.chat.pressed import Pressed
from bot.chat.room import Room, language
from bot.chat.send import Outgoing, edit, page_buttons, page_text, rows_of
from bot.wording.chat import say

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE, Pressed], Awaitable[str | None]]
"""Handles a press; what it returns is shown as a small notice."""


class Buttons:
    """The one callback handler, with a table of kinds."""

    def __init__(self, room: Room, ask: Ask) -> None:
        self._room = room
        self._ask = ask
        self._kinds: dict[str, Handler] = {"e": self._example, "p": self._page}

    def add(self, kind: str, handler: Handler) -> None:
        """Let another module handle its own kind of button."""
        assert kind not in self._kinds, kind
        self._kinds[kind] = handler

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Any press."""
        query = update.callback_query
        assert query is not None
        press = unpack(query.data)
        if press is None:
            await query.answer(say("button.old", language(update)))
            return
        pressed = Pressed(query, press)
        notice: str | None = None
        try:
            notice = await self._kinds.get(press.kind, self._follow_up)(update, context, pressed)
        finally:
            await pressed.answer(notice)

    async def _example(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        label = pressed.label
        if label is None:
            return say("button.old", language(update))
        await pressed.answer()
        await self._ask.question(update, context, label)
        return None

    async def _page(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        tongue, message = language(update), pressed.message
        name, wanted = (*pressed.parts, "", "")[:2]
        parts = self._room.memory.pages.get(name)
        number = int(wanted) if wanted.isdecimal() else -1
        if parts is None or message is None or not 0 <= number < len(parts):
            return say("button.old", tongue)
        rows = (page_buttons(name, number, len(parts), tongue), *rows_of(message)[1:])
        await edit(context.bot, message.chat_id, message.message_id, Outgoing(page_text(parts, number, tongue), rows))
        return None

    async def _follow_up(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        known = await self._ask.press(update, context, pressed)
        return None if known else say("button.old", language(update))
