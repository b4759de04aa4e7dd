"""What is kept because somebody asked for it, or to mend the bot: roles, follows, misses, flags, errors."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.memory.connection import Connection

FlagState = Literal["open", "mended", "right"]


class Roles:
    """Loaders, named by owners in chat. Owners themselves come from $NIANBAO_ADMINS only."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def is_loader(self, user_id: int) -> bool:
        return self._db.row("SELECT 1 FROM roles WHERE user_id = ? AND role = 'loader'", (user_id,)) is not None

    def name_loader(self, user_id: int, given_by: int) -> None:
        self._db.write("INSERT OR REPLACE INTO roles VALUES (?, 'loader', ?, ?)", (user_id, given_by, time.time()))

    def dismiss(self, user_id: int) -> bool:
        return self._db.write("DELETE FROM roles WHERE user_id = ?", (user_id,)) == 1

    def loaders(self) -> list[int]:
        return [int(str(row[0])) for row in self._db.rows("SELECT user_id FROM roles ORDER BY given_at")]


@dataclass(frozen=True, slots=True)
class Follow:
    """Somebody wants to hear of one agency."""

    chat_id: int
    agency_key: str
    agency: str
    language: str = "zh"
    """Of the interface when the following began."""


class Follows:
    """Who is told when an agency's report is loaded. The chat's number is kept, for it must be written to."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, person: str, chat_id: int, agency_key: str, agency: str, language: str = "zh") -> bool:
        """False if it was followed already."""
        values = (person, chat_id, agency_key, agency, time.time(), language)
        return self._db.write("INSERT OR IGNORE INTO follows VALUES (?, ?, ?, ?, ?, ?)", values) == 1

    def remove(self, person: str, agency_key: str) -> bool:
        return self._db.write("DELETE FROM follows WHERE person = ? AND agency_key = ?", (person, agency_key)) == 1

    def of(self, person: str) -> list[Follow]:
        return self._select("person = ? ORDER BY agency", person)

    def followers(self, agency_key: str) -> list[Follow]:
        return self._select("agency_key = ?", agency_key)

    def drop(self, persons: str) -> int:
        return self._db.write("DELETE FROM follows WHERE person GLOB ?", (persons,))

    def keys(self) -> frozenset[str]:
        """Every agency that anybody follows."""
        return frozenset(str(row[0]) for row in self._db.rows("SELECT DISTINCT agency_key FROM follows"))

    def drop_chat(self, chat_id: int) -> int:
        """The person blocked the bot."""
        return self._db.write("DELETE FROM follows WHERE chat_id = ?", (chat_id,))

    def _select(self, where: str, value: object) -> list[Follow]:
        rows = self._db.rows(f"SELECT chat_id, agency_key, agency, language FROM follows WHERE {where}", (value,))
        return [Follow(int(str(chat)), str(key), str(agency), str(tongue)) for chat, key, agency, tongue in rows]


@dataclass(frozen=True, slots=True)
class Miss:
    """Questions that were not answered, alike ones together."""

    question: str
    outcome: str
    reason: str
    times: int
    last_id: int


class Misses:
    """Questions that found no answer; kept for a month, to teach the bot their words."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, person: str, question: str, outcome: str, reason: str) -> None:
        self._db.write(
            "INSERT INTO misses (person, question, outcome, reason, asked_at) VALUES (?, ?, ?, ?, ?)",
            (person, question, outcome, reason, time.time()),
        )

    def grouped(self, limit: int = 20) -> list[Miss]:
        """The most frequent first."""
        rows = self._db.rows(
            "SELECT question, outcome, reason, count(*), max(id) FROM misses GROUP BY question, outcome"
            " ORDER BY count(*) DESC, max(id) DESC LIMIT ?",
            (limit,),
        )
        return [Miss(str(q), str(o), str(r), int(str(n)), int(str(i))) for q, o, r, n, i in rows]

    def get(self, miss_id: int) -> Miss | None:
        row = self._db.row("SELECT question, outcome, reason, 1, id FROM misses WHERE id = ?", (miss_id,))
        return None if row is None else Miss(str(row[0]), str(row[1]), str(row[2]), 1, miss_id)

    def questions(self) -> list[str]:
        return [str(row[0]) for row in self._db.rows("SELECT DISTINCT question FROM misses")]

    def settle(self, question: str) -> int:
        return self._db.write("DELETE FROM misses WHERE question = ?", (question,))

    def drop(self, persons: str) -> int:
        return self._db.write("DELETE FROM misses WHERE person GLOB ?", (persons,))

    def forget_old(self, before: float) -> int:
        return self._db.write("DELETE FROM misses WHERE asked_at < ?", (before,))


@dataclass(frozen=True, slots=True)
class Flag:
    """An answer that its reader thinks wrong."""

    id: str
    chat_id: int
    message_id: int
    answer: dict[str, object]
    state: FlagState


class Flags:
    """🚩 under an answer, until an administrator settles it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, person: str, chat_id: int, message_id: int, answer: Mapping[str, object]) -> Flag:
        """A second press on the same answer finds the first flag."""
        known = self._db.row("SELECT id FROM flags WHERE chat_id = ? AND message_id = ?", (chat_id, message_id))
        if known is None:
            name, body = secrets.token_urlsafe(6), json.dumps(answer, ensure_ascii=False)
            values = (name, person, chat_id, message_id, body, time.time())
            self._db.write("INSERT INTO flags VALUES (?, ?, ?, ?, ?, 'open', ?)", values)
        else:
            name = str(known[0])
        found = self.get(name)
        assert found is not None
        return found

    def known(self, chat_id: int, message_id: int) -> bool:
        return (
            self._db.row("SELECT 1 FROM flags WHERE chat_id = ? AND message_id = ?", (chat_id, message_id)) is not None
        )

    def get(self, name: str) -> Flag | None:
        row = self._db.row("SELECT id, chat_id, message_id, answer, state FROM flags WHERE id = ?", (name,))
        if row is None:
            return None
        return Flag(str(row[0]), int(str(row[1])), int(str(row[2])), json.loads(str(row[3])), row[4])  # type: ignore[arg-type]

    def settle(self, name: str, state: FlagState) -> bool:
        """Once: a second administrator gets False."""
        return self._db.write("UPDATE flags SET state = ? WHERE id = ? AND state = 'open'", (state, name)) == 1

    def open_count(self) -> int:
        row = self._db.row("SELECT count(*) FROM flags WHERE state = 'open'")
        return int(str(row[0])) if row else 0

    def drop(self, persons: str) -> int:
        return self._db.write("DELETE FROM flags WHERE person GLOB ?", (persons,))

    def forget_old(self, before: float) -> int:
        return self._db.write("DELETE FROM flags WHERE created_at < ?", (before,))


class Errors:
    """That something failed, where, and under which reference; never anybody's words."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, reference: str, kind: str, place: str) -> None:
        self._db.write("INSERT OR IGNORE INTO errors VALUES (?, ?, ?, ?)", (reference, kind, place, time.time()))

    def since(self, when: float) -> list[tuple[str, str, str]]:
        rows = self._db.rows(
            "SELECT reference, kind, place FROM errors WHERE happened_at > ? ORDER BY happened_at DESC", (when,)
        )
        return [(str(a), str(b), str(c)) for a, b, c in rows]

    def forget_old(self, before: float) -> int:
        return self._db.write("DELETE FROM errors WHERE happened_at < ?", (before,))


class Notes:
    """Small things the bot must know after a restart: how far it has told followers."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, name: str) -> str | None:
        row = self._db.row("SELECT value FROM notes WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    def put(self, name: str, value: str) -> None:
        self._db.write("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def drop(self, name: str) -> None:
        self._db.write("DELETE FROM notes WHERE name = ?", (name,))
