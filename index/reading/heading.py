"""Which agency, which year: from the title, and where it leaves that open from sentences, signature and metadata."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.document import Document, Paragraph, Table
from index.reading.script import plain, simplified
from index.reading.words import words

FIRST_LINES = 40
LAST_LINES = 12
LONGEST_TITLE = 70
DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")


@dataclass(frozen=True, slots=True)
class Title:
    """A title of such a report: as printed, with what it says."""

    text: str
    agency: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose report it is and for which year; None where the document does not say."""

    agency: str | None
    year: int | None
    title: str
    notes: tuple[str, ...] = ()


def heading(document: Document) -> Heading:
    """What the document says of itself, contradictions as notes."""
    lines = list(document_lines(document))
    printed = body_title(lines)
    titles = [title for title in (printed, *metadata_titles(document)) if title]
    agency = next((title.agency for title in titles if title.agency), None) or _elsewhere(lines, document)
    year, notes = _year(titles, lines, document)
    text = titles[0].text if titles else ""
    return Heading(agency, year, text, tuple([*notes, *_agency_notes(titles, lines)]))


def document_lines(document: Document) -> Iterator[str]:
    """Every line outside tables and every cell of a table, without spaces."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from (plain(line) for line in block.text.split("\n") if plain(line))
        elif isinstance(block, Table):
            yield from (plain(cell.text) for row in block.rows for cell in row if plain(cell.text))


def body_title(lines: list[str]) -> Title | None:
    """The title among the first lines, pieced together where it is broken over several."""
    first = lines[:FIRST_LINES]
    for end in range(len(first)):
        for start in range(end, max(-1, end - 4), -1):
            text = "".join(first[start : end + 1])
            if len(text) > LONGEST_TITLE or _sentence(text):
                break
            if _core(text):
                return _title(first, start, end)
    return None


def _sentence(text: str) -> bool:
    return any(mark in text for mark in "。；！") or text.endswith(("，", ",", "："))


def _title(lines: list[str], start: int, end: int) -> Title:
    """The title at these lines, with the name above it and the year below it where they stand alone."""
    found = read_title("".join(lines[start : end + 1]))
    above = start - 1
    while above >= max(0, start - 3) and (found.agency is None or found.year is None):
        line = lines[above]
        if not (_year_alone(line) or (found.agency is None and _named(line))):
            break
        found = read_title("".join(lines[above : end + 1]))
        start = above
        above -= 1
    below = lines[end + 1] if end + 1 < len(lines) else ""
    if found.year is None and _year_alone(below):
        found = read_title("".join(lines[start : end + 2]))
    return found


def _year_alone(line: str) -> bool:
    rest = re.sub(_words()["year"], "", simplified(line))
    return rest != simplified(line) and not re.sub(r"[（）()\[\]【】〔〕]", "", rest)


def _named(line: str) -> bool:
    name = simplified(line)
    return 2 <= len(name) <= 30 and bool(re.fullmatch(rf"[\u4e00-\u9fff（）()]+(?:{_words()['endings']})", name))


def read_title(text: str) -> Title:
    """格尔木市2024年政府信息公开工作年度报告 → 格尔木市, 2024. The name as printed, 繁體 kept."""
    simple = simplified(text)
    if len(simple) != len(text):
        text = simple
    core = re.search(_words()["core"], simple)
    assert core is not None
    years = [match for match in re.finditer(_words()["year"], simple)]
    keep = [True] * len(text)
    for match in years:
        keep[match.start() : match.end()] = [False] * (match.end() - match.start())
    name = "".join(char for at, char in enumerate(text[: core.start()]) if keep[at])
    return Title(text, _clean(name, simple[core.start() :]), _as_year(years[0]) if years else None)


def _as_year(match: re.Match[str]) -> int:
    return int((match[1] or match[2]).translate(DIGITS))


def _clean(name: str, core: str) -> str | None:
    """The name without what surrounds it; None where it names no agency."""
    name = re.sub(r"^[^\u4e00-\u9fff\u3400-\u4dbf]+|[（(〔\[【<《“\"]*$", "", name)
    name = re.sub(r"[（(〔\[【][)）〕\]】]", "", name)
    name = re.sub(r"^附件[0-9一二三四五六七八九十]*[：:.、]?", "", name)
    trimmed = True
    while trimmed:
        trimmed = False
        name = name.strip("《》“”\"'·:：-—_|,，、.。*#")
        for word in _words()["around"]:
            if (
                simplified(name).startswith(word)
                or (len(word) > 1 and simplified(name).endswith(word))
                or name.endswith("的")
            ):
                name = (
                    name[len(word) :]
                    if simplified(name).startswith(word)
                    else name[: -len(word)]
                    if simplified(name).endswith(word)
                    else name[:-1]
                )
                trimmed = True
                break
    if (name.endswith("人民") and core.startswith("信息")) or (
        simplified(name).endswith("人民") and core.startswith("政府信息")
    ):
        name += "政府"
    return name if len(name) >= 2 and not is_open(name) else None


def is_open(name: str) -> bool:
    """Whether a name leaves open which agency it is: 我局, 县人民政府."""
    return bool(re.fullmatch(_words()["open_names"], simplified(name)))


def metadata_titles(document: Document) -> Iterator[Title]:
    """Titles in the metadata: weaker than the printed one."""
    texts = [value for name, value in document.metadata.items() if "title" in name.lower()]
    for text in (*texts, document.title or ""):
        for part in re.split(r"[_|｜]|\s[-–—]\s|(?<=[网站台])[-–—]|[-–—](?=[^-–—]*(?:网|平台|年报|门户)$)", text):
            if _core(plain(part)):
                yield read_title(plain(part))


def _core(text: str) -> bool:
    return re.search(_words()["core"], simplified(text)) is not None


def _elsewhere(lines: list[str], document: Document) -> str | None:
    """The agency of a report whose title leaves it open: from its signature, or a sentence that says whose it is."""
    named = [*_signatures(lines), *_sentences(lines)]
    if not named:
        return None
    counted = Counter(named)
    return counted.most_common(1)[0][0] if len(counted) == 1 or counted.most_common(1)[0][1] > 1 else None


def _signatures(lines: list[str]) -> Iterator[str]:
    """Names that stand alone right above a date among the last lines."""
    last = lines[-LAST_LINES:]
    for name, date in zip(last, last[1:], strict=False):
        if re.fullmatch(_words()["date"], simplified(_dated(date))) and _named(name) and not is_open(name):
            yield name


def _dated(line: str) -> str:
    """A date with Chinese digits as one with Arabic digits, roughly enough to know it for a date."""
    return re.sub(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)", lambda match: match[0].translate(DIGITS), line)


def _sentences(lines: list[str]) -> Iterator[str]:
    text = "".join(lines[:FIRST_LINES])
    simple = simplified(text)
    if len(simple) != len(text):
        text = simple
    for pattern in _words()["sentences"]:
        for match in re.finditer(pattern, simple):
            name = text[match.start("name") : match.end("name")]
            if _named(name) and not is_open(name):
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
    text = simplified("".join(lines))
    return [int(match["year"]) for pattern in _words()["periods"] for match in re.finditer(pattern, text)]


def _weak_year(lines: list[str], document: Document) -> int | None:
    """Two weak signals that agree: the year the prose speaks of most, the year before its date, the file's name."""
    text = simplified("".join(lines))
    signals = []
    spoken = Counter(int(year) for year in re.findall(r"(20[0-4]\d)年(?![0-9]{1,2}月)", text))
    if spoken and spoken.most_common(1)[0][1] >= 2:
        signals.append(spoken.most_common(1)[0][0])
    signed = [int(match[1]) for line in lines[-LAST_LINES:] if (match := re.fullmatch(_words()["date"], _dated(line)))]
    signals += [year - 1 for year in signed[-1:]]
    signals += [int(year) for year in re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", document.file)[:1]]
    signals += [
        int(value[:4]) - 1
        for name, value in document.metadata.items()
        if name.lower() == "pubdate" and value[:4].isdigit()
    ]
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
    shorter, longer = sorted((simplified(one), simplified(other)), key=len)
    return shorter.removesuffix("人民政府") in longer or shorter in longer


@cache
def _words() -> dict[str, str]:
    return dict(words("titles"))
