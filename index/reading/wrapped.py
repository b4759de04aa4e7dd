"""Titles broken over lines in the middle of a name or a year: put together where size, place or the text say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from rapidfuzz import fuzz

from index.document import Document, Paragraph
from index.reading.script import simple, squeezed
from index.reading.title import has_core, is_name, title_words

FIRST = 12
"""A title begins within so many lines."""
LONGEST = 70
LARGER = 1.15
"""A title is at least so much larger than the text."""
ALIKE = 0.12
CLOSE = 1.8
LONG = 8
"""A line of a column or a menu above a title is shorter."""
CORES = ("政府信息公开工作年度报告", "政府信息公开年度报告", "政府信息公开工作报告")
LIKE_TITLE = 90.0
YEAR_CUT = re.compile(r"(?:^|\D)2(?:0\d{0,2})?$")
YEAR_REST = re.compile(r"^\d{0,3}年")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    paragraph: Paragraph | None

    @property
    def height(self) -> float:
        box = self.paragraph.place.box if self.paragraph else None
        return box[3] - box[1] if box else 0.0


def unwrapped(document: Document, lines: Sequence[str]) -> list[str]:
    """The lines of a document, the first of them that are one title joined."""
    if document.kind not in ("text", "pdf", "scan"):
        return list(lines)
    if document.kind == "scan":
        lines = [*map(_respelled, lines[:FIRST]), *lines[FIRST:]]
    first = list(_first(document))
    usual = median([height for line in _all(document) if (height := line.height)] or [0.0])
    for at in range(1, len(first)):
        above, below = first[at - 1], first[at]
        if not has_core("".join(line.text for line in first[at - 1 : at + 2])) or _is_whole(above.text, below.text):
            continue
        size = _one_size(above, below, usual) if usual else _next_lines(above, below, at, lines)
        if size or _cuts_year(above.text, below.text):
            return [*lines[: at - 1], above.text + below.text, *lines[at + 1 :]]
    return list(lines)


def _respelled(line: str) -> str:
    """A line of a scan that is the title but for a letter that was not recognised."""
    if has_core(line) or len(line) > LONGEST:
        return line
    for core in CORES:
        found = fuzz.partial_ratio_alignment(core, line, score_cutoff=LIKE_TITLE)
        if found is not None and found.dest_end - found.dest_start == len(core):
            return line[: found.dest_start] + core + line[found.dest_end :]
    return line


def _first(document: Document) -> Iterator[_Line]:
    """The first lines, as long as they are lines of text."""
    for line in _all(document):
        if line.paragraph is None:
            return
        yield line


def _all(document: Document) -> Iterator[_Line]:
    for block in document.blocks[:FIRST]:
        if not isinstance(block, Paragraph):
            yield _Line("", None)
            continue
        yield from (_Line(squeezed(text), block) for text in block.text.split("\n") if squeezed(text))


def _is_whole(above: str, below: str) -> bool:
    """Whether the lines are no two parts of a title: too long, a sentence, or a name of its own over another."""
    if len(above + below) > LONGEST or re.search(r"[，。；：:、>|_【】《》]", above) or has_core(above):
        return True
    return is_name(above)


def _cuts_year(above: str, below: str) -> bool:
    return bool(YEAR_CUT.search(simple(above)) and YEAR_REST.match(simple(below)))


def _one_size(above: _Line, below: _Line, usual: float) -> bool:
    """Whether both stand close together in one size larger than the text."""
    one = above.paragraph.place if above.paragraph else None
    other = below.paragraph.place if below.paragraph else None
    if one is None or other is None or one.box is None or other.box is None or one.page != other.page:
        return False
    alike = abs(above.height - below.height) <= ALIKE * below.height
    close = 0 <= other.box[1] - one.box[1] <= CLOSE * below.height
    return alike and close and below.height >= LARGER * usual


def _next_lines(above: _Line, below: _Line, at: int, lines: Sequence[str]) -> bool:
    """Whether the first two lines of a text follow each other, and the first is no part of a menu."""
    one = above.paragraph.place.line if above.paragraph else None
    other = below.paragraph.place.line if below.paragraph else None
    if at != 1 or one is None or other != one + 1 or re.search(title_words()["menus"], simple(above.text)):
        return False
    if all(re.search(title_words()["year"], simple(line.text)) for line in (above, below)):
        return False
    if not re.fullmatch(r"[\u4e00-\u9fff0-9（）()]+", above.text):
        return False
    return len(above.text) >= LONG or above.text[-2:] + below.text[:2] in "".join(lines[2:])
