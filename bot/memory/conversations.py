"""What each person spoke of last, so that 「示例市呢」 is understood; forgotten after an hour."""

from __future__ import annotations

import json
import secrets
import time

from bot.memory.connection import Connection

KEPT_SECONDS = 3600


class Conversations:
    """One small JSON object a person and chat; the person is a hash (see Memory.person)."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, person: str) -> dict[str, object] | None:
        row = self._db.row(
            "SELECT body FROM conversations WHERE person = ? AND updated_at > ?", (person, time.time() - KEPT_SECONDS)
        )
        return None if row is None else json.loads(str(row[0]))

    def put(self, person: str, body: dict[str, object]) -> None:
        self._db.write(
            "INSERT OR REPLACE INTO conversations (person, updated_at, body) VALUES (?, ?, ?)",
            (person, time.time(), json.dumps(body, ensure_ascii=False)),
        )

    def drop(self, persons: str) -> int:
        return self._db.write("DELETE FROM conversations WHERE person GLOB ?", (persons,))

    def forget_old(self) -> int:
        return self._db.write("DELETE FROM conversations WHERE updated_at < ?", (time.time() - KEPT_SECONDS,))


class Pages:
    """The pages of long answers, turned by editing one message."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, person: str, pages: list[str]) -> str:
        """Keep the pages; returns the short name under which a button asks for them."""
        name = secrets.token_urlsafe(6)
        body = json.dumps(pages, ensure_ascii=False)
        self._db.write("INSERT INTO pages VALUES (?, ?, ?, ?)", (name, person, time.time(), body))
        return name

    def get(self, name: str) -> list[str] | None:
        row = self._db.row("SELECT body FROM pages WHERE id = ?", (name,))
        return None if row is None else [str(page) for page in json.loads(str(row[0]))]

    def drop(self, persons: str) -> int:
        return self._db.write("DELETE FROM pages WHERE person GLOB ?", (persons,))

    def forget_old(self, before: float) -> int:
        return self._db.write("DELETE FROM pages WHERE created_at < ?", (before,))


class Replies:
    """Which message answers which question, so that an edited question edits its answer."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, chat_id: int, question_id: int, answer_id: int, question: str) -> None:
        """The question's words are given only in private chats, to go with a 🚩."""
        self._db.write(
            "INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?)",
            (chat_id, question_id, answer_id, question, time.time()),
        )

    def question(self, chat_id: int, answer_id: int) -> str:
        """What an answer was an answer to, or ''."""
        row = self._db.row("SELECT question FROM replies WHERE chat_id = ? AND answer_id = ?", (chat_id, answer_id))
        return "" if row is None else str(row[0])

    def get(self, chat_id: int, question_id: int) -> int | None:
        row = self._db.row(
            "SELECT answer_id FROM replies WHERE chat_id = ? AND question_id = ?", (chat_id, question_id)
        )
        return None if row is None else int(str(row[0]))

    def drop_chat(self, chat_id: int) -> int:
        return self._db.write("DELETE FROM replies WHERE chat_id = ?", (chat_id,))

    def forget_old(self) -> int:
        """Telegram lets a message be edited for 48 hours."""
        return self._db.write("DELETE FROM replies WHERE created_at < ?", (time.time() - 48 * 3600,))
