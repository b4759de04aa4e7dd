"""Inline mode: @bot 东城区 2024 申请 in any chat offers the answer, with a link that reproduces it."""

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

from bot.chat.callbacks import unpack
from bot.chat.desk import Reply
from bot.chat.examples import examples
from bot.chat.links import link
from bot.chat.pages import pages, plain
from bot.chat.room import Room, language
from bot.wording.chat import say

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
        found = await self._found(query.query.strip()[:LONGEST])
        results = [self._article(n, reply, context.bot.username) for n, reply in enumerate(found)]
        button = None
        if not results:
            known = await self._room.desk.read(examples)
            key = "inline.none" if query.query.strip() else "inline.hint"
            text = plain(say(key, language(update), agency=known.agency, year=known.year))[:60]
            button = InlineQueryResultsButton(text, start_parameter="help")
        with suppress(BadRequest):  # typed on meanwhile: the query is too old
            await query.answer(results, cache_time=CACHE, is_personal=False, button=button)

    async def _found(self, text: str) -> list[Reply]:
        if not text:
            return []
        today = self._room.today()
        reply = await self._room.desk.ask(text, None, today)
        if reply.outcome == "answer":
            return [reply]
        found: list[Reply] = []
        if reply.outcome == "clarify":
            choices = [press for row in reply.outgoing.rows for _, data in row if (press := unpack(data))]
            for press in choices[:CHOICES]:
                chosen = await self._room.desk.press(press, text, reply.conversation, today)
                if chosen is not None and chosen.outcome == "answer":
                    found.append(chosen)
        return found

    def _article(self, number: int, reply: Reply, bot: str) -> InlineQueryResultArticle:
        first = pages(reply.outgoing.html)[0]
        lines = [line for line in plain(first).splitlines() if line.strip()]
        payload = next((made for press in map(unpack, _data(reply)) if press and (made := link(press))), None)
        markup = None
        if payload is not None:
            url = create_deep_linked_url(bot, payload)
            markup = InlineKeyboardMarkup([[InlineKeyboardButton(say("inline.open"), url=url)]])
        return InlineQueryResultArticle(
            id=str(number),
            title=lines[0][:120] if lines else "…",
            description=" ".join(lines[1:3])[:200],
            input_message_content=InputTextMessageContent(first, parse_mode="HTML"),
            reply_markup=markup,
        )


def _data(reply: Reply) -> list[str]:
    """What reproduces the answer: the action that asks for its source names the same cell."""
    found = [data for row in reply.outgoing.rows for _, data in row]
    return [data.replace("1:qs:", "1:qf:", 1) for data in found if data.startswith("1:qs:")]
