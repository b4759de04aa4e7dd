"""The prose of a report: its paragraphs under their headings, without what stands in the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import forms
from index.document import Document, Paragraph, Place, Table
from index.reading.assign import Assignment
from index.reading.script import key, plain
from index.reading.sections import section_of
from index.reading.stream import PAGE_NUMBER, Fragment, Item, Run, fragments
from index.reading.words import words
from index.report import Passage

ENDS = tuple("。！？；：”）)…")
STARTS = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、]|注[：:]|[—\-]{2})"
)
WRAPPED = {"text", "pdf", "scan"}
NEAR = 14
"""Items between two of a table that belong to it, if they are not sentences."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the document, or one line of it."""

    text: str
    place: Place
    marked: bool


def passages(document: Document, items: tuple[Item, ...], assignment: Assignment) -> tuple[Passage, ...]:
    """All prose in order, each with heading, topic and place."""
    tables = table_blocks(document, items, assignment)
    texts = [text for number, block in enumerate(document.blocks) for text in _texts(block, number in tables)]
    found: list[Passage] = []
    section = topic = ""
    pending: list[Text] = []
    width = max((len(plain(text.text)) for text in texts), default=0)
    for text in texts:
        head = section_of(text.text, text.marked)
        if head:
            found += _passage(pending, section, topic)
            pending = []
            section, topic = head[0], head[1] or topic
        elif pending and not (document.kind in WRAPPED and _goes_on(pending[-1].text, text.text, width)):
            found += _passage(pending, section, topic)
            pending = [text]
        else:
            pending.append(text)
    return tuple([*found, *_passage(pending, section, topic)])


def _passage(texts: list[Text], section: str, topic: str) -> list[Passage]:
    joined = "".join(_tidy(text.text) for text in texts)
    return [Passage(section, joined, texts[0].place, topic)] if len(joined) > 1 else []


def _tidy(text: str) -> str:
    """One line, without the blanks that typesetting leaves between Chinese characters and numbers."""
    line = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", line)


def _goes_on(before: str, after: str, width: int) -> bool:
    """Whether a line is the continuation of the one before it."""
    last = plain(before)
    if STARTS.match(plain(after)):
        return False
    return not last.endswith(ENDS) or (not last.endswith("：") and len(last) >= 0.97 * width > 20)


def _texts(block: Paragraph | Table, in_form: bool) -> Iterator[Text]:
    if isinstance(block, Paragraph):
        text = block.text.strip()
        if (
            not in_form
            and text
            and not PAGE_NUMBER.fullmatch(plain(text))
            and not re.fullmatch(r"\d{1,3}", plain(text))
        ):
            yield Text(text, block.place, block.heading)
    elif not in_form:
        for row in block.rows:
            for cell in row:
                if len(plain(cell.text)) > 20 and re.search(r"[。；，]", cell.text):
                    yield Text(cell.text, cell.place, False)


def table_blocks(document: Document, items: tuple[Item, ...], assignment: Assignment) -> set[int]:
    """Blocks that belong to the tables of the form."""
    rows = {row.item for row in assignment.rows} | set(assignment.doubtful)
    heads = {at for at, item in enumerate(items) if any(_is_head(each) for each in fragments(item))}
    marked = sorted(rows | assignment.spoken | (heads if rows else set()))
    inside = set(marked)
    for first, second in zip(marked, marked[1:], strict=False):
        if second - first <= NEAR:
            inside |= {at for at in range(first + 1, second) if _may_be_inside(items[at])}
    return {_block(items[at]) for at in inside}


def _block(item: Item) -> int:
    return item.block


def _may_be_inside(item: Item) -> bool:
    if isinstance(item, Run):
        return not any(each.prose for each in item.own)
    return not item.prose and section_of(item.text) is None and not re.search(r"[，。：]", item.text)


def _is_head(fragment: Fragment) -> bool:
    return not fragment.prose and fragment.key in _head_keys()


def _head_keys() -> frozenset[str]:
    """Heads of columns and groups as compared, and the other words printed in the heads of the tables."""
    labels = {column.label for each in forms.editions() for row in each.rows for column in row.columns}
    groups = {text for each in forms.editions() for row in each.rows for text in (row.parent, row.label) if text}
    groups |= {column.parent for each in forms.editions() for row in each.rows for column in row.columns}
    return frozenset(key(text) for text in (*labels, *groups, *words()["heads"]) if len(key(text)) > 2)
