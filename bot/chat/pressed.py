"""A button press being handled: who pressed what, under which message, and its one answer to Telegram."""

from __future__ import annotations

from contextlib import suppress

from telegram import CallbackQuery, Message
from telegram.error import BadRequest

from bot.chat.callbacks import Press

NOTICE = 190
"""Characters a small notice may have; Telegram's limit is 200."""


class Pressed:
    """One press. `answer` may be called early, before slow work; the end of handling calls it anyway."""

    def __init__(self, query: CallbackQuery, press: Press) -> None:
        self.query = query
        self.parts = press.parts
        self.press = press
        self._answered = False

    @property
    def message(self) -> Message | None:
        """The message the button is under, as Telegram has it now; None when it is too old to be seen."""
        return self.query.message if isinstance(self.query.message, Message) else None

    @property
    def label(self) -> str | None:
        """What stands on the pressed button, from Telegram's own copy of the message."""
        markup = self.message.reply_markup if self.message else None
        buttons = (button for row in markup.inline_keyboard for button in row) if markup else ()
        return next((button.text for button in buttons if button.callback_data == self.query.data), None)

    @property
    def question(self) -> str:
        """The question that the message answers, if it was sent as a reply to it."""
        asked = self.message.reply_to_message if self.message else None
        return (asked.text or asked.caption or "") if asked else ""

    async def answer(self, notice: str | None = None) -> None:
        """Stop the button's spinning, once, with a notice if there is one."""
        if self._answered:
            return
        self._answered = True
        with suppress(BadRequest):  # pressed too long ago to be answered: the effect is there all the same
            text = notice[:NOTICE] if notice else None
            await self.query.answer(text, show_alert=bool(text and len(text) > 40))
