"""🚩 under an answer: the administrators see question and answer, settle it, and the asker hears of it."""

from __future__ import annotations

import logging
from contextlib import suppress

from telegram import Message, ReplyParameters, Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.chat.callbacks import pack
from bot.chat.pressed import Pressed
from bot.chat.room import Room, language
from bot.chat.send import Outgoing, Row, edit, rows_of, send
from bot.memory.people import Flag, FlagState
from bot.wording.chat import Language, language_named, say

log = logging.getLogger("nianbao.flags")


class Flags:
    """Handlers of 🚩 and of what administrators press on it."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def on_flag(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """Somebody thinks an answer wrong."""
        message = pressed.message
        if message is None:
            return say("button.old", language(update))
        memory = self._room.memory
        question = memory.replies.question(message.chat_id, message.message_id) or pressed.question
        answer = {"question": question, "text": message.text or message.caption or "", "source": _source(message)}
        answer["tongue"] = language(update)
        known = memory.flags.known(message.chat_id, message.message_id)
        if known:
            return say("flag.again", language(update))
        flag = memory.flags.add(self._room.person(update), message.chat_id, message.message_id, answer)
        await pressed.answer(say("flag.thanks", language(update)))
        await self._tell_administrators(context, flag)
        return None

    async def on_mended(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """🔧 An administrator has mended it."""
        return await self._settle(update, context, pressed, "mended")

    async def on_right(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """👌 It is what the report prints."""
        return await self._settle(update, context, pressed, "right")

    async def _tell_administrators(self, context: ContextTypes.DEFAULT_TYPE, flag: Flag) -> None:
        for user in self._room.administrators():
            try:
                await send(context.bot, user, _notice(flag, self._room.tongue(user)))
            except (BadRequest, Forbidden):
                self._room.closed(user)
            except TelegramError:
                log.warning("an administrator could not be told of a flag")

    async def _settle(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed, state: str
    ) -> str | None:
        tongue = language(update)
        if not self._room.may_load(update):
            return say("button.not_yours", tongue)
        flags = self._room.memory.flags
        flag = flags.get(pressed.parts[0]) if pressed.parts else None
        if flag is None:
            return say("button.old", tongue)
        if not flags.settle(flag.id, "mended" if state == "mended" else "right"):
            return say("button.gone", tongue)
        await pressed.answer(say("flag.settled", tongue))
        await self._tell_asker(context, flag, state)
        if pressed.message is not None:
            label = say(f"flag.{state}", tongue)
            shown = Outgoing(f"{pressed.message.text_html}\n\n<b>{label}</b>")
            await edit(context.bot, pressed.message.chat_id, pressed.message.message_id, shown)
        return None

    async def settled(self, context: ContextTypes.DEFAULT_TYPE, flag: Flag, state: FlagState) -> None:
        """Settled elsewhere: the asker hears of it once."""
        if self._room.memory.flags.settle(flag.id, state):
            await self._tell_asker(context, flag, state)

    async def _tell_asker(self, context: ContextTypes.DEFAULT_TYPE, flag: Flag, state: str) -> None:
        with suppress(TelegramError):
            parameters = ReplyParameters(flag.message_id, allow_sending_without_reply=True)
            text = say(f"flag.told_{state}", language_named(flag.answer.get("tongue")))
            await context.bot.send_message(flag.chat_id, text, reply_parameters=parameters)


def _notice(flag: Flag, tongue: Language) -> Outgoing:
    answer = flag.answer
    text = say("flag.notice", tongue, id=flag.id, question=answer["question"] or "—", answer=answer["text"])
    row: Row = ((say("flag.mended", tongue), pack("fm", flag.id)), (say("flag.right", tongue), pack("fr", flag.id)))
    source = str(answer["source"])
    cell: Row = ((say("flag.source", tongue), source), (say("correct.button", tongue), pack("fc", flag.id)))
    return Outgoing(text, (row, cell) if source else (row,))


def _source(message: Message) -> str:
    """The button that shows the answer's source names its cell; '' where there is none."""
    data = [data for row in rows_of(message) for _, data in row]
    return next((each for each in data if each.startswith("1:qs:")), "")
