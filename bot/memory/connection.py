"""One connection to the memory file that several threads may use in turn."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.memory.migrations import migrations
from index.errors import IndexTooNew, IndexUnreadable, IndexUnwritable

Row = tuple[object, ...]


class Connection:
    """Statements in, rows out; every write is one transaction."""

    def __init__(self, path: Path, *, durable: bool = False) -> None:
        """Open or create the file and bring its tables up to date.

        Every write survives the death of the process; `durable` ones also a power cut, for a wait.
        """
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = Database(sqlite3.connect(path, timeout=10, check_same_thread=False, isolation_level=None))
            self._db.conn.execute("PRAGMA journal_mode=WAL")
            self._db.conn.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            _migrate(self._db, path)
        except sqlite3.OperationalError as error:
            raise IndexUnwritable(f"不能写入机器人的记忆文件 {path}（{error}）。请检查目录权限和磁盘空间。") from error
        except sqlite3.DatabaseError as error:
            raise IndexUnreadable(f"{path} 不是机器人的记忆文件，或已损坏。请移走它再启动，会自动新建。") from error
        except OSError as error:
            raise IndexUnwritable(f"不能建立目录 {path.parent}（{error.strerror}）。") from error

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def write(self, statement: str, values: Sequence[object] = ()) -> int:
        """Run one statement; returns how many rows it touched. Raises IndexUnwritable on a full disk."""
        with self._lock, _explained():
            return self._db.conn.execute(statement, values).rowcount

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        with self._lock, _explained():
            return self._db.conn.execute(statement, values).fetchall()

    def row(self, statement: str, values: Sequence[object] = ()) -> Row | None:
        found = self.rows(statement, values)
        return found[0] if found else None

    @contextmanager
    def together(self) -> Iterator[None]:
        """All writes inside are kept, or none."""
        with self._lock, self._db.atomic():
            yield

    def backup(self, path: Path) -> None:
        """A consistent copy while running."""
        with self._lock:
            copy = sqlite3.connect(path)
            try:
                self._db.conn.backup(copy)
            finally:
                copy.close()


def copy_memory(path: Path, target: Path) -> None:
    """A copy of one moment of a memory that a running bot may be writing; nothing in it is changed."""
    try:
        reading = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=10, uri=True)
        writing = sqlite3.connect(target)
        try:
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode=DELETE")
        finally:
            writing.close()
            reading.close()
    except sqlite3.OperationalError as error:
        raise IndexUnwritable(f"机器人的记忆 {path} 备份不了（{error}）。请检查磁盘空间和目录权限。") from error
    except sqlite3.DatabaseError as error:
        raise IndexUnreadable(f"{path} 不是机器人的记忆文件，或已损坏，没有备份。请移走它再备份。") from error


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise IndexUnwritable(f"机器人的记忆文件现在不能读写（{error}）。请检查磁盘空间和目录权限。") from error


def _migrate(db: Database, path: Path) -> None:
    if {each.name for each in migrations.applied(db)} - _known():
        raise IndexTooNew(f"{path} 由更新版本的程序写成，请升级 nianbao 再打开。")
    migrations.apply(db)


def _known() -> set[str]:
    empty = Database(memory=True)
    try:
        return {each.name for each in migrations.pending(empty)}
    finally:
        empty.close()
