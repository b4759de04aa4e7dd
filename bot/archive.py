"""A backup in one ZIP of index, originals and the bot's memory, as /backup sends it and `nianbao backup` writes it;
opened so that `restore` can read it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from index.errors import IndexUnreadable, IndexUnwritable, reason_of
from index.store import Index

INDEX, MEMORY = "index.db", "index-memory.db"
PARTS = (INDEX, MEMORY, "originals/", "index-originals/")


def pack(index: Index, memory: Callable[[Path], object] | None, out: IO[bytes], beside: Path | None = None) -> int:
    """Writes the ZIP while all are in use; `memory` makes a copy of it. Returns the number of originals."""
    with tempfile.TemporaryDirectory(prefix=".nianbao-", dir=beside) as folder:
        place = Path(folder, "backup")
        place.mkdir()
        count = index.backup(place / INDEX)
        if memory is not None:
            memory(place / MEMORY)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(place.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(place))
    return count


def write(index: Index, target: Path) -> tuple[int, bool]:
    """The ZIP as a file, with the memory that lies beside the index: originals, and whether there was a memory.

    An earlier backup is written over, nothing else, and only once the new one is whole.
    """
    from bot.memory import copy_memory, memory_path

    _refuse_other_files(target)
    memory = memory_path(index.path)
    aside = target.with_name(f"{target.name}.writing")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as out:
            copy = (lambda path: copy_memory(memory, path)) if memory.is_file() else None
            count = pack(index, copy, out, target.parent)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(target)
    except OSError as error:
        raise IndexUnwritable(f"备份写不到 {target}（{reason_of(error)}）：请检查空间和写权限。") from error
    finally:
        aside.unlink(missing_ok=True)
    return count, copy is not None


def _refuse_other_files(target: Path) -> None:
    if target.is_dir():
        raise IndexUnwritable(f"{target} 是一个目录：请指定备份文件，例如 {target / 'backup.zip'}。")
    if target.exists() and not (target.is_file() and (not target.stat().st_size or _is_backup(target))):
        raise IndexUnwritable(f"{target} 已经存在，而且不是备份，没有覆盖：请换一个文件名。")


def _is_backup(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return INDEX in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup on disk."""

    index: Path
    memory: Path | None = None

    def restore_memory(self, index: Path) -> bool:
        """Put the memory beside the index, the old one set aside; False where the backup holds none."""
        from bot.memory import memory_path

        if self.memory is None:
            return False
        target = memory_path(index)
        try:
            _set_aside(target)
            shutil.copyfile(self.memory, target)
        except OSError as error:
            raise IndexUnwritable(f"恢复不到 {target}（{reason_of(error)}）：请检查空间和写权限。") from error
        return True


def _set_aside(memory: Path) -> None:
    """The old memory with its log, under a name not taken yet."""
    kept, number = f"{memory.name}.before-restore", 1
    while memory.with_name(kept).exists():
        number += 1
        kept = f"{memory.name}.before-restore-{number}"
    for suffix in ("", "-wal", "-shm"):
        path = memory.with_name(memory.name + suffix)
        if path.exists():
            path.replace(memory.with_name(kept + suffix))


@contextmanager
def opened(file: Path) -> Iterator[Copy]:
    """The backup itself, or what a ZIP of /backup holds. Raises IndexUnreadable for any other ZIP."""
    if not zipfile.is_zipfile(file):
        yield Copy(file)
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        try:
            with zipfile.ZipFile(file) as archive:
                names = [name for name in archive.namelist() if name.startswith(PARTS)]
                archive.extractall(place, names)  # keeps every name within the folder
        except (zipfile.BadZipFile, OSError, RuntimeError) as error:
            raise IndexUnreadable(f"{file} 解不开（{type(error).__name__}）：请用 /backup 重新备份。") from error
        if not (place / INDEX).is_file():
            raise IndexUnreadable(f"{file} 里没有 {INDEX}：请指定 /backup 发来的 ZIP 或 nianbao backup 写出的文件。")
        memory = place / MEMORY
        yield Copy(place / INDEX, memory if memory.is_file() else None)
