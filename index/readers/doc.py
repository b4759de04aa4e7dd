"""Legacy Word documents (DOC), RTF and ODT: through LibreOffice where it is, else DOC through antiword.

LibreOffice keeps merged cells; antiword loses the tables that have them, and the document says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from index.document import Block, Cell, Document, Paragraph, Place, Table
from index.errors import FileUnreadable, UnsupportedFile
from index.readers import word
from index.readers.programs import Failed, antiword_xml, has_antiword, has_office, office_to_docx

__all__ = ["read"]

LOST = "本机没有 LibreOffice，DOC 由 antiword 读取，有合并单元格的表格可能没有读到：请另存为 DOCX 或 PDF 再载入。"


def read(data: bytes, name: str) -> Document:
    """The document; UnsupportedFile when no program here can open it."""
    suffix = _suffix(data)
    if has_office():
        try:
            return replace(word.read(office_to_docx(data, suffix), name), kind="doc")
        except Failed:
            if suffix != ".doc" or not has_antiword():
                raise FileUnreadable(_damaged(name)) from None
    if suffix != ".doc" or not has_antiword():
        raise UnsupportedFile(
            f"读取“{name}”（旧版 Word 文档）需要 LibreOffice：请在本机安装，或把文件另存为 DOCX、PDF 后再试。"
        )
    return _by_antiword(data, name)


def _suffix(data: bytes) -> str:
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    return ".odt" if data.startswith(b"PK") else ".doc"


def _damaged(name: str) -> str:
    return f"Word 文件“{name}”无法打开，可能已损坏：请用 Word 或 WPS 另存为 DOCX 后再试。"


def _by_antiword(data: bytes, name: str) -> Document:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        root = etree.fromstring(antiword_xml(data), parser)
    except (Failed, etree.XMLSyntaxError, ValueError):
        root = None
    blocks = tuple(_blocks(root)) if root is not None else ()
    if not blocks:
        raise FileUnreadable(_damaged(name))
    title = root.findtext(".//bookinfo/title") if root is not None else None
    return Document(blocks, "doc", name, (title or "").strip() or None, notes=(LOST,))


def _blocks(root: etree._Element) -> Iterator[Block]:
    """Paragraphs and tables of DocBook in their order."""
    tables = 0
    for element in root.iter("para", "tgroup"):
        if element.tag == "tgroup":
            tables += 1
            yield _table(element, tables)
        elif element.find(".//tgroup") is None and (text := _text(element)) and text.count("|") < 4:
            # Cells of a table that antiword gave up stand in a line, parted by bars, in no order to trust.
            yield Paragraph(text)


def _table(group: etree._Element, number: int) -> Table:
    rows = tuple(
        tuple(
            Cell(_text(entry), Place(table=number, row=row_number, column=column + 1), column)
            for column, entry in enumerate(row.iter("entry"))
        )
        for row_number, row in enumerate(group.iter("row"), start=1)
    )
    return Table(rows, Place(table=number), exact=False)


def _text(element: etree._Element) -> str:
    lines = "".join(str(piece) for piece in element.itertext()).split("\n")
    return "\n".join(line.strip(" \t\u3000\xa0") for line in lines if line.strip(" \t\u3000\xa0"))
