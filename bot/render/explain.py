"""Answer's trace → lines for `nianbao explain`: enough to see why a question was understood so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.answers.model import Answer
from bot.render.texts import text


def explanation(answer: Answer) -> str:
    """What was recognised, with scores, the query, the cells read, and the answer."""
    traces = [dict(part.trace) for part in answer.parts] or [dict(answer.trace)]
    found = [line for number, trace in enumerate(traces, 1) for line in _lines(trace, number if len(traces) > 1 else 0)]
    return "\n".join([*found, "", f"结果：{answer.outcome}", text(answer)])


def _lines(trace: Mapping[str, Any], number: int) -> Iterator[str]:
    if number:
        yield f"── 第{number}问"
    yield f"文字：{trace.get('text', '')}"
    for year in trace.get("years", ()):
        yield f"年份：{year['text']} → {year['kind']} {'、'.join(map(str, year['years']))}"
    for mention in trace.get("agencies", ()):
        yield from _mention(mention)
    for word in trace.get("words", ()):
        repaired = f"（按“{word['repaired']}”）" if word.get("repaired") else ""
        yield f"词语：{word['text']}{repaired} → {'、'.join(word['means'])}"
    yield f"没有认出：{'、'.join(trace.get('unknown', ())) or '无'}"
    if "scope" in trace:
        yield f"不在范围：{trace['scope']}"
    if "query" in trace:
        yield f"查询：{json.dumps(trace['query'], ensure_ascii=False, default=str)}"
    for cell in trace.get("cells", ()):
        yield f"读格：{cell['agency']} {cell['year']} {cell['code']} = {cell['value']}（{cell['status']}）"


def _mention(mention: Mapping[str, Any]) -> Iterator[str]:
    kind = "机关组" if mention["kind"] == "group" else "机关"
    yield f"{kind}：{mention['text']}" + (
        f" → {mention['group']}，{mention['members']} 家" if "group" in mention else ""
    )
    for candidate in mention["candidates"]:
        yield f"　候选：{candidate['agency']}（{candidate['score']}，{candidate['how']}）"
    for known in mention["known"]:
        yield f"　未收录：{known}"
