"""Scans: pages that are pictures, looked at (scanpage.py), recognised (ocr.py) and then read like any printed page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from index.document import Block, Box, Document, Place, Table
from index.errors import FileUnreadable, UnsupportedFile
from index.readers.pageblocks import page_blocks
from index.readers.pdffile import open_pdf
from index.readers.pdfpage import upright

__all__ = ["DPI", "read", "read_pages"]

DPI = 300
"""Below this the ruling lines of a worn scan are lost, not the characters."""
MAX_PIXELS = 80_000_000
MAX_PICTURES = 60
"""Pages of pictures that are read; a report has thirty at most, and each takes seconds."""


def read(data: bytes, name: str) -> Document:
    """A picture of a page (PNG, JPEG, TIFF with several)."""
    _need_ocr(name, "图片")
    import cv2
    import numpy

    try:
        ok, images = cv2.imdecodemulti(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        ok, images = False, ()
    if not ok or not images:
        raise FileUnreadable(f"图片“{name}”已损坏，无法打开：请重新扫描或导出后再试。")
    if len(images) > MAX_PICTURES or any(image.shape[0] * image.shape[1] > MAX_PIXELS for image in images):
        raise FileUnreadable(f"图片“{name}”太大：请按 300 DPI 扫描成 A4 大小，或拆分后再试。")
    blocks = [block for number, image in enumerate(images, start=1) for block in _blocks(_as_a4(image), number)]
    return Document(tuple(blocks), "scan", name, pages=len(images))


def read_pages(data: bytes, name: str, pages: Sequence[int]) -> dict[int, list[Block]]:
    """Blocks of the pages of a PDF that are pictures, by page number."""
    _need_ocr(name, "扫描件")
    if len(pages) > MAX_PICTURES:
        raise FileUnreadable(f"扫描件“{name}”有 {len(pages)} 页图片，超过上限 {MAX_PICTURES} 页：请拆分后再试。")
    file = open_pdf(data, name)
    try:
        return {number: _blocks(_rendered(file[number - 1]), number) for number in pages}
    finally:
        file.close()


def _need_ocr(name: str, what: str) -> None:
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        raise UnsupportedFile(
            f"“{name}”是{what}，识别文字需要安装扩展：pip install 'nianbao[ocr]'，或改用有文字的文件。"
        )


def _rendered(page: Any) -> Any:
    """The page at 300 dpi as an array of blue, green, red; a huge page at less."""
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    page.set_rotation(90 * upright(page))
    image = page.render(scale=scale, rev_byteorder=False).to_numpy()
    return image[:, :, :3] if image.ndim == 3 else image


def _as_a4(image: Any) -> Any:
    """A picture does not say how large its page is: its shorter side is taken for A4's, at 300 dpi."""
    import cv2

    short = min(image.shape[:2])
    factor = 210 / 25.4 * DPI / short
    if 0.9 < factor < 1.1:
        return image
    return cv2.resize(
        image, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    )


def _blocks(image: Any, number: int) -> list[Block]:
    """The page as it lies; if it seems to lie on its side or its head, as it lies best."""
    from index.readers.scanpage import page_of

    turns, seen = 0, page_of(image, number)
    others: tuple[int, ...] = ()
    if seen.words >= 10:
        others = (1, 3) if seen.tall > 0.6 else (2,) if seen.known < 0.5 else ()
    for other in others:
        tried = page_of(_turned(image, other), number)
        if tried.known > max(seen.known, 0.5) or (seen.tall > 0.6 and tried.known > seen.known):
            turns, seen = other, tried
    back = _back(turns, image.shape) @ _square(seen.back)
    return [_turned_back(block, back) for block in page_blocks(seen.content)]


def _turned(image: Any, quarters: int) -> Any:
    """The picture turned by quarters of a circle, against the clock."""
    import numpy

    return numpy.ascontiguousarray(numpy.rot90(image, quarters))


def _back(quarters: int, shape: tuple[int, ...]) -> Any:
    """Matrix that takes points of a turned picture back to the picture as it was."""
    import numpy

    height, width = (size * 72 / DPI for size in shape[:2])
    return numpy.array(
        {
            0: [[1, 0, 0], [0, 1, 0]],
            1: [[0, -1, width], [1, 0, 0]],
            2: [[-1, 0, width], [0, -1, height]],
            3: [[0, 1, 0], [-1, 0, height]],
        }[quarters]
    )


def _square(matrix: Any) -> Any:
    """A matrix of two rows with the third that lets it be multiplied."""
    import numpy

    return numpy.vstack([matrix, [0.0, 0.0, 1.0]])


def _turned_back(block: Block, turn: Any) -> Block:
    """Boxes as they are on the page itself, before it was straightened."""
    if isinstance(block, Table):
        rows = tuple(tuple(replace(cell, place=_place(cell.place, turn)) for cell in row) for row in block.rows)
        return replace(block, rows=rows, place=_place(block.place, turn))
    return replace(block, place=_place(block.place, turn))


def _place(place: Place, turn: Any) -> Place:
    if place.box is None:
        return place
    x0, top, x1, bottom = place.box
    corners = [turn @ (x, y, 1.0) for x in (x0, x1) for y in (top, bottom)]
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    box: Box = (min(xs), min(ys), max(xs), max(ys))
    return replace(place, box=box)
