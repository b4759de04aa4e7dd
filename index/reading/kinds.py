"""What is not one annual report, said in a sentence."""

from __future__ import annotations

import re

from index.document import Document
from index.errors import NotAReport
from index.reading.heading import Heading, document_lines
from index.reading.script import simple
from index.reading.title import title_words
from index.report import Passage

FEW = 5
FIRST_LINES = 4
LONGEST_TITLE = 40


def require_report(document: Document, head: Heading, rows: int, several: bool, prose: tuple[Passage, ...]) -> None:
    """NotAReport, with the reason and what to do, unless the document is one report.

    So many `rows` of the form were found in it, and perhaps `several` reports' rows.
    """
    name = f"“{document.file}”" if document.file else "这份文件"
    why = _other_kind(document, head, rows)
    if why:
        raise NotAReport(f"{name}{why}。")
    if several:
        raise NotAReport(f"{name}里有几份报告的表格：请拆成一份一个文件再载入。")
    topics = {passage.topic for passage in prose if passage.topic}
    if rows < 2 and not (head.title and (rows or len(topics) >= 2)):
        raise NotAReport(
            f"{name}不是政府信息公开工作年度报告：没有找到报告的标题、表格和各部分，请检查是否选错了文件。"
        )


def _other_kind(document: Document, head: Heading, rows: int) -> str | None:
    """What the title, or the first lines where there is none, call the document."""
    lines = [simple(line) for line, _ in zip(document_lines(document), range(FIRST_LINES), strict=False)]
    shorts = [line for line in lines if len(line) <= LONGEST_TITLE and not re.search("[，。；]", line)]
    titles = [simple(head.title)] if head.title else [*shorts, simple(document.title or "")]
    known = dict(title_words()["not_reports"])
    if not head.title and rows < FEW:
        known |= title_words()["other_papers"]
    for pattern, why in known.items():
        if any(re.search(pattern, title) for title in titles):
            return str(why)
    return None
