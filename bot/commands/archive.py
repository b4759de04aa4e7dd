"""What /backup sends: a ZIP of index, originals and the bot's memory; opened so that `restore` can read it."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexUnreadable, IndexUnwritable, reason_of

INDEX, MEMORY = "index.db", "index-memory.db"
PARTS = (INDEX, MEMORY, "originals/", "index-originals/")


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
