"""The memory as a whole: its parts, who a person is in it, and how it forgets."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from pathlib import Path

from bot.memory.connection import Connection
from bot.memory.conversations import Conversations, Pages, Replies
from bot.memory.inbox import Inbox
from bot.memory.people import Errors, Flags, Follows, Misses, Notes, Roles
from bot.memory.uploads import Uploads

KEPT_DAYS = 30
"""How long anything made of people's words may stay."""


def memory_path(index: Path) -> Path:
    """Where the memory of an index lies: data/index.db → data/index-memory.db."""
    return index.with_name(f"{index.stem}-memory.db")


class Memory:
    """Everything the bot remembers; open it once, close it at the end."""

    def __init__(self, path: Path) -> None:
        self._db = Connection(path)
        self._durable = Connection(path, durable=True)
        self.path = path
        self.inbox = Inbox(self._db, self._durable)
        self.conversations = Conversations(self._db)
        self.pages = Pages(self._db)
        self.replies = Replies(self._db)
        self.uploads = Uploads(self._db, path.with_name(f"{path.stem}-files"))
        self.roles = Roles(self._db)
        self.follows = Follows(self._db)
        self.misses = Misses(self._db)
        self.flags = Flags(self._db)
        self.errors = Errors(self._db)
        self.notes = Notes(self._db)
        self._key = self._secret("person").encode()

    def close(self) -> None:
        self._durable.close()
        self._db.close()

    def person(self, user_id: int, chat_id: int) -> str:
        """A person in one chat, as hashes that tell nothing without this file's secret: 'who.where'."""
        return f"{self._hash(f'user {user_id}')}.{self._hash(f'chat {chat_id}')}"

    def forget(self, user_id: int) -> int:
        """Delete all that is kept about a person, in whatever chat; returns how many things that was."""
        everywhere = f"{self._hash(f'user {user_id}')}.*"
        parts = (self.conversations, self.pages, self.follows, self.misses, self.flags)
        with self._db.together():
            return sum(part.drop(everywhere) for part in parts) + self.replies.drop_chat(user_id)

    def forget_old(self) -> int:
        """Delete what is past its time; called at the start and then every hour."""
        before = time.time() - KEPT_DAYS * 86400
        count = self.inbox.forget_old() + self.conversations.forget_old() + self.replies.forget_old()
        parts = (self.pages, self.misses, self.flags, self.errors, self.uploads)
        return count + sum(part.forget_old(before) for part in parts)

    def backup(self, path: Path) -> None:
        self._db.backup(path)

    def _hash(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()[:24]

    def _secret(self, name: str) -> str:
        self._db.write("INSERT OR IGNORE INTO secrets VALUES (?, ?)", (name, secrets.token_hex(32)))
        row = self._db.row("SELECT value FROM secrets WHERE name = ?", (name,))
        assert row is not None
        return str(row[0])
