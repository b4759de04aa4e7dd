"""The prose of a report: its paragraphs under their headings, without what stands in the tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz

from index import forms
from index.document import Document, Paragraph, Place, Table
from index.reading.assign import Assignment
from index.reading.heading import Heading
from index.reading.script import key, plain, simplified, squeezed
from index.reading.sections import section_of, topic_of
from index.reading.stream import Fragment, Item, Run, fragments, is_page_number
from index.reading.words import words
from index.report import Passage

SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）](.{2,16}[^。；，])")
ENDS = tuple("。！？；：”）)…")
STARTS = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、]|注[：:]|[—\-]{2})"
)
WRAPPED = {"text", "markdown", "pdf", "scan", "doc"}
NEAR = 30
"""Items between two of a table that belong to it, if they are not sentences."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the document, or one line of it."""

    text: str
    place: Place
    marked: bool


def passages(document: Document, tables: Collection[int], head: Heading) -> tuple[Passage, ...]:
    """All prose in order, each with heading, topic and place; `tables` are the blocks that belong to the form."""
    texts = [text for number, block in enumerate(document.blocks) for text in _texts(block, number in tables)]
    texts = [text for text in texts if not _aside(text.text, head)]
    found: list[Passage] = []
    section = topic = ""
    pending: list[Text] = []
    width = max((len(plain(text.text)) for text in texts), default=0)
    for text in texts:
        title = _section(text, topic)
        if title:
            found += _passage(pending, section, topic)
            pending = []
            section, topic = title
        elif pending and not (document.kind in WRAPPED and _goes_on(pending[-1].text, text.text, width)):
            found += _passage(pending, section, topic)
            pending = [text]
        else:
            pending.append(text)
    return (*found, *_passage(pending, section, topic))


def _aside(text: str, head: Heading) -> bool:
    """The title once more, the signature, or what a web page prints around a report."""
    line = plain(text)
    signature = line == plain(head.agency or "") or re.fullmatch(r"(?:20\d{2}|二.{3})年\d{1,2}月\d{1,2}日", line)
    furniture = any(re.search(pattern, line) for pattern in words()["furniture"])
    return bool(signature or furniture or (head.title and line in plain(head.title)))


def _section(text: Text, topic: str) -> tuple[str, str] | None:
    """The heading a line is, and its topic; for one the form does not have, what surrounds it tells."""
    found = section_of(text.text, text.marked)
    if found:
        late = topic in ("problems", "other")
        return found[0], found[1] or ("other" if late else "overview")
    sub = SUBHEADING.fullmatch(plain(text.text))
    if sub and topic == "disputes" and topic_of(simplified(sub[1])) == "problems":
        return squeezed(text.text), "problems"  # the section's own heading was left out
    return None


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
        if not in_form and text and not is_page_number(text) and not re.fullmatch(r"\d{1,3}", plain(text)):
            yield Text(text, block.place, block.heading)
    elif not in_form:
        for row in block.rows:
            for cell in row:
                if len(plain(cell.text)) > 20 and re.search(r"[。；，]", cell.text):
                    yield Text(cell.text, cell.place, False)


def table_blocks(items: tuple[Item, ...], assignment: Assignment) -> set[int]:
    """Blocks that belong to the tables of the form."""
    rows = {row.item for row in assignment.rows} | set(assignment.doubtful)
    heads = {at for at, item in enumerate(items) if any(_is_head(each) for each in fragments(item))}
    marked = sorted(rows | assignment.spoken | (heads if rows else set()))
    inside = set(marked)
    for first, second in pairwise(marked):
        if second - first <= NEAR:
            inside |= {at for at in range(first + 1, second) if _may_be_inside(items[at])}
    return {_block(items[at]) for at in inside}


def _block(item: Item) -> int:
    return item.block


def _may_be_inside(item: Item) -> bool:
    if isinstance(item, Run):
        return not any(each.prose for each in item.own)
    if section_of(item.text) is not None:
        return False
    if item.prose or re.search(r"[，。：]", item.text):
        return _is_head(item) or (len(item.key) > 5 and _is_piece(item))
    return True


def _is_head(fragment: Fragment) -> bool:
    """Whether a text is made of the words in the heads of the tables, and of nothing else."""
    if len(fragment.key) < 3:
        return False
    rest = fragment.key
    for word in _head_keys():
        rest = rest.replace(word, "")
    return len(rest) <= len(fragment.key) // 8


def _is_piece(fragment: Fragment) -> bool:
    """Whether a text is a piece of a long head or label, as wrapping leaves it."""
    return any(fuzz.partial_ratio(fragment.key, word) >= 85 for word in _head_keys() if len(word) >= len(fragment.key))


@cache
def _head_keys() -> tuple[str, ...]:
    """Heads of columns and groups as compared, and the other words printed in the heads of the tables; long first."""
    rows = [row for each in forms.current() for row in each.rows]
    texts = {text for row in rows for text in (row.parent, row.label)}
    texts |= {text for row in rows for column in row.columns for text in (column.label, column.parent)}
    keys = {key(text) for text in (*texts, *words()["heads"])}
    return tuple(sorted((each for each in keys if len(each) > 1), key=len, reverse=True))
