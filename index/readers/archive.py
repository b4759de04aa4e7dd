"""ZIP archives: the files inside, one after another, unpacked in memory and never to a path the archive names."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.errors import FileUnreadable, ReportError, UnsupportedFile
from index.readers.sniff import kind_of

__all__ = ["ArchiveLimits", "Member", "members"]


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may hold at most."""

    files: int = 5000
    member_bytes: int = 50 * 1024 * 1024
    total_bytes: int = 2 * 1024 * 1024 * 1024
    depth: int = 2
    """Archives in archives: 2 opens those inside the first, and none inside them."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive: its bytes, or why they cannot be had."""

    name: str
    """Name for people, with the archive's own and the folders inside: 2024.zip/市直/发改委.pdf."""
    data: bytes = b""
    error: ReportError | None = None


@dataclass(slots=True)
class _Budget:
    files: int
    total: int


def members(data: bytes, name: str, limits: ArchiveLimits | None = None) -> Iterator[Member]:
    """Files in the order of the archive, those of archives inside it too; hidden and system files are passed over.

    A member that is encrypted, damaged or too large comes with an error and the others still come. FileUnreadable
    when the archive itself cannot be opened.
    """
    limits = limits or ArchiveLimits()
    yield from _members(data, name, limits, _Budget(limits.files, limits.total_bytes), 1)


def _members(data: bytes, name: str, limits: ArchiveLimits, budget: _Budget, depth: int) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise FileUnreadable(f"压缩包“{name}”已损坏，无法打开：请重新下载或压缩后再试。") from None
    with archive:
        for info in archive.infolist():
            inside = _printed_name(info)
            if info.is_dir() or _is_system(inside):
                continue
            budget.files -= 1
            if budget.files < 0:
                raise FileUnreadable(f"压缩包“{name}”里的文件超过 {limits.files} 个：请分成几个压缩包后再试。")
            yield from _member(archive, info, f"{name}/{inside}", limits, budget, depth)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: ArchiveLimits, budget: _Budget, depth: int
) -> Iterator[Member]:
    try:
        data = _unpack(archive, info, name, limits, budget)
        if kind_of(data) != "zip":
            yield Member(name, data)
        elif depth >= limits.depth:
            raise UnsupportedFile(f"“{name}”是压缩包中的压缩包，层数过多，没有打开：请解压后再载入。")
        else:
            yield from _members(data, name, limits, budget, depth + 1)
    except ReportError as error:
        yield Member(name, error=error)


def _unpack(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: ArchiveLimits, budget: _Budget
) -> bytes:
    """The bytes of a member; what the archive says of its size is not believed, so no more is read than is allowed."""
    if info.flag_bits & 0x1:
        raise FileUnreadable(f"压缩包中的“{name}”设有密码，无法读取：请去掉密码后再试。")
    most = min(limits.member_bytes, budget.total)
    try:
        with archive.open(info) as stream:
            data = stream.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        raise FileUnreadable(f"压缩包中的“{name}”已损坏，无法解压：请重新压缩后再试。") from None
    if len(data) > most:
        raise FileUnreadable(f"压缩包中的“{name}”解压后过大，没有读取：请单独载入，或检查压缩包的来源。")
    budget.total -= len(data)
    return data


def _printed_name(info: zipfile.ZipInfo) -> str:
    """The name as its maker saw it: without the UTF-8 mark it is mostly GBK, which Python took for code page 437.

    Only for reading by people and for the signals a file name gives; parts that point elsewhere are dropped.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("/", "..", ".") and not part.endswith(":")) or "未命名"


def _is_system(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return name.startswith("__MACOSX/") or last.startswith((".", "~$")) or last in ("Thumbs.db", "desktop.ini")
