"""Runs the bot until it is stopped: polling, or a webhook behind a proxy."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import importlib.util
import logging
import secrets
import sys
from urllib.parse import urlsplit

from telegram.error import InvalidToken

from bot.chat.application import UPDATES, build_application
from bot.chat.delivery import NianbaoApplication
from bot.chat.redact import set_up_logging
from bot.memory import Memory, memory_path
from bot.settings import Settings, SettingsError
from bot.wording.chat import say

log = logging.getLogger("nianbao")

HOURLY = 3600.0


def run(settings: Settings, webhook: str | None = None, listen: tuple[str, int] = ("127.0.0.1", 8443)) -> None:
    """Run until SIGTERM or SIGINT. Raises SettingsError when the token is refused."""
    set_up_logging(settings.secrets)
    _spare_searches()
    memory = Memory(memory_path(settings.index))
    application = build_application(settings, memory)
    application.post_init = lambda _: _begin(application)
    application.post_stop = lambda _: _end(application)
    application.bot_data["mode"] = "webhook" if webhook else "polling"
    try:
        if webhook is None:
            application.run_polling(allowed_updates=UPDATES, bootstrap_retries=-1)
        else:
            _run_webhook(application, settings, webhook, listen)
    except InvalidToken:
        raise SettingsError(say("log.invalid_token")) from None
    finally:
        application.room.desk.close()
        memory.close()


def _spare_searches() -> None:
    """httpcore looks several times a request for a module that need not be there, and searches the whole path each time
    (a fifth of what an answer costs); a None here is Python's own way to say at once that it is not."""
    if importlib.util.find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]


def _run_webhook(application: NianbaoApplication, settings: Settings, url: str, listen: tuple[str, int]) -> None:
    secret = settings.webhook_secret or secrets.token_urlsafe(32)
    path = urlsplit(url).path.strip("/")
    if not path:  # a path nobody guesses, the same at each start
        path = hashlib.sha256(f"path {settings.token}".encode()).hexdigest()[:24]
        url = f"{url.rstrip('/')}/{path}"
    from bot.chat.webhook import tolerant  # loads a web server, which polling does without

    with tolerant():
        application.run_webhook(
            listen=listen[0],
            port=listen[1],
            url_path=path,
            webhook_url=url,
            secret_token=secret,
            allowed_updates=UPDATES,
            bootstrap_retries=-1,
        )


async def _begin(application: NianbaoApplication) -> None:
    """Before anything new is fetched: finish what was begun, say hello in the log, start the hourly cleaning."""
    memory = application.memory
    memory.forget_old()
    await application.room.desk.write(lambda index: index.refresh_names())
    await application.room.desk.answering(lambda answering: answering.engine.prepare())
    waiting = await application.resume()
    sources = await application.room.desk.read(lambda index: index.sources())
    log.info(
        say(
            "log.started",
            name=application.bot.username,
            mode=application.bot_data["mode"],
            reports=len(sources),
            waiting=waiting,
        )
    )
    application.bot_data["cleaning"] = asyncio.create_task(_clean(memory))


async def _end(application: NianbaoApplication) -> None:
    task = application.bot_data.pop("cleaning", None)
    if task is not None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _clean(memory: Memory) -> None:
    while True:
        await asyncio.sleep(HOURLY)
        await asyncio.to_thread(memory.forget_old)
