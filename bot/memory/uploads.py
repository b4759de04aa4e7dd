"""Files that administrators dropped: from the first byte until they are stored or dropped.

The bytes lie in a folder beside the memory under their SHA-256; the sender's file name is only ever shown.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bot.memory.connection import Connection, Row

State = Literal["reading", "pending", "stored", "dropped", "failed", "undone"]

COLUMNS = "id, batch, state, sha256, file, user_id, chat_id, message_id, agency, year, summary, created_at"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way into the index."""

    id: str
    batch: str
    """Files sent together (an album, a ZIP) share one batch and one message."""
    state: State
    sha256: str
    file: str
    """As the sender named it, cleaned; for showing only."""
    user_id: int
    chat_id: int
    message_id: int | None
    agency: str | None
    """Said by the administrator; None while the document's own name counts."""
    year: int | None
    summary: dict[str, object] = field(default_factory=dict)
    """What the preview shows, as plain data."""
    created_at: float = 0.0


class Uploads:
    """The files and their rows."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._db = connection
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Write the bytes under their hash, whole or not at all; returns the hash."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.path(sha256)
        if not path.exists():
            part = path.with_name(f"{sha256}.{secrets.token_hex(4)}.part")
            part.write_bytes(content)
            part.replace(path)
        return sha256

    def path(self, sha256: str) -> Path:
        return self.folder / sha256

    def add(self, batch: str, sha256: str, file: str, user_id: int, chat_id: int) -> Upload:
        """A new file in a batch; the same bytes twice in one batch are one upload."""
        known = self._db.row(f"SELECT {COLUMNS} FROM uploads WHERE batch = ? AND sha256 = ?", (batch, sha256))
        if known is not None:
            return _upload(known)
        name = secrets.token_urlsafe(6)
        self._db.write(
            f"INSERT INTO uploads ({COLUMNS}) VALUES (?, ?, 'reading', ?, ?, ?, ?, NULL, NULL, NULL, '{{}}', ?)",
            (name, batch, sha256, file, user_id, chat_id, time.time()),
        )
        found = self.get(name)
        assert found is not None
        return found

    def get(self, name: str) -> Upload | None:
        row = self._db.row(f"SELECT {COLUMNS} FROM uploads WHERE id = ?", (name,))
        return None if row is None else _upload(row)

    def batch(self, batch: str) -> list[Upload]:
        return [_upload(row) for row in self._select("batch = ? ORDER BY rowid", batch)]

    def unfinished(self) -> list[Upload]:
        """Files whose reading a restart cut short."""
        return [_upload(row) for row in self._select("state = ? ORDER BY rowid", "reading")]

    def open_count(self) -> int:
        """Files that wait to be read or decided on."""
        row = self._db.row("SELECT count(*) FROM uploads WHERE state IN ('reading', 'pending')")
        return int(str(row[0])) if row else 0

    def last_stored(self, user_id: int) -> Upload | None:
        rows = self._select("state = 'stored' AND user_id = ? ORDER BY rowid DESC LIMIT 1", user_id)
        return _upload(rows[0]) if rows else None

    def set_message(self, batch: str, message_id: int) -> None:
        self._db.write("UPDATE uploads SET message_id = ? WHERE batch = ?", (message_id, batch))

    def set_summary(self, name: str, state: State, summary: dict[str, object]) -> None:
        body = json.dumps(summary, ensure_ascii=False)
        self._db.write("UPDATE uploads SET state = ?, summary = ? WHERE id = ?", (state, body, name))

    def set_named(self, name: str, agency: str | None, year: int | None) -> None:
        """The administrator says whose report it is; it must be read again."""
        self._db.write(
            "UPDATE uploads SET agency = coalesce(?, agency), year = coalesce(?, year), state = 'reading' WHERE id = ?",
            (agency, year, name),
        )

    def move(self, name: str, old: State, new: State) -> bool:
        """From one state to the next, once: a second press finds it moved and gets False."""
        return self._db.write("UPDATE uploads SET state = ? WHERE id = ? AND state = ?", (new, name, old)) == 1

    def forget_old(self, before: float) -> int:
        """Rows and bytes of files long settled; what waits for a decision stays."""
        gone = "created_at < ? AND state NOT IN ('reading', 'pending')"
        count = self._db.write(f"DELETE FROM uploads WHERE {gone}", (before,))
        self.sweep()
        return count

    def sweep(self) -> None:
        """Remove bytes that no open upload needs."""
        rows = self._db.rows("SELECT sha256 FROM uploads WHERE state IN ('reading', 'pending')")
        needed = {str(row[0]) for row in rows}
        for path in self.folder.glob("*") if self.folder.is_dir() else ():
            if path.name not in needed and time.time() - path.stat().st_mtime > 3600:
                path.unlink(missing_ok=True)

    def _select(self, where: str, *values: object) -> list[Row]:
        return self._db.rows(f"SELECT {COLUMNS} FROM uploads WHERE {where}", values)


def _upload(row: Row) -> Upload:
    name, batch, state, sha256, file, user_id, chat_id, message_id, agency, year, summary, created_at = row
    return Upload(
        id=str(name),
        batch=str(batch),
        state=state,  # type: ignore[arg-type]
        sha256=str(sha256),
        file=str(file),
        user_id=int(str(user_id)),
        chat_id=int(str(chat_id)),
        message_id=None if message_id is None else int(str(message_id)),
        agency=None if agency is None else str(agency),
        year=None if year is None else int(str(year)),
        summary=json.loads(str(summary)),
        created_at=float(str(created_at)),
    )
