"""Whether a message speaks to the bot, and what it says then. In groups only a mention, a reply or a command does."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity
from telegram.constants import ChatType


def addressed(message: Message, bot_id: int, bot_name: str) -> str | None:
    """The words meant for the bot without its name; None when the message is not for it."""
    text = message.text or message.caption or ""
    if message.chat.type == ChatType.PRIVATE:
        return text
    mention = f"@{bot_name}"
    if _mentions(message, bot_id, mention):
        return re.sub(re.escape(mention), " ", text, flags=re.IGNORECASE).strip()
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot_id:
        return text
    return None


def _mentions(message: Message, bot_id: int, mention: str) -> bool:
    entities = {**message.parse_entities(), **message.parse_caption_entities()}
    return any(
        (entity.type == MessageEntity.MENTION and words.lower() == mention.lower())
        or (entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == bot_id)
        for entity, words in entities.items()
    )
