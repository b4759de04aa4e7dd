"""Inline mode: @bot 甲区 2024 申请 in any chat offers the answer, with a link that reproduces it."""

from __future__ import annotations

from contextlib import suppress

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import ContextTypes
from telegram.helpers import create_deep_linked_url

from bot.chat.callbacks import Press, unpack
from bot.chat.examples import examples
from bot.chat.links import link, link_of_words
from bot.chat.pages import pages, plain
from bot.chat.reply import Reply
from bot.chat.room import Room, language
from bot.wording.chat import Language, say

CACHE = 300
"""Seconds Telegram may give the same answer to others: the data are public."""
LONGEST = 300
CHOICES = 8


class Inline:
    """The handler of inline queries."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def on_query(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers, the answers of each candidate, or a door to the private chat."""
        query = update.inline_query
        assert query is not None
        tongue = language(update)
        asked = query.query.strip()[:LONGEST]
        found = await self._found(asked, tongue)
        results = [self._article(n, reply, asked, context.bot.username, tongue) for n, reply in enumerate(found)]
        button = None
        if not results:
            known = await self._room.desk.read(examples)
            text = plain(say("inline.none" if asked else "inline.hint", tongue, agency=known.agency, year=known.year))
            button = InlineQueryResultsButton(text[:60], start_parameter="help")
        with suppress(BadRequest):  # typed on meanwhile: the query is too old
            await query.answer(results, cache_time=CACHE, is_personal=tongue != "zh", button=button)

    async def _found(self, text: str, tongue: Language) -> list[Reply]:
        if not text:
            return []
        today = self._room.today()
        reply = await self._room.desk.ask(text, None, today, tongue)
        if reply.outcome == "answer":
            return [reply]
        found: list[Reply] = []
        if reply.outcome == "clarify":
            choices = [press for row in reply.outgoing.rows for _, data in row if (press := unpack(data))]
            for press in choices[:CHOICES]:
                chosen = await self._room.desk.press(press, text, reply.conversation, today, tongue)
                if chosen is not None and chosen.outcome == "answer":
                    found.append(chosen)
        return found

    def _article(self, number: int, reply: Reply, asked: str, bot: str, tongue: Language) -> InlineQueryResultArticle:
        first = pages(reply.outgoing.html)[0]
        lines = [line for line in plain(first).splitlines() if line.strip()]
        payload = _payload(reply, asked)
        markup = None
        if payload is not None:
            url = create_deep_linked_url(bot, payload)
            markup = InlineKeyboardMarkup([[InlineKeyboardButton(say("inline.open", tongue), url=url)]])
        return InlineQueryResultArticle(
            id=str(number),
            title=" ".join(lines[:2])[:120] if lines else "…",
            description=" ".join(lines[2:4])[:200],
            input_message_content=InputTextMessageContent(first, parse_mode="HTML"),
            reply_markup=markup,
        )


def _payload(reply: Reply, asked: str) -> str | None:
    """What reproduces the answer: its one cell, else the question."""
    found = (press for row in reply.outgoing.rows for _, data in row if (press := unpack(data)) and press.kind == "qs")
    press = next(found, None)
    if press is not None and reply.single:
        return link(Press("qf", press.parts))
    return link_of_words(asked)
