"""Answer's trace → lines for `nianbao explain`: enough to see why a question was understood so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.answers.model import Answer
from bot.question.names import label
from bot.question.query import Query
from bot.render.texts import text
from bot.render.words import condition_text, item_name
from bot.wording import data


def explanation(answer: Answer) -> str:
    """What was recognised, with scores, the query, the cells read, and the answer."""
    parts = answer.parts or (answer,)
    found = [line for number, part in enumerate(parts, 1) for line in _lines(part, number if len(parts) > 1 else 0)]
    return "\n".join([*found, "", _line("outcome", outcome=_say("outcome", answer.outcome)), text(answer)])


def _say(section: str, name: str, /, **values: object) -> str:
    """The words for a name of the program; the name itself where nothing is written for it."""
    return str(data("explain.toml")[section].get(name, name)).format(**values)


def _line(name: str, /, **values: object) -> str:
    return _say("line", name, **values)


def _lines(answer: Answer, number: int) -> Iterator[str]:
    trace = answer.trace
    if number:
        yield _line("part", number=number)
    yield _line("text", text=trace.get("text", ""))
    for year in trace.get("years", ()):
        means = _say("year", year["kind"], years="、".join(map(str, year["years"])))
        yield _line("year", text=year["text"], means=means)
    for mention in trace.get("agencies", ()):
        yield from _mention(mention)
    for word in trace.get("words", ()):
        repaired = _line("repaired", word=word["repaired"]) if word.get("repaired") else ""
        yield _line("word", text=word["text"], repaired=repaired, means="、".join(map(_meaning, word["means"])))
    yield _line("unknown", words="、".join(trace.get("unknown", ())) or _line("nothing"))
    if "scope" in trace:
        yield _line("scope", words=trace["scope"])
    if "query" in trace and answer.query:
        yield _line("query", query="；".join(_query(answer.query)))
    for cell in trace.get("cells", ()):
        yield _line("cell", **{**cell, "label": label(cell["code"]), "status": _say("status", cell["status"])})


def _mention(mention: Mapping[str, Any]) -> Iterator[str]:
    label = _closed(mention.get("group", ""))
    group = _line("members", label=label, count=mention["members"]) if label else ""
    yield _line("group" if mention["kind"] == "group" else "agency", text=_closed(mention["text"]), group=group)
    for candidate in mention["candidates"]:
        yield _line("candidate", **{**candidate, "how": _say("how", candidate["how"])})
    for known in mention["known"]:
        yield _line("not_loaded", name=known)


def _closed(text: str) -> str:
    """Where years stood inside a name there are blanks."""
    return re.sub(r"\s{2,}", "", text)


def _meaning(told: str) -> str:
    """row:requests.refused → 行“不予公开”, operation:quantity → 问法“多少”."""
    kind, _, code = told.partition(":")
    return _say("means", kind, label=_label(kind, code))


def _label(kind: str, code: str) -> str:
    if kind in ("row", "column", "field"):
        return label(code)
    if kind == "measure":
        return str(data("measures.toml")["measure"][code]["label"])
    if kind in ("section", "count"):
        return str(data("prose.toml")[kind][code]["label"])
    return _say(kind, code)


def _query(query: Query) -> Iterator[str]:
    """The parts of a query that say something."""
    yield _say("kind", query.kind)
    if query.agencies:
        yield _say("query", "agencies", count=len(query.agencies))
    if query.group:
        yield _say("query", "group", label=query.group.label, members=len(query.group.members))
    if query.years:
        years = _say("query", "years", years="、".join(map(str, query.years)))
        yield years + f"（{_say('years_from', query.years_from)}）"
    if query.skipped:
        yield _say("query", "skipped", years="、".join(map(str, query.skipped)))
    if query.items:
        named = (_say("query", "item", label=item_name(item), code=item.code) for item in query.items)
        yield _say("query", "items", items="、".join(named))
    if query.conditions:
        kind = "any_condition" if query.either else "conditions"
        told = (_say("of", each.of) + condition_text(each) for each in query.conditions)
        yield _say("query", kind, conditions="、".join(told))
    if query.kind not in ("figures", "prose", "collection", "yes_no", "check"):
        yield f"{_say('over', query.over)}，{_say('order', query.order)}"
    for name in ("top", "nth"):
        if getattr(query, name):
            yield _say("query", name, **{name: getattr(query, name)})
    if query.repaired:
        yield _say("query", "repaired", words="、".join(f"{old} → {new}" for old, new in query.repaired))
