"""Builds the application; the only place where handlers are registered. Order matters: the first that fits takes it."""

from __future__ import annotations

from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.chat.admin import Admin
from bot.chat.admin import Handler as Command
from bot.chat.ask import Ask
from bot.chat.buttons import Buttons
from bot.chat.buttons import Handler as Press
from bot.chat.corrections import Corrections
from bot.chat.delivery import NianbaoApplication, OneByOne, PatientLimiter, StoringQueue, TolerantBot
from bot.chat.desk import Desk
from bot.chat.errors import Errors
from bot.chat.flags import Flags
from bot.chat.follow import Follow
from bot.chat.inline import Inline
from bot.chat.misses import Misses
from bot.chat.other import Other
from bot.chat.publish import Publish
from bot.chat.room import SHANGHAI, Room
from bot.chat.start import Start
from bot.chat.upload_buttons import UploadButtons
from bot.chat.uploads import Uploads
from bot.memory import Memory
from bot.settings import Settings

UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY, Update.MY_CHAT_MEMBER]
PRIVATE = filters.ChatType.PRIVATE
NEW = filters.UpdateType.MESSAGE


def build_application(
    settings: Settings, memory: Memory, desk: Desk | None = None, request: BaseRequest | None = None
) -> NianbaoApplication:
    """The bot, ready to be run; nothing is opened, sent or started here."""
    room = Room(settings, memory, desk or Desk(settings.index))
    errors = Errors(room)
    application = _application(room, errors, request)
    _register(application, room)
    application.add_error_handler(errors.on_error)
    return application


def _application(room: Room, errors: Errors, request: BaseRequest | None) -> NianbaoApplication:
    settings, memory = room.settings, room.memory
    options = {"room": room, "on_given_up": errors.on_given_up}
    builder = Application.builder().application_class(NianbaoApplication, options).bot(_bot(settings, request))
    builder = builder.concurrent_updates(OneByOne()).update_queue(StoringQueue(memory))
    built = builder.build()
    assert isinstance(built, NianbaoApplication)
    return built


def _bot(settings: Settings, request: BaseRequest | None) -> TolerantBot:
    ceilings = {} if settings.rate_limited else {"overall_max_rate": 0.0, "group_max_rate": 0.0}
    limiter: Any = PatientLimiter(max_retries=3, **ceilings)
    return TolerantBot(
        settings.token,
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=request or HTTPXRequest(connection_pool_size=64, pool_timeout=20, read_timeout=20),
        get_updates_request=request or HTTPXRequest(read_timeout=20),
        defaults=Defaults(
            parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True), tzinfo=SHANGHAI
        ),
        rate_limiter=limiter,
    )


def _register(application: NianbaoApplication, room: Room) -> None:
    ask = Ask(room)
    publish = Publish(room)
    start, other, follow = Start(room, ask, publish), Other(room, ask), Follow(room)
    uploads, admin, flags, buttons = Uploads(room), Admin(room), Flags(room), Buttons(room, ask)
    corrections, under, misses = Corrections(room, flags), UploadButtons(room, uploads), Misses(room)
    application.starters += [uploads.resume, follow.start, publish.start]
    application.stoppers += [uploads.stop, ask.evidence.stop, follow.stop, publish.stop]

    # commands first; an edited command does not run again
    for name, handler in {
        **_everyones(start, ask, follow),
        **_administrators(under, admin, corrections, misses),
    }.items():
        application.add_handler(CommandHandler(name, handler, filters=NEW))
    application.add_handler(MessageHandler(filters.COMMAND & PRIVATE & NEW, start.unknown))
    # buttons under messages
    for kind, on_press in {
        **_asked(flags, follow, corrections),
        **_under_misses(misses),
        **_under_uploads(under),
    }.items():
        buttons.add(kind, on_press)
    application.add_handler(CallbackQueryHandler(buttons.on_press))
    application.add_handler(InlineQueryHandler(Inline(room).on_query))
    # files: an administrator's are read, others are refused
    application.add_handler(MessageHandler(filters.Document.ALL & NEW, uploads.document))
    # a reply in private may answer what the bot asked
    application.add_handler(
        MessageHandler(filters.TEXT & filters.REPLY & PRIVATE & NEW, Replied(under, corrections, ask).message)
    )
    # questions, also edited ones
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, ask.message))
    # everything else a person can send
    application.add_handler(MessageHandler(~filters.StatusUpdate.ALL & ~filters.COMMAND & NEW, other.message))
    application.add_handler(TypeHandler(Update, _nothing))


def _everyones(start: Start, ask: Ask, follow: Follow) -> dict[str, Command]:
    return {
        "start": start.start,
        "help": start.help,
        "ask": ask.command,
        "agencies": start.agencies,
        "follow": follow.command,
        "id": start.own_id,
        "privacy": start.privacy,
        "forget": start.forget,
    }


def _administrators(under: UploadButtons, admin: Admin, corrections: Corrections, misses: Misses) -> dict[str, Command]:
    return {
        "undo": admin.for_loaders(under.undo),
        "coverage": admin.for_loaders(admin.coverage),
        "status": admin.for_loaders(admin.status),
        "history": admin.for_loaders(corrections.history),
        "misses": admin.for_loaders(misses.misses),
        "alias": admin.for_loaders(misses.alias),
        "aliases": admin.for_loaders(misses.aliases),
        "export": admin.for_loaders(admin.export),
        "backup": admin.for_owners(admin.backup),
        "loader": admin.for_owners(admin.loader),
        "dismiss": admin.for_owners(admin.dismiss),
    }


def _asked(flags: Flags, follow: Follow, corrections: Corrections) -> dict[str, Press]:
    return {
        "f": flags.on_flag,
        "fc": corrections.on_correct,
        "fm": flags.on_mended,
        "fr": flags.on_right,
        "fo": follow.on_follow,
        "fx": follow.on_stop,
    }


def _under_misses(misses: Misses) -> dict[str, Press]:
    return {
        "md": misses.on_done,
        "ml": misses.on_list,
        "mw": misses.on_words,
        "ma": misses.on_agency,
        "mf": misses.on_field,
        "mx": misses.on_forget,
    }


def _under_uploads(under: UploadButtons) -> dict[str, Press]:
    return {
        "us": under.on_store,
        "uy": under.on_store_same,
        "ua": under.on_store_good,
        "ud": under.on_drop,
        "ux": under.on_drop_all,
        "ul": under.on_look,
        "ub": under.on_back,
        "un": under.on_name,
        "up": under.on_pictures,
    }


async def _nothing(update: Update, context: object) -> None:
    """Joins, pins and types of updates that did not exist when this was written: seen, and done with."""


class Replied:
    """A reply in private is first of all an answer to what the bot asked, else a question."""

    def __init__(self, under: UploadButtons, corrections: Corrections, ask: Ask) -> None:
        self._under = under
        self._corrections = corrections
        self._ask = ask

    async def message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if await self._under.named(update, context) or await self._corrections.replied(update, context):
            return
        await self._ask.message(update, context)
