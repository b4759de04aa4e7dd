"""Teaching the bot a word: what it may mean, whether it may mean that, and which old questions it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.answers.engine import Engine
from bot.answers.glossary import Glossary, fields, meaning
from bot.question import Clarification, Conversation, Query, Refusal, understand
from bot.question.normalise import normalise
from bot.wording import lexicon
from index.agencies import Directory
from index.store.records import Alias, AliasKind

LONGEST = 20
_WORD = re.compile(r"[\u4e00-\u9fffa-z]{2,20}")
LIKELY = ("requests.received", "requests.granted", "requests.refused", "requests.handled", "review", "litigation")
"""Rows that are offered when nothing looks like the word."""


SOMEWHERE = "浙江省"
"""Before a word it shows whether the word is what many places have: 管委会, 市局, 新区."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may be taught to mean."""

    kind: AliasKind
    target: str
    label: str


def words_missed(engine: Engine, question: str, today: date) -> tuple[str, ...]:
    """The words of a question that stood in the way, as they would be taught."""
    found: list[str] = []
    for each in understand(engine.glossary.applied(question), Conversation(), engine.directory, today):
        if isinstance(each.outcome, Refusal) and each.outcome.outcome != "help":
            found += [*each.outcome.names, *each.trace.get("unknown", ()), *each.outcome.unknown]
        elif isinstance(each.outcome, Query):
            free = [word for item in each.outcome.items if item.kind == "free" for word in item.code.split("·")]
            found += [*each.trace.get("unknown", ()), *free] if free else []
    plain = normalise(question)
    words = dict.fromkeys(word for word in found if word in plain and _WORD.fullmatch(word))
    return tuple(word for word in words if not any(word != other and word in other for other in words))


def meanings(engine: Engine, word: str, count: int = 3) -> tuple[Meaning, ...]:
    """What a word may mean, likeliest first: agencies whose names look like it, and items of the form."""
    most = sorted(engine.directory.agencies, key=lambda each: (-len(each.years), each.name))
    agencies = engine.directory.nearest(word, count) or most[:count]
    known = fields()
    rows = [*_alike(word, known, 2), *LIKELY]
    offered = [Meaning("agency", each.key, each.name) for each in agencies]
    return (*offered, *(Meaning("field", code, known[code]) for code in dict.fromkeys(rows)))


def _alike(word: str, known: dict[str, str], count: int) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(word, known, scorer=fuzz.partial_ratio, limit=count, score_cutoff=60)
    return [str(code) for _, _, code in found]


def field_named(name: str) -> str | None:
    """The row, column or field that these words mean alone, or None."""
    plain = normalise(name)
    labels = [code for code, label in fields().items() if label == plain]
    entries = lexicon().entries.get(plain, ())
    codes = labels or [each.code for each in entries if each.kind in ("row", "column", "field")]
    return codes[0] if len(set(codes)) == 1 else None


def problem(engine: Engine, spelling: str, kind: AliasKind, target: str) -> str | None:
    """Why a word may not mean that, as the key of a sentence; None when it may. Tried out before it is believed."""
    if not _WORD.fullmatch(spelling):
        return "not_a_word"
    if any(each.spelling == spelling for each in engine.index.aliases()):
        return "taken"
    if any(spelling in known for known in lexicon().entries):
        return "known_word"
    directory = engine.directory
    names = {name for each in directory.agencies for name in (each.name, *each.printed)}
    if any(spelling in name for name in names):
        return "known_name"
    wanted = meaning(kind, target, directory)
    if not wanted:
        return "no_target"
    somewhere = directory.recognise(SOMEWHERE + spelling)
    if any(mention.end > len(SOMEWHERE) and not mention.repaired for mention in somewhere):
        return "common_name"
    for mention in directory.recognise(spelling):
        if kind == "field" or mention.text == spelling or mention.text not in wanted:
            return "known_name"
    return None if _works(engine, Alias(0, spelling, kind, target, "", datetime.now(UTC))) else "not_understood"


def _works(engine: Engine, alias: Alias) -> bool:
    """With the word, a question means what it means with the real name, and without it nothing."""
    directory = engine.directory
    taught = Glossary((*engine.index.aliases(), alias), directory)
    name, year, item = _sample(directory, alias)
    question = f"{{}}{year}年{{}}多少"
    right = _meant(question.format(name, item), directory)
    with_word = question.format(*((alias.spelling, item) if alias.kind == "agency" else (name, alias.spelling)))
    if _meant(with_word, directory) is not None and alias.kind == "field":
        return False
    return right is not None and _meant(taught.applied(with_word), directory) == right


def _sample(directory: Directory, alias: Alias) -> tuple[str, int, str]:
    """An agency, a year of which it has a report, and an item."""
    some = directory.by_key(alias.target) if alias.kind == "agency" else directory.agencies[0]
    item = fields()[alias.target] if alias.kind == "field" else fields()["requests.received"]
    return (some.name, max(some.years), item) if some else ("", 0, item)


def _meant(question: str, directory: Directory) -> object:
    outcome = understand(question, Conversation(), directory, date(2025, 1, 1))[0].outcome
    if isinstance(outcome, (Query, Clarification)):
        query = outcome if isinstance(outcome, Query) else outcome.query
        known = query and query.items and all(item.kind != "free" for item in query.items)
        return (query.agencies, query.items) if query and known else None
    return None


def answered_now(engine: Engine, questions: Iterable[str], spelling: str, today: date) -> tuple[list[str], int]:
    """Of the old questions with this word: those that are answered now, and how many there are."""
    concerned = [each for each in questions if spelling in normalise(each)]
    return [each for each in concerned if engine.ask(each, Conversation(), today).answer.outcome == "answer"], len(
        concerned
    )


def shown(aliases: Sequence[Alias], directory: Directory) -> Iterator[tuple[Alias, str]]:
    """Each with what it means in words; '' for an agency that is not loaded any more."""
    return ((each, meaning(each.kind, each.target, directory)) for each in aliases)
