"""A question in, an answer out: text, follow-ups, buttons, deep links, edited questions, captions, /ask.

message → addressed? → budget, length → desk → send → remember
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.chat.addressed import addressed
from bot.chat.callbacks import Press
from bot.chat.evidence import Evidence
from bot.chat.examples import examples
from bot.chat.pressed import Pressed
from bot.chat.reply import Reply
from bot.chat.room import Room, is_private, language
from bot.chat.send import Outgoing, edit, paged, send
from bot.wording.chat import say

LONGEST = 300
REASON = 60
"""Characters of why a question was not answered that /misses shows."""
LATE = timedelta(minutes=1)
MISSED = ("no_report", "not_in_report", "out_of_scope")


class Ask:
    """Handlers of questions."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.evidence = Evidence(room)

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
        message = update.effective_message
        assert message is not None
        refusal = await self._refusal(update, context, text.strip())
        if refusal is not None:
            await send(context.bot, message.chat_id, Outgoing(refusal), reply_to=message)
            return
        before = self._room.memory.conversations.get(self._room.person(update))
        reply = await self._room.desk.ask(text, before, self._room.today(), language(update))
        quoted = message if self._is_quoted(update, reply) else None
        sent = await self._deliver(update, context, reply, quoted)
        if update.callback_query is None:
            words = text if is_private(update) else ""  # of group talk nothing is kept
            self._room.memory.replies.put(message.chat_id, message.message_id, sent.message_id, words)
        if is_private(update) and reply.outcome in MISSED:
            why = str(reply.answer.get("text", "")).partition("\n")[0][:REASON]
            self._room.memory.misses.add(self._room.person(update), text, reply.outcome, why)

    async def press(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> bool:
        """Answer a choice or a follow-up; False for a button that means nothing (any more)."""
        wait = self._room.budget.spend(self._room.person(update))
        if wait:
            await pressed.answer(self._slow_down(update, wait))
            return True
        if pressed.message is None:
            return False
        reply = await self._pressed(update, pressed.press, pressed.question)
        if reply is None:
            return False
        await pressed.answer()
        await self._deliver(update, context, reply, pressed.message)
        return True

    async def link(self, update: Update, context: ContextTypes.DEFAULT_TYPE, press: Press) -> bool:
        """Answer what a deep link asks; False if nothing."""
        reply = await self._pressed(update, press, "")
        if reply is None:
            return False
        await self._deliver(update, context, reply, None)
        return True

    async def _pressed(self, update: Update, press: Press, question: str) -> Reply | None:
        before = self._room.memory.conversations.get(self._room.person(update))
        return await self._room.desk.press(press, question, before, self._room.today(), language(update))

    async def _deliver(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, reply: Reply, quoted: Message | None
    ) -> Message:
        message, tongue, person = update.effective_message, language(update), self._room.person(update)
        assert message is not None
        first = paged(reply.outgoing, self._room.memory, person, tongue)
        if reply.cells:
            self._room.memory.conversations.put(person, reply.conversation)
            await self.evidence.send(context.bot, quoted or message, reply.cells, tongue, Outgoing(first.html))
            return message
        sent: Message = message
        if not await self._edited(update, context, first):
            sent = await send(context.bot, message.chat_id, first, reply_to=quoted)
        self._room.memory.conversations.put(person, reply.conversation)
        if reply.table is not None:
            await self.evidence.table(context.bot, sent, reply.table, tongue)
        if reply.chart is not None:
            self.evidence.chart(context.bot, sent, reply.chart)
        return sent

    async def _edited(self, update: Update, context: ContextTypes.DEFAULT_TYPE, first: Outgoing) -> bool:
        """An edited question edits its answer, if that is known."""
        if update.edited_message is None:
            return False
        chat_id = update.edited_message.chat_id
        earlier = self._room.memory.replies.get(chat_id, update.edited_message.message_id)
        return earlier is not None and await edit(context.bot, chat_id, earlier, first)

    async def _refusal(self, update: Update, context: ContextTypes.DEFAULT_TYPE, text: str) -> str | None:
        tongue = language(update)
        wait = self._room.budget.spend(self._room.person(update))
        if wait:
            return self._slow_down(update, wait)
        if len(text) > LONGEST:
            return say("ask.too_long", tongue, length=len(text), limit=LONGEST)
        if not text:
            known = await self._room.desk.read(examples)
            key = "ask.empty" if is_private(update) else "group.hello"
            return say(key, tongue, agency=known.agency, year=known.year, bot=context.bot.username)
        return None

    def _slow_down(self, update: Update, wait: float) -> str:
        return say("ask.slow_down", language(update), seconds=max(1, round(wait)))

    def _is_quoted(self, update: Update, reply: Reply) -> bool:
        """Where the order does not say what is answered; and under a choice, whose buttons need the question."""
        asked = update.effective_message.date if update.effective_message else None
        late = asked is not None and datetime.now(UTC) - asked > LATE
        return not is_private(update) or late or reply.outcome == "clarify" or update.edited_message is not None
