"""A question in, an answer out: text, follow-ups, edited questions, captions, /ask.

message → addressed? → budget, length → desk.ask → send → remember
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat.addressed import addressed
from bot.chat.desk import Reply
from bot.chat.examples import examples
from bot.chat.pressed import Pressed
from bot.chat.room import Room, is_private, language
from bot.chat.send import Outgoing, edit, paged, send
from bot.wording.chat import say

LONGEST = 300
LATE = timedelta(minutes=1)
MISSED = ("no_report", "not_in_report", "out_of_scope")


class Ask:
    """Handlers of questions."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Any text, or the caption of something that is not a report."""
        message = update.effective_message
        if message is None:
            return
        text = addressed(message, context.bot.id, context.bot.username)
        if text is not None:
            await self.question(update, context, text)

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/ask 问题, for groups; without a question it says how."""
        await self.question(update, context, " ".join(context.args or ()))

    async def question(self, update: Update, context: ContextTypes.DEFAULT_TYPE, text: str) -> None:
        """Answer these words, whoever typed or tapped them."""
        message, chat = update.effective_message, update.effective_chat
        assert message is not None
        assert chat is not None
        refusal = await self._refusal(update, context, text.strip())
        if refusal is not None:
            await send(context.bot, chat.id, Outgoing(refusal), reply_to=message)
            return
        person = self._room.person(update)
        reply = await self._room.desk.ask(text, self._room.memory.conversations.get(person), self._room.today())
        await self._deliver(update, context, text, reply)
        self._remember(update, text, reply)

    async def press(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> bool:
        """Answer a choice or a follow-up; False for a button that means nothing (any more)."""
        memory, person = self._room.memory, self._room.person(update)
        wait = self._room.budget.spend(person)
        if wait:
            await pressed.answer(say("ask.slow_down", language(update), seconds=max(1, round(wait))))
            return True
        if pressed.message is None:
            return False
        before = memory.conversations.get(person)
        reply = await self._room.desk.press(pressed.press, pressed.question, before, self._room.today())
        if reply is None:
            return False
        await pressed.answer()
        first = paged(reply.outgoing, memory, person, language(update))
        await send(context.bot, pressed.message.chat_id, first, reply_to=pressed.message)
        memory.conversations.put(person, reply.conversation)
        return True

    async def _refusal(self, update: Update, context: ContextTypes.DEFAULT_TYPE, text: str) -> str | None:
        tongue = language(update)
        wait = self._room.budget.spend(self._room.person(update))
        if wait:
            return say("ask.slow_down", tongue, seconds=max(1, round(wait)))
        if len(text) > LONGEST:
            return say("ask.too_long", tongue, length=len(text), limit=LONGEST)
        if not text:
            known = await self._room.desk.read(examples)
            key = "ask.empty" if is_private(update) else "group.hello"
            return say(key, tongue, agency=known.agency, year=known.year, bot=context.bot.username)
        return None

    async def _deliver(self, update: Update, context: ContextTypes.DEFAULT_TYPE, text: str, reply: Reply) -> None:
        message = update.effective_message
        assert message is not None
        memory, chat_id = self._room.memory, message.chat_id
        first = paged(reply.outgoing, memory, self._room.person(update), language(update))
        if update.edited_message is not None:
            earlier = memory.replies.get(chat_id, message.message_id)
            if earlier is not None and await edit(context.bot, chat_id, earlier, first):
                return
        quoted = message if self._is_quoted(update, reply) else None
        sent = await send(context.bot, chat_id, first, reply_to=quoted)
        if update.callback_query is None:
            words = text if is_private(update) else ""  # of group talk nothing is kept
            memory.replies.put(chat_id, message.message_id, sent.message_id, words)

    def _is_quoted(self, update: Update, reply: Reply) -> bool:
        """Where the order does not say what is answered; and under a choice, whose buttons need the question."""
        asked = update.effective_message.date if update.effective_message else None
        late = asked is not None and datetime.now(UTC) - asked > LATE
        return not is_private(update) or late or reply.outcome == "clarify" or update.edited_message is not None

    def _remember(self, update: Update, text: str, reply: Reply) -> None:
        memory, person = self._room.memory, self._room.person(update)
        memory.conversations.put(person, reply.conversation)
        if is_private(update) and reply.outcome in MISSED:
            memory.misses.add(person, text, reply.outcome, str(reply.answer.get("text", ""))[:200])
