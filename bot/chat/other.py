"""Photos, voice, stickers and whatever else is not a question: each gets something useful."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.chat.ask import Ask
from bot.chat.examples import examples
from bot.chat.room import Room, is_private, language
from bot.chat.send import Outgoing, send
from bot.wording.chat import say


class Other:
    """Answers to messages without text."""

    def __init__(self, room: Room, ask: Ask) -> None:
        self._room = room
        self._ask = ask

    async def message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A caption is a question; else one sentence says what can be done. In groups nothing is said unasked."""
        message = update.effective_message
        if message is None:
            return
        if message.caption:
            await self._ask.message(update, context)
        elif is_private(update):
            known = await self._room.desk.read(examples)
            text = say(self._key(update, message), language(update), agency=known.agency, year=known.year)
            await send(context.bot, message.chat_id, Outgoing(text), reply_to=message)

    def _key(self, update: Update, message: Message) -> str:
        if message.photo:
            return "other.photo_admin" if self._room.may_load(update) else "other.photo"
        if message.voice or message.audio:
            return "other.voice"
        if message.video or message.video_note or message.animation:
            return "other.video"
        if message.sticker or message.dice:
            return "other.sticker"
        if message.location or message.venue:
            return "other.location"
        return "other.contact" if message.contact else "other.anything"
