"""Which agency, which year: from the title, and where it leaves that open from sentences, signature and metadata."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.document import Document, Paragraph, Table
from index.reading.script import plain, simple, squeezed
from index.reading.sections import section_of
from index.reading.title import (
    DIGITS,
    FIRST_LINES,
    Title,
    body_title,
    has_core,
    is_name,
    is_open,
    read_title,
    title_words,
)
from index.reading.wrapped import unwrapped

LAST_LINES = 12
DATED_FILE = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose report it is and for which year; None where the document does not say."""

    agency: str | None
    year: int | None
    title: str
    notes: tuple[str, ...] = ()


def heading(document: Document) -> Heading:
    """What the document says of itself, contradictions as notes."""
    lines = unwrapped(document, list(document_lines(document)))
    printed = body_title(lines)
    titles = [title for title in (printed, *metadata_titles(document)) if title]
    agency = next((title.agency for title in titles if title.agency), None) or _elsewhere(lines)
    year, notes = _year(titles, lines, document)
    text = titles[0].text if titles else ""
    return Heading(agency, year, text, (*notes, *_agency_notes(titles, lines)))


def document_lines(document: Document) -> Iterator[str]:
    """Every line outside tables and every cell of a table, without spaces."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from (squeezed(line) for line in block.text.split("\n") if squeezed(line))
        elif isinstance(block, Table):
            yield from (squeezed(cell.text) for row in block.rows for cell in row if squeezed(cell.text))


def metadata_titles(document: Document) -> Iterator[Title]:
    """Titles in the metadata: weaker than the printed one."""
    texts = [value for name, value in document.metadata.items() if "title" in name.lower()]
    for text in (*texts, document.title or ""):
        for part in re.split(r"[_|｜]|\s[-–—]\s|(?<=[网站台])[-–—]|[-–—](?=[^-–—]*(?:网|平台|年报|门户)$)", text):
            if has_core(plain(part)):
                yield read_title(plain(_title_of(part)))


def _title_of(text: str) -> str:
    """The title among the names of columns printed with it: the last part that is one by itself, with its year."""
    parts = [part for part in re.split(r"[\s>»›]+", text) if has_core(plain(part)) and read_title(plain(part)).year]
    return parts[-1] if parts and read_title(plain(parts[-1])).agency else text


def _elsewhere(lines: list[str]) -> str | None:
    """The agency of a report whose title leaves it open: from its signature, or a sentence that says whose it is."""
    named = [*_signatures(lines), *_sentences(lines)]
    if not named:
        return None
    counted = Counter(named)
    return counted.most_common(1)[0][0] if len(counted) == 1 or counted.most_common(1)[0][1] > 1 else None


def _signatures(lines: list[str]) -> Iterator[str]:
    """Names that stand alone right above a date among the last lines."""
    last = lines[-LAST_LINES:]
    for name, date in pairwise(last):
        if re.fullmatch(title_words()["date"], simple(_dated(date))) and is_name(name) and not is_open(name):
            yield name


def _dated(line: str) -> str:
    """A date with Chinese digits as one with Arabic digits, roughly enough to know it for a date."""
    return re.sub(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)", lambda match: match[0].translate(DIGITS), line)


def _sentences(lines: list[str]) -> Iterator[str]:
    text = "".join("。" if section_of(line) else line for line in lines[:FIRST_LINES])
    matched = simple(text)
    if len(matched) != len(text):
        text = matched
    for pattern in title_words()["sentences"]:
        for match in re.finditer(pattern, matched):
            name = text[match.start("name") : match.end("name")]
            if is_name(name) and not is_open(name):
                yield name


def _year(titles: list[Title], lines: list[str], document: Document) -> tuple[int | None, list[str]]:
    """The year of the period reported, with contradictions."""
    named = [title.year for title in titles if title.year]
    periods = _periods(lines)
    if named:
        others = sorted((set(named[1:]) | set(periods)) - {named[0]})
        notes = [f"标题为{named[0]}年，文中另有{'、'.join(map(str, others))}年的说法"] if others else []
        return named[0], notes
    if len(set(periods)) == 1:
        return periods[0], []
    return _weak_year(lines, document), []


def _periods(lines: list[str]) -> list[int]:
    text = simple("".join(lines))
    return [int(match["year"]) for pattern in title_words()["periods"] for match in re.finditer(pattern, text)]


def _weak_year(lines: list[str], document: Document) -> int | None:
    """Two weak signals that agree: the year the prose speaks of most, the year before its date, the file's name."""
    text = simple("".join(lines))
    signals = []
    spoken = Counter(int(year) for year in re.findall(r"(20[0-4]\d)年(?![0-9]{1,2}月)", text))
    if spoken and spoken.most_common(1)[0][1] >= 2:
        signals.append(spoken.most_common(1)[0][0])
    signed = [
        int(match[1]) for line in lines[-LAST_LINES:] if (match := re.fullmatch(title_words()["date"], _dated(line)))
    ]
    signals += [year - 1 for year in signed[-1:]]
    signals += [int(year) for year in DATED_FILE.findall(document.file)[:1]]
    published = next((value for name, value in document.metadata.items() if name.lower() == "pubdate"), "")
    signals += [int(published[:4]) - 1] if published[:4].isdigit() else []
    common = Counter(signals).most_common(2)
    if common and common[0][1] >= 2 and (len(common) == 1 or common[1][1] < common[0][1]):
        return common[0][0]
    return None


def _agency_notes(titles: list[Title], lines: list[str]) -> Iterator[str]:
    """A signature that names another body than the title does."""
    agency = next((title.agency for title in titles if title.agency), None)
    for name in dict.fromkeys(_signatures(lines)):
        if agency and not _same(agency, name):
            yield f"标题的机关是“{agency}”，落款是“{name}”"


def _same(one: str, other: str) -> bool:
    shorter, longer = sorted((simple(one), simple(other)), key=len)
    return shorter.removesuffix("人民政府") in longer or shorter in longer
