"""Files in, Documents out: one module a family of formats, chosen by content and never by suffix.

These modules are the only importers of format libraries, and each is imported only when such a file comes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from index.document import Document
from index.errors import FileUnreadable, UnsupportedFile
from index.readers.sniff import REFUSALS, kind_of

__all__ = ["MAX_BYTES", "READERS", "SUFFIXES", "file_bytes", "is_archive", "read_bytes", "read_document"]

SUFFIXES = frozenset(
    {
        *(".txt", ".csv", ".md", ".markdown"),
        *(".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"),
        *(".pdf", ".docx", ".doc", ".rtf", ".odt", ".wps"),
        *(".xlsx", ".xls", ".xlsm", ".et"),
        *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"),
        ".zip",
    }
)
"""What a walk through folders picks up. How a file is read is decided by its content alone."""

MAX_BYTES = 50 * 1024 * 1024
"""A report is rarely more than a few megabytes; a scan of thirty pages stays under this."""

READERS = {
    "text": "text",
    "html": "web",
    "mhtml": "mhtml",
    "pdf": "pdf",
    "docx": "word",
    "doc": "doc",
    "rtf": "doc",
    "odt": "doc",
    "xlsx": "sheet",
    "image": "scan",
}
"""Kind of content → module with `read(data, name) -> Document`."""


def read_document(path: Path, *, max_bytes: int = MAX_BYTES) -> Document:
    """The content of a file; FileUnreadable or UnsupportedFile, with a sentence for people, when there is none."""
    return read_bytes(file_bytes(path, max_bytes=max_bytes), path.name)


def file_bytes(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file that is there, is a file, and is neither empty nor too large."""
    try:
        if path.is_dir():
            raise FileUnreadable(f"“{path.name}”是文件夹，不是文件：请用 load 载入文件夹，或指定其中的文件。")
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise FileUnreadable(f"“{path.name}”不是普通文件（管道、设备等），没有读取：请指定文件。")
        if about.st_size <= max_bytes:
            data = _bytes(path, max_bytes + 1)
            if len(data) <= max_bytes:
                return data
        limit = max_bytes // (1024 * 1024)
        size = max(about.st_size, max_bytes + 1) / 1024 / 1024
        raise FileUnreadable(f"文件“{path.name}”太大（{size:.0f} MB，上限 {limit} MB）：请压缩或拆分。")
    except FileNotFoundError:
        raise FileUnreadable(f"找不到文件“{path}”：请检查路径。") from None
    except PermissionError:
        raise FileUnreadable(f"没有权限读取文件“{path.name}”：请检查文件的权限。") from None
    except (OSError, ValueError):
        raise FileUnreadable(f"无法打开文件“{path.name}”：请检查路径和磁盘。") from None


def _bytes(path: Path, most: int) -> bytes:
    """At most that many, whatever the file says of its size; without waiting for what may never come."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        return file.read(most) or b""


def is_archive(data: bytes) -> bool:
    """A ZIP that holds files, and is not itself a document (DOCX and XLSX are ZIPs too)."""
    return kind_of(data) == "zip"


def read_bytes(data: bytes, name: str) -> Document:
    """The content of a file given as its bytes; `name` serves messages and weak signals only."""
    if not data.strip():
        raise FileUnreadable(f"文件“{name}”是空的：请换一份完整的文件。")
    kind = kind_of(data)
    if kind in REFUSALS:
        raise UnsupportedFile(REFUSALS[kind].format(name=name))
    reader = import_module(f"index.readers.{READERS[kind]}")
    return cast(Callable[[bytes, str], Document], reader.read)(data, name)
