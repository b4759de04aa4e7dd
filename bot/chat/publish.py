"""The command lists and the profile that Telegram shows, per audience and language; display, not permission."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import TelegramError

from bot.chat.room import Room
from bot.wording.chat import Language, commands, profile

log = logging.getLogger("nianbao.publish")

LANGUAGES: tuple[tuple[str | None, Language], ...] = ((None, "en"), ("zh", "zh"))
"""Telegram's language code → ours; without a code for everybody else. Telegram knows no 简体 and 繁體 here."""


class Publish:
    """Tells Telegram what to show, in the background: a start does not wait for it."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._task: asyncio.Task[None] | None = None

    def start(self, bot: Bot) -> None:
        self._task = asyncio.create_task(self.publish(bot))

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def publish(self, bot: Bot) -> None:
        """Everything once; whatever fails is left for the next start."""
        for code, language in LANGUAGES:
            everyone = commands("everyone", language)
            await self._set(bot, BotCommandScopeAllPrivateChats(), everyone, code)
            await self._set(bot, BotCommandScopeAllGroupChats(), commands("groups", language), code)
            with contextlib.suppress(TelegramError):
                await bot.set_my_description(profile("description", language), language_code=code)
                await bot.set_my_short_description(profile("short", language), language_code=code)
        for user in self._room.administrators():
            await self.administrator(bot, user)
        with contextlib.suppress(TelegramError):
            await bot.set_chat_menu_button(menu_button=MenuButtonCommands())

    async def administrator(self, bot: Bot, user_id: int) -> None:
        """The longer list in one person's chat; Telegram refuses while that chat was never opened."""
        role = self._room.role(user_id)
        for code, language in LANGUAGES:
            own = commands("everyone", language) | (commands("loaders", language) if role != "citizen" else {})
            own |= commands("owners", language) if role == "owner" else {}
            await self._set(bot, BotCommandScopeChat(user_id), own, code)

    async def _set(self, bot: Bot, scope: BotCommandScope, listed: dict[str, str], code: str | None) -> None:
        try:
            await bot.set_my_commands(list(listed.items()), scope=scope, language_code=code)
        except TelegramError as error:
            log.info("commands for %s were not set (%s)", scope.type, type(error).__name__)
