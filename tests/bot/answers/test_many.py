"""Lists over very many agencies are those that reading every cell would give."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

from bot.answers import Answer, Conversation, Engine
from bot.answers.kinds import lists
from index.forms import fields
from index.report import Figure, Report
from index.store import Index

TODAY = date(2025, 6, 1)
PLACES = [f"示例市{letter}区" for letter in "甲乙丙丁戊己庚辛"]
BODIES = ("人民政府", "教育局", "公安局", "财政局", "司法局", "水利局")
PARTS = [code for code in fields() if code.startswith("requests.received.") and not code.endswith(".total")]
QUESTIONS = (
    "2024年收到申请最多的五家单位", "2024年收到申请最少的三家单位", "2024年收到申请第二多的单位",
    "2024年公开率最高的五家单位", "2024年收到申请超过5件的单位有哪些",
    "2024年收到申请超过5件或公开率超过50%的单位有哪些", "2024年行政处罚最多的五家单位",
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """48 agencies; here the total is printed, there only its parts, elsewhere a part is missing."""
    chance = random.Random(5)
    with Index.open(tmp_path_factory.mktemp("many") / "index.db") as index:
        for number, name in enumerate(place + body for place in PLACES for body in BODIES):
            values = {code: chance.choice((0, 0, 1, 2)) for code in PARTS}
            if number % 3:
                values["requests.received.total"] = sum(values.values())
            elif number % 2:
                values.pop(PARTS[-1])
            values |= {f"requests.{row}.total": chance.randrange(4) for row in ("granted", "partly_granted", "handled")}
            figures = {code: Figure(code, value, raw=str(value)) for code, value in values.items()}
            report = Report(name, 2024, "2021", f"{name}2024年政府信息公开工作年度报告", figures)
            index.save(report, original=name.encode(), file=f"{name}.html", reader="test")
        yield Engine(index)


def asked(engine: Engine, question: str) -> Answer:
    return engine.ask(question, Conversation(), TODAY).answer


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_quick_way_lists_what_the_long_way_lists(
    question: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = asked(engine, question)
    monkeypatch.setattr(lists, "MANY", 0)
    quick = asked(engine, question)
    assert (quick.outcome, quick.verdict, quick.figures) == (long.outcome, long.verdict, long.figures)
    assert long.outcome != "answer" or quick.results == long.results
    assert long.coverage is None or (quick.coverage and quick.coverage.covered == long.coverage.covered)


def test_equals_that_are_not_listed_are_counted(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "2024年收到申请最多的一家单位"
    monkeypatch.setattr(lists, "MANY", 0)
    monkeypatch.setattr("bot.answers.many.SPARE", 0)
    everyone = asked(engine, "2024年收到申请最少的一家单位")
    least = everyone.results[0].value
    whole = [each for each in asked(engine, "2024年收到申请最少的48家单位").results if each.value == least]
    left = sum(note.values["count"] for note in everyone.notes if note.key == "tie_left_out")
    assert len(everyone.results) + left == len(whole)
    assert asked(engine, question).outcome == "answer"
