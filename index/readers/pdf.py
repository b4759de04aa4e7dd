"""PDF: text outside tables line by line, ruled tables cell by cell, each with its page and box.

Pages are read with pdfium; pdfplumber's own parser is there as a second opinion. Pages that are pictures go to OCR.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Literal

import pypdfium2 as pdfium

from index.document import Block, Document
from index.errors import FileUnreadable, UnsupportedFile
from index.readers.pageblocks import page_blocks
from index.readers.pdffile import open_pdf
from index.readers.pdfpage import MAX_EDGES, PageContent, page_by_pdfium, page_by_pdfplumber
from index.readers.scan import read_pages

__all__ = ["MAX_PAGES", "Parser", "read"]

MAX_PAGES = 200
"""A report has three to thirty pages; a collection of a province's reports is to be split."""
FEW = 8
"""Characters on a page that is a picture with a page number."""

UNREADABLE = 0.3
"""Share of characters without a letter that makes the text of a page useless: it is looked at instead."""

Parser = Literal["pdfium", "pdfplumber"]


def read(data: bytes, name: str, parser: Parser = "pdfium", *, max_pages: int = MAX_PAGES) -> Document:
    """The document; pages that are only pictures are read by OCR, or named in the notes when others are text."""
    file = open_pdf(data, name)
    try:
        pages = len(file)
        if pages == 0:
            raise FileUnreadable(f"PDF 文件“{name}”没有页面：请换一份完整的文件。")
        if pages > max_pages:
            raise FileUnreadable(
                f"PDF 文件“{name}”有 {pages} 页，超过上限 {max_pages} 页：请拆分成单份年度报告后再试。"
            )
        contents = list(_contents(file, data, name, parser))
        title, metadata = _metadata(file)
    finally:
        file.close()
    pictures = [content.number for content in contents if _is_picture(content)]
    if not any(content.chars for content in contents) and not pictures:
        raise FileUnreadable(f"PDF 文件“{name}”各页都是空白：请换一份完整的文件。")
    scanned, notes = _scanned(data, name, pictures, pages)
    blocks: list[Block] = []
    for content in contents:
        found = scanned.get(content.number)
        blocks += page_blocks(content) if found is None else found
        if len(content.edges) >= MAX_EDGES:
            notes.append(f"第{content.number}页图形过多，表格线未用，按文字读取。")
    kind = "scan" if len(pictures) == pages else "pdf"
    return Document(tuple(blocks), kind, name, title, metadata, pages, tuple(notes))


def _contents(file: pdfium.PdfDocument, data: bytes, name: str, parser: Parser) -> Iterator[PageContent]:
    if parser == "pdfplumber":
        import pdfplumber

        with pdfplumber.open(io.BytesIO(data)) as plumbed:
            for number, page in enumerate(plumbed.pages, start=1):
                yield page_by_pdfplumber(page, number)
        return
    for index in range(len(file)):
        try:
            page = file[index]
        except pdfium.PdfiumError:
            raise FileUnreadable(f"PDF 文件“{name}”第{index + 1}页已损坏，无法读取：请重新下载或导出后再试。") from None
        try:
            yield page_by_pdfium(page, index + 1)
        finally:
            page.close()


def _metadata(file: pdfium.PdfDocument) -> tuple[str | None, dict[str, str]]:
    try:
        found = file.get_metadata_dict(skip_empty=True)
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return None, {}
    wanted = {"Author": "author", "Subject": "subject", "CreationDate": "created", "Creator": "creator"}
    metadata = {key: found[name].strip()[:200] for name, key in wanted.items() if found.get(name, "").strip()}
    return (found.get("Title") or "").strip() or None, metadata


def _is_picture(content: PageContent) -> bool:
    """A page to be looked at rather than read: a scan, one with an invisible layer of text, or unreadable fonts."""
    covered = content.images > 0.5
    if (content.invisible and covered) or content.unmapped > UNREADABLE:
        return True
    garbled = sum(_is_garbled(char.text) for char in content.chars)
    if content.chars and garbled > 0.3 * len(content.chars):
        return True
    return len(content.chars) <= FEW and content.images > 0.3


def _is_garbled(char: str) -> bool:
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " "


def _scanned(data: bytes, name: str, pictures: list[int], pages: int) -> tuple[dict[int, list[Block]], list[str]]:
    """Blocks of the pages that are pictures; without OCR a note, or an error if there is no other page."""
    if not pictures:
        return {}, []
    try:
        return read_pages(data, name, pictures), []
    except UnsupportedFile as error:
        if len(pictures) == pages:
            raise
        listed = "、".join(str(number) for number in pictures)
        return {number: [] for number in pictures}, [f"第{listed}页是图片，没有读取。{error}"]
