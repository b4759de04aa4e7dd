"""The sections of a report by their headings, whatever their numbers."""

from __future__ import annotations

import re

from index.reading.script import plain, simplified, squeezed
from index.reading.words import words

NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:部分)?[、.．:：,，\s]|第[一二三四五六七八九十]{1,3}部分)(?P<rest>.+)"
)
LONGEST = 34


def section_of(text: str, marked: bool = False) -> tuple[str, str] | None:
    """(heading as printed, topic) where a line is a section's heading; topic '' for one the form does not have."""
    line = plain(text)
    if not 2 <= len(line) <= LONGEST or re.search(r"[。；！？]", line) or line.endswith(("，", ",")):
        return None
    found = NUMBERED.fullmatch(line)
    rest = simplified(found["rest"] if found else line).strip("：: ")
    topic = topic_of(rest)
    if found:
        return squeezed(text), topic
    whole = topic and rest in {word for each in words()["topics"].values() for word in each}
    return (squeezed(text), topic) if whole or (marked and topic) else None


def topic_of(heading: str) -> str:
    """收到和处理政府信息公开申请情况 → requests; '' where no word tells."""
    for topic, known in words()["topics"].items():
        if any(word in heading for word in known):
            return str(topic)
    return ""
