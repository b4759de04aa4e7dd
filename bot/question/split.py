"""Several questions in one message."""

from __future__ import annotations

import re
from datetime import date

from bot.question.items import ask_items
from bot.question.reading import Reading, read
from index.agencies import Directory

_SENTENCE = re.compile(r"[？?！!。；]+")
_NUMBERED = re.compile(r"(?:^|(?<=[；。，？！ ]))[1-5一二三四五][。、）](?=\D)|(?<=[\u4e00-\u9fff])[1-5][。）](?=\D)")
_CLAUSE = re.compile(r"，")


def split(text: str, directory: Directory, today: date) -> list[str]:
    """Sentences that ask something each; clauses too, where both sides of a comma name their own agency and item."""
    numbered = _NUMBERED.sub("；", text) if len(_NUMBERED.findall(text)) > 1 else text
    sentences = [part.strip("，、 ") for part in _SENTENCE.split(numbered)]
    sentences = [part for part in sentences if part]
    questions: list[str] = []
    for sentence in sentences:
        questions.extend(_clauses(sentence, directory, today))
    return _with_remarks(questions, directory, today) if len(questions) > 1 else questions or [text]


def _clauses(sentence: str, directory: Directory, today: date) -> list[str]:
    pieces = _CLAUSE.split(sentence)
    if len(pieces) < 2:
        return [sentence]
    readings = [read(piece, directory, today) for piece in pieces]
    joined: list[str] = []
    complete = calculated = False
    for piece, reading in zip(pieces, readings, strict=True):
        if (
            joined
            and complete
            and (
                _starts_anew(reading)
                or _calculates(piece, reading)
                or calculated
                or _asks_why(reading)
                or _again(joined[-1], reading, directory, today)
            )
        ):
            joined.append(piece)
            complete = _asks(reading) or _calculates(piece, reading)
            calculated = _calculates(piece, reading)
        elif joined:
            joined[-1] += "，" + piece
            complete = complete or _asks(reading)
        else:
            joined.append(piece)
            complete = bool(reading.mentions) and (_asks(reading) or _calculates(piece, reading))
    return joined


def _asks(reading: Reading) -> bool:
    return reading.has("quantity", "rate", "percent", "exists", "asks") and bool(ask_items(reading.tokens).items)


_CALCULATIONS = ("yoy", "difference", "ratio", "than", "compare", "rank_place", "trend", "check", "average")


def _calculates(piece: str, reading: Reading) -> bool:
    """同比增长多少, 和2023年比呢: asks for a calculation behind a question that is complete, about the same."""
    limited = bool(reading.unknown) or any(token.narrows for token in reading.tokens)
    if limited or reading.has("sum", "most", "least", "asks", "each") or _REFERS.search(piece):
        return False
    wants = reading.has("quantity", "percent", "difference", "rank_place", "check", "follow", "trend")
    return reading.has(*_CALCULATIONS) and wants


def _again(asked: str, reading: Reading, directory: Directory, today: date) -> bool:
    """比2023年多多少件，行政处罚呢: the same calculation of something else."""
    return (
        reading.has("follow")
        and bool(ask_items(reading.tokens).items)
        and _calculates(asked, read(asked, directory, today))
    )


def _asks_why(reading: Reading) -> bool:
    """不予公开多少，为什么; …，占比多少: a question of its own about what was asked."""
    share = reading.has("rate") and not reading.has("grow", "shrink", "yoy", "than", "sum") and not reading.unknown
    return (share or reading.has("reason_kinds")) and not reading.mentions and not ask_items(reading.tokens).items


_REFERS = re.compile("^(?:而|且|并且|还是|或|如果|要是|只|不|其中)")


def _starts_anew(reading: Reading) -> bool:
    """A clause with its own agency (or 那…呢), which does not compare with what went before."""
    if reading.has("than", "difference", "ratio", "compare", "sum", "average"):
        return False
    named = any(mention.kind == "agency" for mention in reading.mentions)
    return named and (_asks(reading) or reading.has("follow"))


def _with_remarks(questions: list[str], directory: Directory, today: date) -> list[str]:
    """A sentence that asks nothing (谢谢, 数据库里) goes with the one before or after it."""
    kept: list[str] = []
    scene = ""
    for question in questions:
        reading = read(question, directory, today)
        known = bool(reading.mentions or reading.years or ask_items(reading.tokens).items)
        asks = reading.has(
            "quantity",
            "exists",
            "asks",
            "who",
            "rate",
            "check",
            "which_year",
            "trend",
            "follow",
            "yoy",
            "difference",
            "most",
            "least",
            "reason_kinds",
        )
        if not known and not asks and not reading.unknown:
            continue
        if known and not asks and not ask_items(reading.tokens).items:
            scene = question
            continue
        kept.append(scene + question)
        scene = ""
    if scene and kept:
        kept[-1] = scene + "，" + kept[-1]
    return kept or questions[:1]
