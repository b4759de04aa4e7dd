"""A consistent copy of the index while it is in use, with its originals; and back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

from index.errors import IndexUnreadable, IndexUnwritable, reason_of
from index.store import migrations, originals
from index.store.base import Base
from index.store.database import connect, store_error, translated


def backup(store: Base, target: Path) -> int:
    """Writes the copy, and hands back how many originals went with it; a half-written copy never takes its name."""
    aside = target.with_name(target.name + ".writing")
    try:
        _refuse_itself(store.path, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_database(store.path, aside)
        count = _copy_originals(aside, store.originals, originals.folder_beside(target))
        aside.replace(target)
    except OSError as error:
        raise IndexUnwritable(f"备份写不到 {target}（{reason_of(error)}）：请检查空间和写权限。") from error
    finally:
        aside.unlink(missing_ok=True)
    return count


def _copy_database(source: Path, target: Path) -> None:
    """Through SQLite itself, which sees to it that the copy is of one moment."""
    target.write_bytes(b"")  # here, a place that cannot be written is an OSError that says why
    reading, writing = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        at_fault = source if error.sqlite_errorcode in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) else target
        raise store_error(error, at_fault) from error
    finally:
        reading.close()
        writing.close()
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy_originals(database: Path, source: Path, target: Path) -> int:
    """Those the copied index names; each is the same wherever it lies, so what is there stays."""
    connection = sqlite3.connect(database)
    try:
        names = [name for (name,) in connection.execute("SELECT DISTINCT sha256 FROM reports")]
    finally:
        connection.close()
    count = 0
    for sha256 in names:
        path = originals.path_of(source, sha256)
        if path.is_file() and not originals.path_of(target, sha256).exists():
            originals.keep(target, sha256, path.read_bytes())
        count += path.is_file()
    return count


def _refuse_itself(index: Path, other: Path) -> None:
    if index.resolve() == other.resolve():
        raise IndexUnwritable(f"{other} 就是正在使用的索引：请指定另一个文件。")


def restore_backup(copy: Path, path: Path) -> None:
    """Puts a copy in the place of the index. The copy is looked through first; the old index is kept beside it.

    The programs that use the index must be stopped.
    """
    _refuse_itself(path, copy)
    check_whole(copy)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(path.name + ".writing")
        _copy_database(copy, aside)
        _copy_originals(aside, originals.folder_beside(copy), originals.folder_beside(path))
        _set_aside(path)
        aside.replace(path)
    except OSError as error:
        raise IndexUnwritable(f"恢复不到 {path}（{reason_of(error)}）：请检查空间和写权限，索引没有改变。") from error


def _set_aside(path: Path) -> None:
    """The old index with its log, under another name, so that even a wrong restore can be taken back."""
    for ending in ("", "-wal", "-shm"):
        old = path.with_name(path.name + ending)
        if old.exists():
            shutil.move(old, path.with_name(path.name + ".before-restore" + ending))


def check_whole(path: Path) -> None:
    """IndexUnreadable unless this is an index of ours, whole, and not of a newer program."""
    connection, _ = connect(path, create=False)
    try:
        with translated(path):
            if migrations.check_ours(connection, path) == 0:
                raise IndexUnreadable(f"{path} 是空的，不是备份：请指定 nianbao backup 写出的文件。")
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise IndexUnreadable(f"索引 {path} 已损坏：请换一份备份。")
    finally:
        connection.close()
