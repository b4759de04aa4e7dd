"""Following an agency: /follow 机关, a notice when its report is loaded (from chat or terminal), one tap to stop."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from telegram import Bot, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.chat.callbacks import pack
from bot.chat.codes import agency_of, code_of
from bot.chat.examples import examples
from bot.chat.pressed import Pressed
from bot.chat.preview import Difference, differences
from bot.chat.room import Room, language
from bot.chat.send import Outgoing, Row, send
from bot.wording.chat import Language, language_named, own, say
from index import forms
from index.agencies import Directory
from index.store import Index, Source
from index.store.records import Agency

log = logging.getLogger("nianbao.follow")

EVERY = 30.0
"""Seconds between looks at the index."""
SHOWN = 8
"""Changed cells that a notice lists."""
SEEN = "last report told of"
TOLD = "reports told of"


@dataclass(frozen=True, slots=True)
class News:
    """A report loaded since the last look."""

    source: Source
    key: str
    code: str
    changes: tuple[Difference, ...] = ()
    """Against the revision that followers knew."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the index found."""

    news: tuple[News, ...]
    newest: int
    told: dict[str, int]
    """By agency and year the report that followers know from now on; only of agencies that are followed."""


class Follow:
    """Handlers of /follow and its buttons, and the watch over the index."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._task: asyncio.Task[None] | None = None

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/follow lists; /follow 机关 begins."""
        chat, tongue = update.effective_chat, language(update)
        assert chat is not None
        name = " ".join(context.args or ())
        if not name:
            await send(context.bot, chat.id, await self._listing(update))
            return
        found = await self._room.desk.read(named, name)
        if len(found) == 1:
            await send(context.bot, chat.id, self._begin(update, found[0]))
        elif found:
            rows: tuple[Row, ...] = tuple(((each.name, pack("fo", code_of(each))),) for each in found[:20])
            await send(context.bot, chat.id, Outgoing(say("follow.several", tongue, name=name), rows))
        else:
            await send(context.bot, chat.id, Outgoing(say("follow.not_found", tongue, name=name)))

    async def on_follow(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """A tap on one of several, or on 关注 under an answer."""
        agency = await self._room.desk.read(agency_of, pressed.parts[0] if pressed.parts else "")
        if agency is None or update.effective_chat is None:
            return say("button.old", language(update))
        await pressed.answer()
        await send(context.bot, update.effective_chat.id, self._begin(update, agency))
        return None

    async def on_stop(self, update: Update, _: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """🔕 one agency."""
        wanted = pressed.parts[0] if pressed.parts else ""
        person = self._room.person(update)
        for follow in self._room.memory.follows.of(person):
            if code_of_key(follow.agency_key) == wanted:
                self._room.memory.follows.remove(person, follow.agency_key)
                return say("follow.stopped", language(update), agency_html=follow.agency)
        return say("button.old", language(update))

    def _begin(self, update: Update, agency: Agency) -> Outgoing:
        chat = update.effective_chat
        assert chat is not None
        tongue = language(update)
        new = self._room.memory.follows.add(self._room.person(update), chat.id, agency.key, agency.name, tongue)
        text = say("follow.started" if new else "follow.already", language(update), agency=agency.name)
        return Outgoing(text, (((say("button.unfollow", language(update)), pack("fx", code_of(agency))),),))

    async def _listing(self, update: Update) -> Outgoing:
        tongue = language(update)
        follows = self._room.memory.follows.of(self._room.person(update))
        if not follows:
            known = await self._room.desk.read(examples)
            return Outgoing(f"{say('follow.none', tongue)}\n{say('follow.usage', tongue, agency=known.agency)}")
        rows: tuple[Row, ...] = tuple(
            ((f"🔕 {follow.agency}", pack("fx", code_of_key(follow.agency_key))),) for follow in follows[:50]
        )
        return Outgoing(say("follow.listing", tongue), rows)

    # The watch

    def start(self, bot: Bot) -> None:
        self._task = asyncio.create_task(self._watch(bot))

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _watch(self, bot: Bot) -> None:
        while True:
            try:
                await self.tell(bot)
            except Exception as error:
                log.error("followers could not be told (%s)", type(error).__name__)
            await asyncio.sleep(EVERY)

    async def tell(self, bot: Bot) -> int:
        """Tell followers of what was loaded since the last look; returns how many notices that were."""
        memory = self._room.memory
        seen = memory.notes.get(SEEN)
        told: dict[str, int] = json.loads(memory.notes.get(TOLD) or "{}")
        look = await self._room.desk.write(look_since, None if seen is None else int(seen), told, memory.follows.keys())
        count = 0
        for each in look.news:
            for follow in memory.follows.followers(each.key):
                count += await self._notify(bot, follow.chat_id, each, language_named(follow.language))
        memory.notes.put(SEEN, str(look.newest))
        memory.notes.put(TOLD, json.dumps(look.told))
        return count

    async def _notify(self, bot: Bot, chat_id: int, news: News, tongue: Language) -> bool:
        key = "follow.notice_new" if news.source.revision == 1 else "follow.notice_changed"
        text = say(key, tongue, agency=news.source.agency, year=news.source.year)
        for each in news.changes[:SHOWN]:
            label = own(forms.field(each.code).label, tongue)
            text += f"\n{say('follow.change_line', tongue, label=label, old=each.old, new=each.new)}"
        if len(news.changes) > SHOWN:
            text += f"\n{say('upload.more_lines', tongue, count=len(news.changes) - SHOWN)}"
        try:
            rows = (((say("button.unfollow", tongue), pack("fx", news.code)),),)
            await send(bot, chat_id, Outgoing(text, rows))
        except Forbidden:
            self._room.memory.follows.drop_chat(chat_id)
            return False
        except TelegramError as error:
            log.warning("a follower could not be told (%s)", type(error).__name__)
            return False
        return True


def named(index: Index, name: str) -> list[Agency]:
    """The loaded agencies that a name means."""
    agencies = index.agencies()
    exact = [each for each in agencies if name in (each.name, *each.printed)]
    if exact:
        return exact
    mentions = Directory(agencies).recognise(name.replace(" ", ""))
    return [candidate.agency for mention in mentions for candidate in mention.candidates]


def look_since(index: Index, seen: int | None, told: Mapping[str, int], followed: Collection[str]) -> Look:
    """Reports newer than `seen` (None: nothing is news the first time) with what changed against those told of."""
    sources = index.sources()
    newest = max((source.report_id for source in sources), default=0)
    agencies = {agency.id: agency for agency in index.agencies()}
    concerned = (source for source in sources if agencies[source.agency_id].key in followed)
    now = {_name(source, agencies): source.report_id for source in concerned}
    if seen is None or newest <= seen:
        return Look((), max(newest, seen or 0), now)
    fresh = (source for source in sources if source.report_id > seen)
    news = tuple(_news(index, each, agencies[each.agency_id], told.get(_name(each, agencies))) for each in fresh)
    return Look(news, newest, now)


def _name(source: Source, agencies: Mapping[int, Agency]) -> str:
    return f"{agencies[source.agency_id].key} {source.year}"


def _news(index: Index, source: Source, agency: Agency, before: int | None) -> News:
    changes: tuple[Difference, ...] = ()
    if before is not None and source.revision > 1:
        changes = tuple(differences(index.reading(before), index.reading(source.report_id)))
    return News(source, agency.key, code_of(agency), changes)


def code_of_key(key: str) -> str:
    return code_of(Agency(0, "", key, (), ()))
