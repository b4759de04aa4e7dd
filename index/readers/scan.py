"""Scans: pages and pictures without text, read by OCR (extra `[ocr]`)."""

from __future__ import annotations

from collections.abc import Sequence

from index.document import Block, Document
from index.errors import UnsupportedFile

__all__ = ["read", "read_pages"]


def read(_data: bytes, name: str) -> Document:
    """A picture of one page."""
    raise UnsupportedFile(f"“{name}”是图片，识别文字需要安装扩展：pip install 'nianbao[ocr]'。")


def read_pages(_data: bytes, name: str, _pages: Sequence[int]) -> dict[int, list[Block]]:
    """Blocks of the pages of a PDF that are pictures."""
    raise UnsupportedFile(f"PDF 文件“{name}”是扫描件，识别文字需要安装扩展：pip install 'nianbao[ocr]'。")
