"""What every handler is given, and who is asking."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from telegram import Update

from bot.chat.desk import Desk
from bot.memory import Memory
from bot.settings import Settings
from bot.wording.chat import Language, language_named, language_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
Role = Literal["owner", "loader", "citizen"]


class Budget:
    """How much one person may ask: a bucket that fills by one a second."""

    SIZE = 60.0
    KEPT = 10_000

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def spend(self, person: str) -> float:
        """0 when the question may be asked, else the seconds to wait."""
        now = time.monotonic()
        left, when = self._left.get(person, (self.SIZE, now))
        left = min(self.SIZE, left + now - when)
        allowed = left >= 1
        self._left[person] = (left - 1 if allowed else left, now)
        self._left.move_to_end(person)
        while len(self._left) > self.KEPT:
            self._left.popitem(last=False)
        return 0.0 if allowed else 1 - left


@dataclass(frozen=True, slots=True)
class Room:
    """What handlers share."""

    settings: Settings
    memory: Memory
    desk: Desk
    budget: Budget = field(default_factory=Budget)

    def today(self) -> date:
        return datetime.now(SHANGHAI).date()

    def role(self, user_id: int | None) -> Role:
        """By the presser's own number, whatever chat or button it comes from."""
        if user_id is None:
            return "citizen"
        if user_id in self.settings.owners:
            return "owner"
        return "loader" if self.memory.roles.is_loader(user_id) else "citizen"

    def may_load(self, update: Update) -> bool:
        user = update.effective_user
        return user is not None and not user.is_bot and self.role(user.id) != "citizen"

    def is_owner(self, update: Update) -> bool:
        user = update.effective_user
        return user is not None and not user.is_bot and self.role(user.id) == "owner"

    def administrators(self) -> list[int]:
        """Owners and loaders, without those who cannot be written to (yet)."""
        everyone = sorted({*self.settings.owners, *self.memory.roles.loaders()})
        return [user for user in everyone if self.memory.notes.get(f"closed {user}") is None]

    def closed(self, user_id: int) -> None:
        """Telegram refused: this administrator never opened the chat, or blocked the bot."""
        self.memory.notes.put(f"closed {user_id}", "1")

    def notice(self, update: Update) -> None:
        """An administrator who writes can be written to again, in his language."""
        if is_private(update) and self.may_load(update) and update.effective_user is not None:
            user, tongue = update.effective_user.id, language(update)
            self.memory.notes.drop(f"closed {user}")
            if tongue != self.tongue(user):
                self.memory.notes.put(f"language {user}", tongue)

    def tongue(self, user_id: int) -> Language:
        """The language of an administrator, for what is not an answer to a message of his."""
        return language_named(self.memory.notes.get(f"language {user_id}"))

    def person(self, update: Update) -> str:
        """The hash under which this person's conversation in this chat is kept."""
        user, chat = update.effective_sender, update.effective_chat
        return self.memory.person(user.id if user else 0, chat.id if chat else 0)


def language(update: Update) -> Language:
    user = update.effective_user
    return language_of(user.language_code if user else None)


def is_private(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type == "private"
