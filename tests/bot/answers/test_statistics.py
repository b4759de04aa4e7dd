"""Questions about reports up to 2018, whose only table is the old statistics table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.answers import Answer, Conversation, Engine
from bot.answers.kinds import lists
from bot.render import text
from index.report import Figure, Report
from index.store import Index

TODAY = date(2025, 6, 1)
PRINTED = {
    "statistics.requests.received.number": 47,
    "statistics.requests.received_online.number": 31,
    "statistics.requests.concluded.number": 44,
    "statistics.requests.answered.number": 43,
    "statistics.review.total.number": 6,
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Index.open(tmp_path_factory.mktemp("statistics") / "index.db") as index:
        figures = {code: Figure(code, value, "printed", str(value)) for code, value in PRINTED.items()}
        report = Report("示例市人民政府", 2017, "statistics", "示例市人民政府2017年政府信息公开工作年度报告", figures)
        index.save(report, original=b"2017", file="2017.html", reader="test")
        yield Engine(index)


def ask(engine: Engine, question: str) -> Answer:
    return engine.ask(question, Conversation(), TODAY).answer


def test_the_same_thing_in_the_older_form_answers_and_is_named_as_printed(engine: Engine) -> None:
    answer = ask(engine, "示例市2017年收到多少申请")
    assert [(each.code, each.value) for each in answer.figures] == [("statistics.requests.received.number", 47)]
    assert "收到申请数" in text(answer)
    assert ask(engine, "示例市2017年行政复议几件").value == 6


def test_an_item_of_the_table_is_reached_by_its_printed_name(engine: Engine) -> None:
    assert ask(engine, "示例市2017年网络申请数").value == 31
    assert ask(engine, "示例市2017年统计表里的申请答复数").value == 43


def test_an_item_the_older_form_prints_in_two_ways_is_not_chosen(engine: Engine) -> None:
    answer = ask(engine, "示例市2017年办结多少件")
    assert answer.outcome == "not_in_report"
    assert not answer.figures


def test_what_the_older_form_does_not_have_is_not_answered(engine: Engine) -> None:
    assert ask(engine, "示例市2017年企业提了多少申请").outcome == "not_in_report"


def test_a_ranking_of_very_many_agencies_knows_the_older_form_too(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "2017年收到申请最多的单位"
    long = ask(engine, question)
    monkeypatch.setattr(lists, "MANY", 0)
    assert [(each.code, each.value) for each in long.figures] == [("statistics.requests.received.number", 47)]
    assert ask(engine, question).figures == long.figures
    assert ask(engine, "2017年收到申请超过40件的单位有哪些").figures == long.figures


def test_a_bound_is_held_against_the_figure_of_the_older_form(engine: Engine) -> None:
    assert ask(engine, "示例市2017年收到申请超过40件吗").value == 1
    assert ask(engine, "示例市2017年收到申请超过50件吗").value == 0
    assert ask(engine, "2017年收到申请超过50件的单位有哪些").figures == ()
    assert [each.value for each in ask(engine, "2017年收到申请超过40件的单位有哪些").figures] == [47]
