"""Paths → the files in them: folders are walked for the types that are read, ZIPs are opened, the rest is counted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index import readers
from index.errors import FileUnreadable, ReportError
from index.readers import archive

MAX_ARCHIVE = 1024 * 1024 * 1024
_NAMELESS = Path("\0")
"""Stands for an empty name, which pathlib would take for the folder one is in."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be read: its content, or why there is none."""

    name: str
    """For people: the path as given, with a ZIP's name before its member's; GBK where the system's names are not."""
    content: bytes = b""
    error: str | None = None


class Walk:
    """Iterating yields the files in order; `passed_over` counts the others as it goes."""

    def __init__(self, paths: Iterable[Path | str]) -> None:
        self._paths = [Path(path) if str(path).strip() else _NAMELESS for path in paths]
        self.passed_over = 0

    def __iter__(self) -> Iterator[Item]:
        for path in self.files():
            yield from self._items(path)

    def files(self) -> Iterator[Path]:
        """The files themselves, unopened: cheap enough to count them first for a progress bar."""
        self.passed_over = 0
        for path in self._paths:
            if path is not _NAMELESS and path.is_dir():
                yield from self._in_folder(path)
            else:
                yield path

    def _items(self, path: Path) -> Iterator[Item]:
        try:
            content = _content(path)
            if readers.is_archive(content):
                yield from self._members(content, path)
            else:
                yield Item(printable(path), content)
        except ReportError as error:
            yield Item(printable(path), error=printable(str(error)))

    def _members(self, content: bytes, path: Path) -> Iterator[Item]:
        found = False
        for member in archive.members(content, printable(path)):
            if member.error is not None:
                yield Item(member.name, error=str(member.error))
            elif Path(member.name).suffix.lower() in readers.SUFFIXES:
                yield Item(member.name, member.data)
            else:
                self.passed_over += 1
                continue
            found = True
        if not found:
            raise FileUnreadable(f"压缩包“{printable(path.name)}”里没有可读的文件：请检查内容。")

    def _in_folder(self, folder: Path) -> Iterator[Path]:
        closed: list[str] = []
        for here, folders, files in os.walk(folder, onerror=lambda error: closed.append(str(error.filename))):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
            for name in sorted(files):
                if not name.startswith((".", "~$")) and Path(name).suffix.lower() in readers.SUFFIXES:
                    yield Path(here, name)
                else:
                    self.passed_over += 1
        yield from map(Path, closed)


def printable(path: Path | str) -> str:
    """A name whose bytes are no UTF-8 is mostly GBK, as names unpacked from old archives are."""
    text = "" if path is _NAMELESS else str(path)
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return os.fsencode(text).decode("gb18030", errors="replace")


def _content(path: Path) -> bytes:
    if path is _NAMELESS:
        raise FileUnreadable("文件名是空的：请给出文件或文件夹的路径。")
    if path.is_dir():
        raise FileUnreadable(f"文件夹“{path}”打不开，其中的文件没有读：请检查文件夹的权限。")
    is_zip = path.suffix.lower() == ".zip"
    return readers.file_bytes(path, max_bytes=MAX_ARCHIVE if is_zip else readers.MAX_BYTES)
