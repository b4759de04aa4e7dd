"""/misses: what was not understood, a tap that teaches the word, and the old questions asked again to show the effect.

1:md:id                 cross a question off
1:mw:id                 what could its words mean
1:ma:id:word:agency     that word is another name of this agency (word: a mark of it, agency: its code)
1:mf:id:word:field      that word is a wording of this field
1:mx:alias              forget a word
1:ml                    back to the list
"""

from __future__ import annotations

import hashlib
from datetime import date

from telegram import InputFile, Update
from telegram.ext import ContextTypes

from bot.answers import Engine, teaching
from bot.answers.glossary import meaning
from bot.chat.callbacks import pack
from bot.chat.codes import agency_of
from bot.chat.follow import code_of_key, named
from bot.chat.pressed import Pressed
from bot.chat.room import SHANGHAI, Room, language
from bot.chat.send import Outgoing, Row, edit, send
from bot.chat.sheets import as_csv
from bot.memory.people import Miss
from bot.question.normalise import normalise
from bot.wording.chat import Language, say
from index.errors import StoreError
from index.store.records import Alias, AliasKind

SHOWN = 12
"""Questions in the list."""
WORDS = 2
"""Words of one question that are offered to be taught."""
LISTED = 40


class Misses:
    """Handlers of /misses, /alias and /aliases and of the buttons under them; for loaders and owners."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def misses(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/misses: the frequent first."""
        await self._say(update, context, self._list(language(update)))

    async def on_done(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """✓ crosses a question off."""
        tongue = language(update)
        miss = self._miss(update, pressed)
        if isinstance(miss, str):
            return miss
        self._room.memory.misses.settle(miss.question)
        return await self._show(context, pressed, self._list(tongue))

    def _miss(self, update: Update, pressed: Pressed) -> Miss | str:
        """The question a button is about, or why it may not be pressed."""
        if not self._room.may_load(update):
            return say("button.not_yours", language(update))
        return self._room.memory.misses.get(_number(pressed)) or say("button.gone", language(update))

    async def on_list(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """‹ back to the list."""
        if not self._room.may_load(update):
            return say("button.not_yours", language(update))
        return await self._show(context, pressed, self._list(language(update)))

    async def on_words(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """What the words of one question could mean, a button each."""
        tongue = language(update)
        miss = self._miss(update, pressed)
        if isinstance(miss, str):
            return miss
        shown = await self._room.desk.answering(
            lambda known: _choices(known.engine, miss.last_id, miss.question, self._room.today(), tongue)
        )
        return await self._show(context, pressed, shown)

    async def on_agency(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """The word is another name of an agency."""
        return await self._taught(update, context, pressed, "agency")

    async def on_field(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """The word is a wording of a field."""
        return await self._taught(update, context, pressed, "field")

    async def _taught(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed, kind: AliasKind
    ) -> str | None:
        tongue = language(update)
        if not self._room.may_load(update):
            return say("button.not_yours", tongue)
        miss = self._room.memory.misses.get(_number(pressed))
        if miss is None or len(pressed.parts) != 3:
            return say("button.gone", tongue)
        mark, target = pressed.parts[1:]
        shown = await self._room.desk.answering(
            lambda known: self._teach_marked(known.engine, miss.question, mark, (kind, target), update)
        )
        return shown if isinstance(shown, str) else await self._show(context, pressed, shown)

    def _teach_marked(
        self, engine: Engine, question: str, mark: str, what: tuple[AliasKind, str], update: Update
    ) -> Outgoing | str:
        kind, target = what
        words = teaching.words_missed(engine, question, self._room.today())
        word = next((each for each in words if _mark(each) == mark), None)
        if kind == "agency":
            agency = agency_of(engine.index, target)
            target = agency.key if agency else ""
        if word is None or not target:
            return say("button.gone", language(update))
        return self._teach(engine, word, kind, target, update)

    def _teach(self, engine: Engine, word: str, kind: AliasKind, target: str, update: Update) -> Outgoing | str:
        """Keeps the word if it may mean that, and asks the old questions again."""
        tongue, user, misses = language(update), update.effective_user, self._room.memory.misses
        wrong = teaching.problem(engine, word, kind, target)
        if wrong is not None:
            return say(f"teach.{wrong}", tongue, word=word)
        try:
            alias = engine.index.add_alias(word, kind, target, author=str(user.id if user else 0))
        except StoreError as error:
            return str(error)
        answered, asked = teaching.answered_now(engine, misses.questions(), word, self._room.today())
        for each in answered:
            misses.settle(each)
        label = meaning(kind, target, engine.directory)
        lines = [say("teach.learned", tongue, word=word, meaning=label)]
        lines.append(say("teach.replayed" if asked else "teach.replayed_none", tongue, asked=asked, now=len(answered)))
        lines += [say("teach.now_answered", tongue, question=each[:60]) for each in answered[:5]]
        row: Row = ((say("teach.forget", tongue), pack("mx", alias.id)), (say("upload.back", tongue), pack("ml")))
        return Outgoing("\n".join(lines), (row,))

    async def on_forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed) -> str | None:
        """A word is forgotten."""
        tongue = language(update)
        if not self._room.may_load(update):
            return say("button.not_yours", tongue)
        number = _number(pressed)
        gone = await self._room.desk.answering(lambda known: known.engine.index.drop_alias(number))
        if gone is None:
            return say("button.gone", tongue)
        return await self._show(context, pressed, Outgoing(say("teach.forgotten", tongue, word=gone.spelling)))

    async def alias(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/alias 说法 = 机关或项目."""
        tongue = language(update)
        word, _, wanted = " ".join(context.args or ()).replace("＝", "=").partition("=")
        word, wanted = normalise(word), wanted.strip()
        if not word or not wanted:
            await self._say(update, context, Outgoing(say("teach.usage", tongue)))
            return
        shown = await self._room.desk.answering(lambda known: self._teach_named(known.engine, word, wanted, update))
        await self._say(update, context, shown if isinstance(shown, Outgoing) else Outgoing(shown))

    def _teach_named(self, engine: Engine, word: str, wanted: str, update: Update) -> Outgoing | str:
        code = teaching.field_named(wanted)
        if code is not None:
            return self._teach(engine, word, "field", code, update)
        found = named(engine.index, wanted)
        if len(found) != 1:
            key = "follow.several" if found else "teach.no_target"
            return say(key, language(update), name=wanted, word=word)
        return self._teach(engine, word, "agency", found[0].key, update)

    async def aliases(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/aliases: every taught word with a tap to forget it, and all as a file."""
        tongue = language(update)
        found = await self._room.desk.answering(
            lambda known: list(teaching.shown(known.engine.index.aliases(), known.engine.directory))
        )
        if not found:
            await self._say(update, context, Outgoing(say("teach.none", tongue)))
            return
        lines = [say("teach.line", tongue, word=each.spelling, meaning=label or "—") for each, label in found[:LISTED]]
        buttons = [(f"✖ {each.spelling}", pack("mx", each.id)) for each, _ in found[:LISTED]]
        rows: tuple[Row, ...] = tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))
        await self._say(update, context, Outgoing("\n".join([say("teach.all", tongue), *lines]), rows))
        user = update.effective_user
        assert user is not None
        await context.bot.send_document(user.id, InputFile(_csv(found), filename=f"{say('teach.file', tongue)}.csv"))

    def _list(self, tongue: Language) -> Outgoing:
        found = self._room.memory.misses.grouped(SHOWN)
        if not found:
            return Outgoing(say("admin.misses_none", tongue))
        lines = [
            say("admin.miss_line", tongue, n=n, question=each.question[:80], times=each.times, reason=each.reason[:60])
            for n, each in enumerate(found, 1)
        ]
        buttons: list[tuple[str, str]] = []
        for n, each in enumerate(found, 1):
            buttons.append((say("teach.button", tongue, n=n), pack("mw", each.last_id)))
            buttons.append((say("admin.miss_done", tongue, n=n), pack("md", each.last_id)))
        rows: tuple[Row, ...] = tuple(tuple(buttons[start : start + 4]) for start in range(0, len(buttons), 4))
        return Outgoing("\n".join([say("admin.misses", tongue), *lines]), rows)

    async def _show(self, context: ContextTypes.DEFAULT_TYPE, pressed: Pressed, what: Outgoing) -> str | None:
        await pressed.answer()
        if pressed.message is not None:
            await edit(context.bot, pressed.message.chat_id, pressed.message.message_id, what)
        return None

    async def _say(self, update: Update, context: ContextTypes.DEFAULT_TYPE, what: Outgoing) -> None:
        chat = update.effective_chat
        assert chat is not None
        await send(context.bot, chat.id, what, reply_to=None if chat.type == "private" else update.effective_message)


def _choices(engine: Engine, miss: int, question: str, today: date, tongue: Language) -> Outgoing:
    words = teaching.words_missed(engine, question, today)[:WORDS]
    lines = [say("teach.question", tongue, question=question[:80])]
    lines.append(say("teach.which" if words else "teach.no_word", tongue, words="、".join(words)))
    rows: list[Row] = []
    for word in words:
        for each in teaching.meanings(engine, word):
            kind, code = ("ma", code_of_key(each.target)) if each.kind == "agency" else ("mf", each.target)
            rows.append(((f"「{word}」＝{each.label}", pack(kind, miss, _mark(word), code)),))
    rows.append(((say("admin.miss_done", tongue, n=""), pack("md", miss)), (say("upload.back", tongue), pack("ml"))))
    return Outgoing("\n".join(lines), tuple(rows))


def _mark(word: str) -> str:
    """Short enough for a button, and the same tomorrow."""
    return hashlib.sha256(word.encode()).hexdigest()[:8]


def _number(pressed: Pressed) -> int:
    first = pressed.parts[0] if pressed.parts else ""
    return int(first) if first.isdecimal() and first.isascii() and len(first) < 16 else -1


def _csv(found: list[tuple[Alias, str]]) -> bytes:
    heads: list[list[object]] = [["说法", "种类", "指", "编码", "谁教的", "何时"]]
    rows: list[list[object]] = [
        [each.spelling, each.kind, label, each.target, each.author, f"{each.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"]
        for each, label in found
    ]
    return as_csv([*heads, *rows])
