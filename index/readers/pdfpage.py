"""A PDF page as characters and straight edges, in points from its top left corner as it is shown.

Two parsers fill the same model: pdfium (fast; characters and path segments through its C interface) and, as a second
opinion, pdfplumber. What follows (tables, lines) does not know which it was.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import pi
from statistics import median
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

__all__ = ["MAX_EDGES", "Char", "Edge", "PageContent", "page_by_pdfium", "page_by_pdfplumber", "upright"]

MAX_CHARS = 60_000
MAX_EDGES = 20_000
"""More belongs to a drawing or a map; its page is read as lines of text."""
SAMPLE = 30
"""Characters of a page that are asked how they stand, and whether their font is readable."""
SLANTED = 1.25
"""A slanting character's box is so much larger than the others' at least."""
SPACES = frozenset((9, 10, 13, 32))
BLANK = frozenset((0xA0, 0x3000, 0xFEFF, 0xFFFE, 0x200B))
STRAIGHT = 0.7
"""Points by which an edge may deviate from the straight."""
THIN = 2.0
"""Points a rectangle is thick at most to be a line."""


class Char(NamedTuple):
    """One printed character; its box spans the font's height, so that those of one line overlap."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


class Edge(NamedTuple):
    """A horizontal or vertical line: a stroke, or the side of a rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageContent:
    """What is printed on a page."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    edges: tuple[Edge, ...]
    images: float = 0.0
    """Share of the page that its largest picture covers."""
    invisible: bool = False
    """All its text is drawn invisibly: the text layer of a scan."""
    unmapped: float = 0.0
    """Share of its characters that the file does not say the letters of."""


Turn = Callable[[float, float], tuple[float, float]]


@dataclass(slots=True)
class Frame:
    """Turns the page's own coordinates into points from the top left corner of the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int
    turn: Turn = field(init=False)
    width: float = field(init=False)
    height: float = field(init=False)

    def __post_init__(self) -> None:
        across, up = self.right - self.left, self.top - self.bottom
        self.width, self.height = (up, across) if self.rotation % 2 else (across, up)
        self.turn = (
            lambda x, y: (x - self.left, self.top - y),
            lambda x, y: (y - self.bottom, x - self.left),
            lambda x, y: (self.right - x, y - self.bottom),
            lambda x, y: (self.top - y, self.right - x),
        )[self.rotation]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        if self.rotation == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        (ax, ay), (bx, by) = self.turn(x0, y0), self.turn(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def page_by_pdfium(page: pdfium.PdfPage, number: int) -> PageContent:
    """Characters and edges through pdfium's own functions: a fifth of the time a parser in Python takes."""
    left, bottom, right, top = page.get_bbox()
    textpage = page.get_textpage()
    try:
        frame = Frame(left, bottom, right, top, _upright(textpage, page.get_rotation() // 90))
        chars = tuple(_chars(textpage, frame))
        unmapped = _unmapped(textpage)
    finally:
        textpage.close()
    paths = _Paths(frame)
    paths.gather(page)
    invisible = bool(chars) and paths.invisible
    edges = tuple(paths.edges)
    return PageContent(number, frame.width, frame.height, chars, edges, paths.images, invisible, unmapped)


def upright(page: pdfium.PdfPage) -> int:
    """The quarter turns clockwise after which the text of a page stands upright: its own rotation, as a rule."""
    textpage = page.get_textpage()
    try:
        return _upright(textpage, page.get_rotation() // 90)
    finally:
        textpage.close()


def _upright(textpage: Any, rotation: int) -> int:
    """A page may be shown lying on its side, and its text be drawn sideways: most characters say how it is read."""
    angles = Counter(round(-raw.FPDFText_GetCharAngle(textpage.raw, at) / (pi / 2), 1) % 4 for at in _some(textpage))
    if not angles:
        return rotation
    angle, count = angles.most_common(1)[0]
    return int(angle) if angle == int(angle) and count > 0.6 * angles.total() else rotation


def _unmapped(textpage: Any) -> float:
    """The share of characters whose font does not say which letters they are."""
    some = list(_some(textpage))
    wrong = sum(raw.FPDFText_HasUnicodeMapError(textpage.raw, at) == 1 for at in some)
    return wrong / len(some) if some else 0.0


def _some(textpage: Any) -> Iterator[int]:
    """Positions of some characters, evenly over the page, that are no spaces."""
    count = min(raw.FPDFText_CountChars(textpage.raw), MAX_CHARS)
    step = max(1, count // SAMPLE)
    for at in range(0, count, step):
        if raw.FPDFText_GetUnicode(textpage.raw, at) not in SPACES:
            yield at


def _chars(textpage: Any, frame: Frame) -> Iterator[Char]:
    boxes = list(_loose_boxes(textpage))
    usual = median(box[3] - box[1] for _, _, box in boxes) if boxes else 0.0
    seen: set[tuple[str, int, int]] = set()
    for index, text, box in boxes:
        width, height = box[2] - box[0], box[3] - box[1]
        if (height > SLANTED * usual or width > SLANTED * usual) and _slants(textpage, index):
            continue  # a watermark across the page
        # A vertical font's loose box is as tall and wide as twenty characters: there the ink's box is the truth.
        if height > 1.8 * usual or width > 1.8 * usual:
            tight = _tight_box(textpage, index)
            box = tight if tight and _dwarfed(tight, height, width) else box
        x0, top, x1, bottom = frame.box(*box)
        # Bold letters are often printed twice, a hair apart.
        place = (text, round(x0 / 2), round(top / 2))
        if place not in seen:
            seen.add(place)
            yield Char(text, x0, _full_top(text, x0, top, x1, bottom), x1, bottom)


def _slants(textpage: Any, index: int) -> bool:
    """Whether a character is neither level nor upright."""
    quarters = float(raw.FPDFText_GetCharAngle(textpage.raw, index)) / (pi / 2)
    return abs(quarters - round(quarters)) > 0.05


def _loose_boxes(textpage: Any) -> Iterator[tuple[int, str, tuple[float, float, float, float]]]:
    """Index, text and font-high box of every printed character that is not a space."""
    handle, rect = textpage.raw, raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    get_unicode, get_box = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    high = 0
    for index in range(min(raw.FPDFText_CountChars(handle), MAX_CHARS)):
        code = get_unicode(handle, index)
        if code <= 32 or code in BLANK:
            continue
        if 0xD800 <= code < 0xE000:
            if code < 0xDC00:
                high = code
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        get_box(handle, index, pointer)
        box = (rect.left, rect.bottom, rect.right, rect.top)
        if box[2] > box[0] or box[3] > box[1]:
            yield index, plain(chr(code)), box


def _full_top(text: str, x0: float, top: float, x1: float, bottom: float) -> float:
    """Fonts without an ascent give 。 and 一 the height of their ink: a Chinese character is as high as it is wide."""
    if text > "\u2e7f" and 1 < 1.3 * (bottom - top) < x1 - x0:
        return bottom - (x1 - x0)
    return top


def plain(char: str) -> str:
    """Radicals and compatibility forms that some fonts stand for everyday characters: ⽇ → 日."""
    code = ord(char)
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", char)
    return char


def _tight_box(textpage: Any, index: int) -> tuple[float, float, float, float] | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(textpage.raw, index, left, right, bottom, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _dwarfed(tight: tuple[float, float, float, float], height: float, width: float) -> bool:
    ink = max(tight[2] - tight[0], tight[3] - tight[1])
    return ink > 0 and height > 4 * ink and width > 4 * ink


@dataclass(slots=True)
class _Paths:
    """Walks the objects of a page, into its forms, for straight edges and pictures."""

    frame: Frame
    edges: list[Edge] = field(default_factory=list)
    images: float = 0.0
    invisible: bool = True

    def gather(self, page: pdfium.PdfPage) -> None:
        count = raw.FPDFPage_CountObjects(page.raw)
        self._objects((raw.FPDFPage_GetObject(page.raw, index) for index in range(count)), (), 0)

    def _objects(self, objects: Iterator[Any], outer: tuple[Matrix, ...], depth: int) -> None:
        for item in objects:
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                if len(self.edges) < MAX_EDGES:
                    self._path(item, outer)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                if self.invisible and raw.FPDFTextObj_GetTextRenderMode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                    self.invisible = False
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._image(item, outer)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
                count = raw.FPDFFormObj_CountObjects(item)
                inner = (raw.FPDFFormObj_GetObject(item, index) for index in range(count))
                self._objects(inner, (*outer, matrix_of(item)), depth + 1)

    def _image(self, item: Any, outer: tuple[Matrix, ...]) -> None:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return
        (ax, ay), (bx, by) = moved(left.value, bottom.value, outer), moved(right.value, top.value, outer)
        area = abs(bx - ax) * abs(by - ay)
        self.images = max(self.images, area / max(1.0, self.frame.width * self.frame.height))

    def _path(self, item: Any, outer: tuple[Matrix, ...]) -> None:
        stroked = _paint(item)
        if stroked is None:
            return
        matrix = matrix_of(item)
        chain = outer if matrix == IDENTITY else (*outer, matrix)
        if not stroked and not outer and self._thin(item):
            return
        turn, x, y = self.frame.turn, ctypes.c_float(), ctypes.c_float()
        at_x, at_y = ctypes.byref(x), ctypes.byref(y)
        get_segment, get_point = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetPoint
        get_type, get_close = raw.FPDFPathSegment_GetType, raw.FPDFPathSegment_GetClose
        start: tuple[float, float] | None = None
        here: tuple[float, float] | None = None
        for index in range(min(raw.FPDFPath_CountSegments(item), 4 * MAX_EDGES)):
            segment = get_segment(item, index)
            get_point(segment, at_x, at_y)
            point = turn(*moved(x.value, y.value, chain))
            kind = get_type(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == raw.FPDF_SEGMENT_LINETO and here is not None:
                self._edge(here, point)
            here = point
            if get_close(segment) and start is not None:
                self._edge(here, start)
                here = start

    def _thin(self, item: Any) -> bool:
        """A filled rectangle as thin as a line is taken as that line; False for any other path."""
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return False
        x0, y0, x1, y1 = self.frame.box(left.value, bottom.value, right.value, top.value)
        if min(x1 - x0, y1 - y0) > THIN:
            return False
        if x1 - x0 >= y1 - y0:
            self.edges.append(Edge(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        else:
            self.edges.append(Edge((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))
        return True

    def _edge(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        (x0, top), (x1, bottom) = one, other
        across, down = abs(x1 - x0), abs(bottom - top)
        if down <= STRAIGHT < across:
            self.edges.append(Edge(min(x0, x1), top, max(x0, x1), top))
        elif across <= STRAIGHT < down:
            self.edges.append(Edge(x0, min(top, bottom), x0, max(top, bottom)))


Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(item: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def moved(x: float, y: float, chain: tuple[Matrix, ...]) -> tuple[float, float]:
    """A point of an object in the coordinates of the page, through the forms it is in (the innermost is the last)."""
    for a, b, c, d, e, f in reversed(chain):
        x, y = a * x + c * y + e, b * x + d * y + f
    return x, y


def _paint(item: Any) -> bool | None:
    """True for a stroke, False for a fill that shows, None for one that does not: white is the paper behind a text."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, mode, stroked) or stroked.value:
        return True
    if mode.value == raw.FPDF_FILLMODE_NONE:
        return None
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return None if alpha.value == 0 or min(red.value, green.value, blue.value) >= 250 else False


def page_by_pdfplumber(page: Any, number: int) -> PageContent:
    """The same model from a page of pdfplumber: slower, and independent of pdfium in what it believes."""
    chars = tuple(
        Char(plain(char["text"][0]), char["x0"], char["top"], char["x1"], char["bottom"])
        for char in page.dedupe_chars().chars
        if char["text"].strip()
    )
    edges = tuple(
        Edge(edge["x0"], edge["top"], edge["x1"], edge["bottom"])
        for edge in page.edges[:MAX_EDGES]
        if edge.get("orientation") in ("h", "v")
    )
    sizes = [image["width"] * image["height"] for image in page.images]
    share = max(sizes, default=0.0) / max(1.0, page.width * page.height)
    return PageContent(number, float(page.width), float(page.height), chars, edges, share)
