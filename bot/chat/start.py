"""/start with examples that work, /help, /agencies, /id, /privacy, /forget."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat.ask import Ask
from bot.chat.examples import example_rows, examples
from bot.chat.links import unlink, words_of
from bot.chat.publish import Publish
from bot.chat.room import Room, language
from bot.chat.send import Outgoing, paged, send
from bot.wording.chat import Language, commands, say
from index.store import Index


class Start:
    """What a newcomer meets."""

    def __init__(self, room: Room, ask: Ask, publish: Publish) -> None:
        self._room = room
        self._ask = ask
        self._publish = publish

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Two lines and four examples; with a deep link, what that asks."""
        if context.args and await self._linked(update, context, context.args[0]):
            return
        if self._room.may_load(update) and update.effective_user is not None:
            await self._publish.administrator(context.bot, update.effective_user.id)
        known = await self._room.desk.read(examples)
        tongue = language(update)
        if not known.kinds:
            await self._say(update, context, Outgoing(say("start.greeting_empty", tongue)))
            return
        text = say("start.greeting", tongue, agencies=known.agencies, reports=known.reports)
        await self._say(update, context, Outgoing(text, example_rows(known, tongue)))

    async def _linked(self, update: Update, context: ContextTypes.DEFAULT_TYPE, payload: str) -> bool:
        """A deep link asks for one cell, or asks a question; False for any other payload."""
        press, words = unlink(payload), words_of(payload)
        if press is not None:
            return await self._ask.link(update, context, press)
        if words is not None:
            await self._ask.question(update, context, words)
        return words is not None

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        known = await self._room.desk.read(examples)
        tongue = language(update)
        listed = _listing({**commands("everyone", tongue)})
        text = say("help.text", tongue, agency=known.agency, year=known.year, commands=listed)
        if self._room.may_load(update):
            own = commands("loaders", tongue) | (commands("owners", tongue) if self._room.is_owner(update) else {})
            text += say("help.admin", tongue, commands=_listing(own))
        await self._say(update, context, Outgoing(text))

    async def agencies(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Everything that is loaded, in pages."""
        tongue = language(update)
        text = await self._room.desk.read(coverage, tongue)
        await self._say(update, context, paged(Outgoing(text), self._room.memory, self._room.person(update), tongue))

    async def own_id(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What to tell an owner who wants to name a loader."""
        user = update.effective_user
        await self._say(update, context, Outgoing(say("admin.id", language(update), id=user.id if user else "?")))

    async def privacy(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._say(update, context, Outgoing(say("privacy.text", language(update))))

    async def forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        user = update.effective_user
        count = self._room.memory.forget(user.id) if user else 0
        await self._say(update, context, Outgoing(say("privacy.forgotten", language(update), count=count)))

    async def unknown(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A command nobody knows, in private; in groups it is another bot's."""
        await self._say(update, context, Outgoing(say("other.unknown_command", language(update))))

    async def _say(self, update: Update, context: ContextTypes.DEFAULT_TYPE, what: Outgoing) -> None:
        chat = update.effective_chat
        assert chat is not None
        await send(context.bot, chat.id, what, reply_to=None if chat.type == "private" else update.effective_message)


def coverage(index: Index, tongue: Language) -> str:
    """Agencies and their years, as text."""
    agencies = index.agencies()
    count = sum(len(each.years) for each in agencies)
    lines = [f"<b>{say('admin.coverage', tongue, agencies=len(agencies), reports=count)}</b>"]
    lines += [say("admin.coverage_line", tongue, agency=each.name, years=spans(each.years)) for each in agencies]
    return "\n".join(lines)


def spans(years: tuple[int, ...]) -> str:
    """(2019, 2020, 2021, 2023) → '2019–2021、2023'."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _listing(entries: dict[str, str]) -> str:
    return "\n".join(f"/{name} {text}" for name, text in entries.items())
