"""The files as they were loaded, each kept once under its SHA-256 beside the index."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from index.errors import IndexUnreadable, IndexUnwritable, reason_of


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def folder_beside(index: Path) -> Path:
    """data/index.db → data/originals; another name of index has originals of its own."""
    return index.parent / ("originals" if index.name == "index.db" else f"{index.stem}-originals")


def path_of(folder: Path, sha256: str) -> Path:
    """Two letters a folder, so that no folder grows beyond what file managers bear."""
    return folder / sha256[:2] / sha256


def keep(folder: Path, sha256: str, content: bytes) -> None:
    """Whole or not at all: written aside, flushed to the disk, then named. What is there already is left alone."""
    target = path_of(folder, sha256)
    if target.exists() and target.stat().st_size == len(content):
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _flush_folder(target.parent)
    except OSError as error:
        raise IndexUnwritable(
            f"原件保存不到 {folder}（{reason_of(error)}）：请检查空间和写权限，索引没有改变。"
        ) from error


def _flush_folder(folder: Path) -> None:
    """So that the name, too, survives a power cut; not every system lets folders be flushed."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def find(folder: Path, sha256: str) -> Path:
    """The kept file; one sentence when it is gone."""
    path = path_of(folder, sha256)
    if not path.is_file():
        raise IndexUnreadable(f"原件 {sha256[:12]}… 不在 {folder} 里：请从备份恢复，或重新载入那份年报。")
    return path
