"""The title of a report: found, pieced together where it is broken over lines, and taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from index.reading.script import simple
from index.reading.words import words

FIRST_LINES = 40
LONGEST_TITLE = 70
DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")
BRACKETS = "《》“”\"'·:：-—_|,，、.。*#"


@dataclass(frozen=True, slots=True)
class Title:
    """A title of such a report: as printed, with what it says."""

    text: str
    agency: str | None
    year: int | None


def body_title(lines: list[str]) -> Title | None:
    """The title among the first lines, pieced together where it is broken over several."""
    first = lines[:FIRST_LINES]
    for end in range(len(first)):
        for start in range(end, max(-1, end - 4), -1):
            text = "".join(first[start : end + 1])
            if len(text) > LONGEST_TITLE or _sentence(text):
                break
            if re.search(title_words()["carriers"], simple(text)):
                break
            if has_core(text) and not (start and _begins_before(first[start - 1], text)):
                return _title(first, start, end)
    return None


def _begins_before(above: str, text: str) -> bool:
    """…2023年度政府, over 信息公开工作年度报告: the first line is cut within a word of the title."""
    return simple(text).startswith("信息公开") and simple(above).endswith(("政府", "政务")) and not is_name(above)


def _sentence(text: str) -> bool:
    return any(mark in text for mark in "。；！") or text.endswith(("，", ",", "："))


def _title(lines: list[str], start: int, end: int) -> Title:
    """The title at these lines, with the name above it and the year below it where they stand alone."""
    found = read_title("".join(lines[start : end + 1]))
    above = start - 1
    while above >= max(0, end - 4):
        line = lines[above]
        if not (_year_alone(line) or (found.agency is None and is_name(line)) or _is_of(line, found.agency)):
            break
        found = read_title("".join(lines[above : end + 1]))
        start = above
        above -= 1
    below = lines[end + 1] if end + 1 < len(lines) else ""
    if found.year is None and _year_alone(below):
        found = read_title("".join(lines[start : end + 2]))
    return found


def _is_place_of(line: str, agency: str | None) -> bool:
    """示例市, above 甲区民政局…: the first part of a name that is broken over lines."""
    place = re.fullmatch(r"[\u4e00-\u9fff]{1,12}[省市县区州盟旗镇乡]", simple(line))
    return bool(place and agency and not simple(agency).startswith(simple(line)))


def _is_of(line: str, agency: str | None) -> bool:
    """Whether the line is the first part of a name that is broken over lines."""
    if _is_place_of(line, agency):
        return True
    part = agency and re.search(title_words()["parts"], simple(agency))
    return bool(part and is_name(line) and re.search(title_words()["wholes"], simple(line)))


def _year_alone(line: str) -> bool:
    rest = re.sub(title_words()["year"], "", simple(line))
    return rest != simple(line) and not re.sub(r"[（）()\[\]【】〔〕]", "", rest)


def is_name(line: str) -> bool:
    """Whether a line is nothing but a name that ends as names of agencies do."""
    name = simple(line)
    return 2 <= len(name) <= 30 and bool(re.fullmatch(rf"[\u4e00-\u9fff（）()]+(?:{title_words()['endings']})", name))


def read_title(text: str) -> Title:
    """延吉市2024年政府信息公开工作年度报告 → 延吉市, 2024. The name as printed, 繁體 kept."""
    text = re.sub(title_words()["school_year"], "", text)
    matched = simple(text)
    if len(matched) != len(text):
        text = matched
    core = re.search(title_words()["core"], matched)
    assert core is not None
    years = list(re.finditer(title_words()["year"], matched))
    keep = [True] * len(text)
    for match in years:
        keep[match.start() : match.end()] = [False] * (match.end() - match.start())
    name = "".join(char for at, char in enumerate(text[: core.start()]) if keep[at])
    return Title(text, _clean(name, matched[core.start() :]), _as_year(years[0]) if years else None)


def _as_year(match: re.Match[str]) -> int:
    return int((match[1] or match[2]).translate(DIGITS))


def _clean(name: str, core: str) -> str | None:
    """The name without what surrounds it; None where it names no agency."""
    name = re.sub(r"^\W*【[^】]{1,12}】", "", name)
    name = re.sub(r"^[^\u4e00-\u9fff\u3400-\u4dbf]+|[（(〔\[【<《“\"]*$", "", name)
    name = re.sub(r"[（(〔\[【][)）〕\]】]", "", name)
    name = re.sub(r"^附件[0-9一二三四五六七八九十]*[：:.、]?", "", name)
    while (shorter := _without_edge(name.strip(BRACKETS))) != name:
        name = shorter
    if simple(name).endswith("人民") and core.startswith(("信息", "政府信息")):
        name += "政府"  # 某某市人民政府信息公开…: one 政府 printed for two
    return name if len(name) >= 2 and not is_open(name) else None


def _without_edge(name: str) -> str:
    """The name less one word of the title at either end."""
    matched = simple(name)
    for word in title_words()["around"]:
        if matched.startswith(word):
            return name[len(word) :]
        if matched.endswith(word) and (len(word) > 1 or word == "的"):
            return name[: -len(word)]
    return name


def is_open(name: str) -> bool:
    """Whether a name leaves open which agency it is: 我局, 县人民政府."""
    return bool(re.fullmatch(title_words()["open_names"], simple(name)))


def has_core(text: str) -> bool:
    """Whether a text holds 政府信息公开工作年度报告, in whatever words."""
    return re.search(title_words()["core"], simple(text)) is not None


@cache
def title_words() -> dict[str, Any]:
    """The content of titles.toml."""
    return dict(words("titles"))
