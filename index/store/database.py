"""Opening the SQLite file, its transactions, and what SQLite's errors mean for people."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from index.errors import IndexUnreadable, IndexUnwritable, StoreError, reason_of

APPLICATION_ID = 0x4E42616F
"""'NBao' in the file's header: tells our index from another program's database."""
BUSY_MILLISECONDS = 10_000
CACHE_KIBIBYTES = 32_768
LOG_BYTES = 64 * 1024 * 1024
"""What the write-ahead log may keep of the disk after a large transaction."""

_UNREADABLE = {
    sqlite3.SQLITE_NOTADB: "不是索引文件（不是 SQLite 数据库）：请用 --index 指定别的文件",
    sqlite3.SQLITE_CORRUPT: "已损坏：请用 nianbao restore 恢复备份，或移走它再重新载入年报",
    sqlite3.SQLITE_CANTOPEN: "打不开：请检查路径和权限",
}
_UNWRITABLE = {
    sqlite3.SQLITE_FULL: "写不进去，磁盘空间不足：请腾出空间后再试，已有内容没有改变",
    sqlite3.SQLITE_READONLY: "是只读的：请检查文件和目录的写权限",
    sqlite3.SQLITE_BUSY: "正被另一个程序写入：请等它结束后再试",
    sqlite3.SQLITE_LOCKED: "正被另一个程序写入：请等它结束后再试",
    sqlite3.SQLITE_IOERR: "读写出错：请检查磁盘是否已满或有故障，已有内容没有改变",
    sqlite3.SQLITE_PERM: "没有写权限：请检查文件和目录的权限",
}


def store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """The sentence for people that an SQLite error stands for."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _UNWRITABLE:
        return IndexUnwritable(f"索引 {path} {_UNWRITABLE[code]}。")
    if code in _UNREADABLE:
        return IndexUnreadable(f"索引 {path} {_UNREADABLE[code]}。")
    return IndexUnreadable(f"索引 {path} 无法使用（{error}）：请用 nianbao restore 恢复备份，或另建索引。")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors leave as sentences."""
    try:
        yield
    except sqlite3.Error as error:
        raise store_error(error, path) from error


def connect(path: Path, *, create: bool) -> tuple[sqlite3.Connection, bool]:
    """A connection, and whether it can only read. Missing folders are made if `create`."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise IndexUnreadable(f"索引 {path} 不是普通文件（管道、设备等）：请用 --index 指定别的文件。")
    exists = path.is_dir() or (path.exists() and (create or path.stat().st_size > 0))
    if not exists and not create:
        raise IndexUnreadable(f"没有索引 {path}：请先用 nianbao load 载入年报，或用 --index 指定别的文件。")
    if path.is_dir():
        raise IndexUnreadable(f"索引 {path} 是一个目录：请指定文件，例如 {path / 'index.db'}。")
    if not exists:
        _make_file(path)
    with translated(path):
        return (_writable(path), False) if not exists or _can_write(path) else (_read_only(path), True)


def _make_file(path: Path) -> None:
    """Empty as yet: tried here, what stands in the way has a name."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        raise IndexUnwritable(f"不能在 {path.parent} 建立索引（{reason_of(error)}）：请检查写权限。") from error


def _can_write(path: Path) -> bool:
    """Whether the file can be written, and its folder, where the write-ahead log lies."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _writable(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    connection.execute(f"PRAGMA journal_size_limit={LOG_BYTES}")
    _settings(connection)
    return connection


def use_log(connection: sqlite3.Connection) -> None:
    """Turns the write-ahead log on. SQLite does not wait for others here, so this does: two may open a new index."""
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _read_only(path: Path) -> sqlite3.Connection:
    """Of a file that cannot be written; where not even a log can stand beside it, as a file that nobody changes."""
    address = "file:" + quote(str(path.resolve()))
    for options in ("?mode=ro", "?mode=ro&immutable=1"):
        connection = sqlite3.connect(address + options, uri=True, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            if "immutable" in options:
                raise
        else:
            _settings(connection)
            return connection
    raise AssertionError("one of the two ways returned or raised")


def _settings(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA recursive_triggers=ON")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIBIBYTES}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. Takes the write lock at once, so that what is read inside stays true until the end."""
    if connection.in_transaction:
        with _savepoint(connection):
            yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT inner_step")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO inner_step")
            connection.execute("RELEASE inner_step")
        raise
    connection.execute("RELEASE inner_step")
