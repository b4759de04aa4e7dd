"""Following an agency: /follow 机关, a notice when its report is loaded (from chat or terminal), one tap to stop."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

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
TOLD = "reports told of"


@dataclass(frozen=True, slots=True)
class News:
    """A report loaded since the last look."""

    source: Source
    key: str
    code: str
    kind: Literal["new", "changed", "restored"]
    changes: tuple[Difference, ...] = ()
    """Against the revision that followers knew."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the index found."""

    news: tuple[News, ...]
    told: dict[str, int]
    """By agency and year the report that followers know from now on; only of agencies that are followed."""


class Follow:
    """Handlers of /follow and its buttons, and the watch over the index."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._task: asyncio.Task[None] | None = None
        self._version = -1
        self._telling = asyncio.Lock()

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
            await send(context.bot, chat.id, await self._begin(update, found[0]))
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
        await send(context.bot, update.effective_chat.id, await self._begin(update, agency))
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

    async def _begin(self, update: Update, agency: Agency) -> Outgoing:
        """What is loaded now counts as known: news is what differs from it."""
        chat, tongue = update.effective_chat, language(update)
        assert chat is not None
        memory = self._room.memory
        async with self._telling:
            known = await self._room.desk.read(reports_of, [agency])
            memory.notes.put(
                TOLD, json.dumps({name: source.report_id for name, source in known.items()} | self._told())
            )
            new = memory.follows.add(self._room.person(update), chat.id, agency.key, agency.name, tongue)
        text = say("follow.started" if new else "follow.already", tongue, agency=agency.name)
        return Outgoing(text, (((say("button.unfollow", tongue), pack("fx", code_of(agency))),),))

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
        """Tell followers of what has changed since the last look; returns how many notices that were."""
        memory = self._room.memory
        version = await self._room.desk.write(lambda index: index.version())
        if version == self._version:
            return 0
        async with self._telling:
            look = await self._room.desk.write(look_again, self._told(), memory.follows.keys())
            count = 0
            for each in look.news:
                for follow in memory.follows.followers(each.key):
                    count += await self._notify(bot, follow.chat_id, each, language_named(follow.language))
            memory.notes.put(TOLD, json.dumps(look.told))
        self._version = version
        return count

    def _told(self) -> dict[str, int]:
        found: dict[str, int] = json.loads(self._room.memory.notes.get(TOLD) or "{}")
        return found

    async def _notify(self, bot: Bot, chat_id: int, news: News, tongue: Language) -> bool:
        text = say(f"follow.notice_{news.kind}", tongue, agency=news.source.agency, year=news.source.year)
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


def look_again(index: Index, told: Mapping[str, int], followed: Collection[str]) -> Look:
    """The reports of followed agencies that are others than those told of, with what differs."""
    agencies = [each for each in index.agencies() if each.key in followed]
    now = reports_of(index, agencies)
    fresh = ((name, source) for name, source in now.items() if told.get(name) != source.report_id)
    news = tuple(_news(index, source, told.get(name)) for name, source in fresh)
    return Look(news, {name: source.report_id for name, source in now.items()})


def reports_of(index: Index, agencies: Iterable[Agency]) -> dict[str, Source]:
    """'key year' → the report that counts now."""
    return {f"{each.key} {source.year}": source for each in agencies for source in index.sources(each.id)}


def _news(index: Index, source: Source, before: int | None) -> News:
    key = next(each.key for each in index.agencies() if each.id == source.agency_id)
    code = code_of_key(key)
    if before is None:
        return News(source, key, code, "new")
    changes = tuple(differences(index.reading(before), index.reading(source.report_id)))
    return News(source, key, code, "changed" if source.report_id > before else "restored", changes)


def code_of_key(key: str) -> str:
    return code_of(Agency(0, "", key, (), ()))
