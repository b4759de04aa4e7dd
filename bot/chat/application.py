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
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.chat.ask import Ask
from bot.chat.buttons import Buttons
from bot.chat.delivery import NianbaoApplication, OneByOne, PatientLimiter, StoringQueue
from bot.chat.desk import Desk
from bot.chat.errors import Errors
from bot.chat.other import Other
from bot.chat.room import SHANGHAI, Room
from bot.chat.start import Start
from bot.chat.uploads import Uploads
from bot.memory import Memory
from bot.settings import Settings

UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY, Update.MY_CHAT_MEMBER]
PRIVATE = filters.ChatType.PRIVATE


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
    builder = Application.builder().application_class(NianbaoApplication, options)
    builder = builder.token(settings.token).base_url(settings.base_url).base_file_url(settings.base_file_url)
    builder = builder.concurrent_updates(OneByOne()).update_queue(StoringQueue(memory))
    builder = builder.defaults(
        Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True), tzinfo=SHANGHAI)
    )
    ceilings = {} if settings.rate_limited else {"overall_max_rate": 0.0, "group_max_rate": 0.0}
    limiter: Any = PatientLimiter(max_retries=3, **ceilings)
    builder = builder.rate_limiter(limiter)
    if request is None:
        builder = builder.connection_pool_size(64).pool_timeout(20).read_timeout(20).get_updates_read_timeout(20)
    else:
        builder = builder.request(request).get_updates_request(request)
    built = builder.build()
    assert isinstance(built, NianbaoApplication)
    return built


def _register(application: NianbaoApplication, room: Room) -> None:
    ask = Ask(room)
    start = Start(room, ask)
    buttons = Buttons(room, ask)
    other = Other(room, ask)
    uploads = Uploads(room)
    application.starters.append(uploads.resume)
    application.stoppers.append(uploads.stop)
    new = filters.UpdateType.MESSAGE

    # commands first; an edited command does not run again
    for name, handler in {
        "start": start.start,
        "help": start.help,
        "agencies": start.agencies,
        "id": start.own_id,
        "privacy": start.privacy,
        "forget": start.forget,
        "ask": ask.command,
        "undo": uploads.undo,
    }.items():
        application.add_handler(CommandHandler(name, handler, filters=new))
    application.add_handler(MessageHandler(filters.COMMAND & PRIVATE & new, start.unknown))
    # buttons under messages
    application.add_handler(CallbackQueryHandler(buttons.on_press))
    for kind, on_press in {
        "us": uploads.on_store,
        "ua": uploads.on_store_good,
        "ud": uploads.on_drop,
        "ux": uploads.on_drop_all,
        "ul": uploads.on_look,
        "ub": uploads.on_back,
        "un": uploads.on_name,
    }.items():
        buttons.add(kind, on_press)
    # files: an administrator's are read, others are refused
    application.add_handler(MessageHandler(filters.Document.ALL & new, uploads.document))
    application.add_handler(MessageHandler(filters.TEXT & filters.REPLY & PRIVATE & new, Replied(uploads, ask).message))
    # questions, also edited ones and captions
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, ask.message))
    # everything else a person can send
    application.add_handler(MessageHandler(~filters.StatusUpdate.ALL & ~filters.COMMAND & new, other.message))
    application.add_handler(TypeHandler(Update, _nothing))


async def _nothing(update: Update, context: object) -> None:
    """Joins, pins and types of updates that did not exist when this was written: seen, and done with."""


class Replied:
    """A reply in private is first of all an answer to what the bot asked, else a question."""

    def __init__(self, uploads: Uploads, ask: Ask) -> None:
        self._uploads = uploads
        self._ask = ask

    async def message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if not await self._uploads.named(update, context):
            await self._ask.message(update, context)
