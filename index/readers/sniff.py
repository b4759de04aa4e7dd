"""What a file is, by its first bytes and, in a container, by the names inside; the suffix is never asked."""

from __future__ import annotations

import io
import re
import zipfile

from index.readers.charset import utf16_side

PDF = "请另存为 PDF、DOCX、HTML 或 TXT 后再试。"
REFUSALS = {
    "zip": "“{name}”是压缩包：请用 load 载入，其中的文件会逐个读取。",
    "archive": "“{name}”是不支持的压缩格式（RAR、7z、GZ 等）：请解压后再试，或改用 ZIP。",
    "encrypted-office": "文件“{name}”设有打开密码，无法读取：请去掉密码后再试。",
    "ppt": "“{name}”是演示文稿，不读取这种文件：" + PDF,
    "odf": "“{name}”是 OpenDocument 文档，不读取这种文件：" + PDF,
    "ofd": "“{name}”是 OFD 文档，不读取这种文件：请转换为 PDF 后再试。",
    "binary": "“{name}”不是支持的文件类型（PDF、Word、网页、Excel、TXT、Markdown、图片）：" + PDF,
}
"""Kinds that are not read → one sentence that says so and what to do."""

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "bitmap"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
)
MHTML = re.compile(rb"\A(?:[\w-]+:[^\n]*\r?\n|[ \t]+[^\n]*\r?\n)*?MIME-Version:", re.I)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TAG = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|table|div|p|span|title|h[1-6])[\s>/]", re.I)


def kind_of(data: bytes) -> str:
    """A key of READERS (`pdf`, `docx`, `html`, `text` …) or of REFUSALS."""
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return _bitmap(data) if kind == "bitmap" else kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if MHTML.search(data[:2048]):
        return "mhtml"
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data)
    return _text_kind(data)


def _bitmap(data: bytes) -> str:
    """A text may begin with BM; a bitmap says its own size."""
    return "image" if int.from_bytes(data[2:6], "little") == len(data) else _text_kind(data)


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            declared = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        # A damaged Office file still has its parts' names near its beginning: its reader will say that it is damaged.
        return next((kind for mark, kind in ((b"word/", "docx"), (b"xl/", "xlsx")) if mark in data), "zip")
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("ppt/") for name in names):
        return "ppt"
    if "OFD.xml" in names:
        return "ofd"
    if declared.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    return "odf" if declared.startswith(b"application/vnd.oasis") else "zip"


def _ole_kind(data: bytes) -> str:
    """An OLE container names its streams in UTF-16."""
    streams = {
        "EncryptedPackage": "encrypted-office",
        "WordDocument": "doc",
        "Workbook": "xlsx",
        "PowerPoint Document": "ppt",
        "Book": "xlsx",
    }
    return next((kind for name, kind in streams.items() if name.encode("utf-16-le") in data), "binary")


def _text_kind(data: bytes) -> str:
    head = data[:8192]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_side(head) is not None
    narrow = head.replace(b"\0", b"") if wide else head
    if not wide and b"\0" in head:
        return "binary"
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x0b\x1a\x1b" for byte in narrow)
    if not wide and control > len(narrow) // 50:
        return "binary"
    return "html" if TAG.search(data[:65536].replace(b"\0", b"") if wide else data[:65536]) else "text"
