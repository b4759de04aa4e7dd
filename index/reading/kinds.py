"""What is not one annual report, said in a sentence."""

from __future__ import annotations

import re

from index.document import Document
from index.errors import NotAReport
from index.reading.assign import Assignment
from index.reading.heading import Heading, document_lines
from index.reading.script import simplified
from index.reading.words import words
from index.report import Passage

SEVERAL = 5
FIRST_LINES = 4
LONGEST_TITLE = 40


def require_report(document: Document, head: Heading, assignment: Assignment, prose: tuple[Passage, ...]) -> None:
    """NotAReport, with the reason and what to do, unless the document is one report."""
    name = f"“{document.file}”" if document.file else "这份文件"
    why = _other_kind(document, head)
    if why:
        raise NotAReport(f"{name}{why}。")
    if len({code for code, _ in assignment.repeated}) >= SEVERAL:
        raise NotAReport(f"{name}里有几份报告的表格：请拆成一份一个文件再载入。")
    topics = {passage.topic for passage in prose if passage.topic}
    if len(assignment.rows) < 2 and not (head.title and (assignment.rows or len(topics) >= 2)):
        raise NotAReport(
            f"{name}不是政府信息公开工作年度报告：没有找到报告的标题、表格和各部分，请检查是否选错了文件。"
        )


def _other_kind(document: Document, head: Heading) -> str | None:
    """What the title, or the first lines where there is none, call the document."""
    titles = [simplified(head.title)]
    if not head.title:
        lines = zip(document_lines(document), range(FIRST_LINES), strict=False)
        titles = [
            simplified(line) for line, _ in lines if len(line) <= LONGEST_TITLE and not re.search("[，。；]", line)
        ]
        titles.append(simplified(document.title or ""))
    for pattern, why in words("titles")["not_reports"].items():
        if any(re.search(pattern, title) for title in titles):
            return str(why)
    return None
