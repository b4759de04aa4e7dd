"""A consistent copy of the index while it is in use, with its originals; and back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

from index.errors import IndexUnreadable, IndexUnwritable, reason_of
from index.store import migrations, originals
from index.store.base import Base
from index.store.database import APPLICATION_ID, connect, store_error, translated


def backup(store: Base, target: Path) -> int:
    """Writes the copy, and hands back how many originals went with it; a half-written copy never takes its name."""
    _refuse_itself(store.path, target)
    _refuse_other_files(target)
    aside = target.with_name(target.name + ".writing")
    try:
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
    reading, _ = connect(source, create=False)  # knows how to read what cannot be written
    writing = sqlite3.connect(target)
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


def _refuse_other_files(target: Path) -> None:
    """An earlier backup may be written over, nothing else: a mistyped name must not cost a report."""
    if target.is_dir() or not target.name:
        raise IndexUnwritable(f"{target} 是一个目录：请指定备份文件，例如 {target / 'backup.db'}。")
    if target.is_fifo() or (target.is_file() and target.stat().st_size and not _is_index(target)):
        raise IndexUnwritable(f"{target} 已经存在，而且不是备份，没有覆盖：请换一个文件名。")


def _is_index(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(b"SQLite format 3\0") and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def restore_backup(copy: Path, path: Path) -> None:
    """Puts a copy in the place of the index. The copy is looked through first; the old index is kept beside it.

    The programs that use the index must be stopped.
    """
    _refuse_itself(path, copy)
    if not copy.exists():
        raise IndexUnreadable(f"没有备份文件 {copy}：请检查路径。")
    if copy.is_file() and not copy.stat().st_size:
        raise IndexUnreadable(f"{copy} 是空的，不是备份：请指定 nianbao backup 写出的文件。")
    if path.is_dir():
        raise IndexUnwritable(f"索引 {path} 是一个目录：请用 --index 指定文件。")
    check_whole(copy)
    aside = path.with_name(path.name + ".writing")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _copy_database(copy, aside)
        _copy_originals(aside, originals.folder_beside(copy), originals.folder_beside(path))
        _set_aside(path)
        aside.replace(path)
    except OSError as error:
        raise IndexUnwritable(f"恢复不到 {path}（{reason_of(error)}）：请检查空间和写权限，索引没有改变。") from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _set_aside(path: Path) -> None:
    """The old index with its log, under a name not taken yet, so that even a wrong restore can be taken back."""
    kept = path.with_name(path.name + ".before-restore")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.name}.before-restore-{number}")
    for ending in ("", "-wal", "-shm"):
        old = path.with_name(path.name + ending)
        if old.exists():
            shutil.move(old, kept.with_name(kept.name + ending))


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
