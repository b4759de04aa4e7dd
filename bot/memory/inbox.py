"""Updates taken from Telegram, kept until they are answered.

Telegram forgets an update once it is handed over, so it is written here first. A process that dies leaves it `waiting`
and the next one finishes it. Only the number of an answered update is kept, to know a second delivery of it.
"""

from __future__ import annotations

import time

from bot.memory.connection import Connection

TRIES = 3
"""After so many starts an update is given up, so that a poisonous one cannot stop the bot for ever."""
KEPT_HOURS = 48
"""Telegram itself delivers nothing older than 24 hours."""


class Inbox:
    """`put` before Telegram is told, `begin` before handling, `finish` after."""

    def __init__(self, connection: Connection, durable: Connection) -> None:
        self._db = connection
        self._durable = durable  # Telegram will not send again what it was told is taken, so that waits for the disk

    def put(self, update_id: int, body: str) -> bool:
        """Keep an update; False if it was here before (a second delivery)."""
        return (
            self._durable.write(
                "INSERT OR IGNORE INTO inbox (update_id, received_at, state, body) VALUES (?, ?, 'waiting', ?)",
                (update_id, time.time(), body),
            )
            == 1
        )

    def begin(self, update_id: int) -> bool:
        """Count a try; False when there have been enough of them, and the update is given up."""
        touched = self._db.write(
            "UPDATE inbox SET attempts = attempts + 1 WHERE update_id = ? AND state = 'waiting' AND attempts < ?",
            (update_id, TRIES),
        )
        if touched:
            return True
        self._close(update_id, "given_up")
        return self._db.row("SELECT 1 FROM inbox WHERE update_id = ?", (update_id,)) is None

    def finish(self, update_id: int) -> None:
        """Answered: its words are forgotten, its number stays."""
        self._close(update_id, "done")

    def may_try_again(self, update_id: int) -> bool:
        row = self._db.row("SELECT attempts FROM inbox WHERE update_id = ? AND state = 'waiting'", (update_id,))
        return row is not None and int(str(row[0])) < TRIES

    def waiting(self) -> list[tuple[int, str]]:
        """What is still to be answered, oldest first."""
        rows = self._db.rows("SELECT update_id, body FROM inbox WHERE state = 'waiting' ORDER BY update_id")
        return [(int(str(number)), str(body)) for number, body in rows]

    def forget_old(self) -> int:
        return self._db.write("DELETE FROM inbox WHERE received_at < ?", (time.time() - KEPT_HOURS * 3600,))

    def _close(self, update_id: int, state: str) -> None:
        self._db.write(
            "UPDATE inbox SET state = ?, body = '' WHERE update_id = ? AND state = 'waiting'", (state, update_id)
        )
