"""Sending: one message from text and buttons, long ones in pages, and an answer is never lost to its own markup."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import BadRequest

from bot.chat.callbacks import pack
from bot.chat.pages import pages, plain
from bot.memory import Memory
from bot.wording.chat import Language, say

log = logging.getLogger("nianbao.send")

Row = tuple[tuple[str, str], ...]
"""Buttons of one row as (label, callback data)."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be: HTML and buttons."""

    html: str
    rows: tuple[Row, ...] = ()


def keyboard(rows: tuple[Row, ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    buttons = [[InlineKeyboardButton(_short(label), callback_data=data) for label, data in row] for row in rows]
    return InlineKeyboardMarkup(buttons)


def rows_of(message: Message) -> tuple[Row, ...]:
    """The buttons a message has now."""
    shown = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return tuple(
        tuple((button.text, str(button.callback_data)) for button in row if button.callback_data) for row in shown
    )


def paged(outgoing: Outgoing, memory: Memory, person: str, language: Language) -> Outgoing:
    """The first page with buttons to turn, when the message is too long for one."""
    parts = pages(outgoing.html)
    if len(parts) == 1:
        return outgoing
    name = memory.pages.put(person, parts)
    return Outgoing(page_text(parts, 0, language), (page_buttons(name, 0, len(parts), language), *outgoing.rows))


def page_text(parts: list[str], number: int, language: Language) -> str:
    return f"{parts[number]}\n\n<i>{say('ask.page', language, page=number + 1, pages=len(parts))}</i>"


def page_buttons(name: str, number: int, count: int, language: Language) -> Row:
    row = []
    if number > 0:
        row.append((say("button.previous", language), pack("p", name, number - 1)))
    if number + 1 < count:
        row.append((say("button.next", language), pack("p", name, number + 1)))
    return tuple(row)


async def send(bot: Bot, chat_id: int, outgoing: Outgoing, *, reply_to: Message | None = None) -> Message:
    """Send; as plain text if Telegram cannot read the markup; without the reply if its question is gone."""
    parameters = ReplyParameters(reply_to.message_id, allow_sending_without_reply=True) if reply_to else None
    topic = reply_to.message_thread_id if reply_to and reply_to.is_topic_message else None
    markup = keyboard(outgoing.rows)
    try:
        return await bot.send_message(
            chat_id, outgoing.html, reply_markup=markup, reply_parameters=parameters, message_thread_id=topic
        )
    except BadRequest as error:
        if "parse entities" not in str(error).lower():
            raise
        log.error("Telegram could not read the markup of an answer")
        return await bot.send_message(
            chat_id,
            plain(outgoing.html),
            parse_mode=None,
            reply_markup=markup,
            reply_parameters=parameters,
            message_thread_id=topic,
        )


async def edit(bot: Bot, chat_id: int, message_id: int, outgoing: Outgoing) -> bool:
    """Edit in place; False when the message is gone or cannot be edited any more."""
    try:
        await bot.edit_message_text(
            outgoing.html, chat_id=chat_id, message_id=message_id, reply_markup=keyboard(outgoing.rows)
        )
    except BadRequest as error:
        return "not modified" in str(error).lower()  # a double press: it shows already what it should
    return True


def _short(label: str, limit: int = 60) -> str:
    return label if len(label) <= limit else f"{label[: limit - 1]}…"
