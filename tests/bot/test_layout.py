"""How an answer is laid out: title, figure, context, source; over every golden question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from bot.answers import Answer, Conversation, Engine
from bot.render import message, text
from tests.golden import corpus
from tests.golden.questions import Question, questions

TODAY = date(2025, 6, 1)
ASKED = [each for each in questions() if each.corpus == "invented"]
PARTS = 8
STRAY = re.compile(r"  |\s\s|(?m:^[的年，、\s])|〔 |〔·| 〕|〔的")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with corpus.build(tmp_path_factory.mktemp("layout") / "index.db") as index:
        yield Engine(index)


def ask(engine: Engine, *turns: str) -> Answer:
    conversation = Conversation()
    for turn in turns:
        found = engine.ask(turn, conversation, TODAY)
        conversation = found.conversation
    return found.answer


def without_quotes(said: str) -> str:
    return re.sub(r"“[^”]*”|《[^》]*》", "“”", said)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_answer_has_stray_spaces_or_begins_a_line_in_the_middle(part: int, engine: Engine) -> None:
    odd = []
    for question in ASKED[part::PARTS]:
        said = text(ask(engine, *question.turns))
        if STRAY.search(without_quotes(said)):
            odd.append((question.turns, said))
    assert not odd


@pytest.mark.parametrize("part", range(PARTS))
def test_every_figure_is_named_with_its_agency_and_year(part: int, engine: Engine) -> None:
    nameless = [question.turns for question in ASKED[part::PARTS] if _nameless(engine, question)]
    assert not nameless


def _nameless(engine: Engine, question: Question) -> bool:
    answer = ask(engine, *question.turns)
    said = text(answer)
    if answer.outcome != "answer" or len(answer.figures) > 25:
        return False
    return any(each.agency not in said or str(each.year) not in said for each in answer.figures)


def test_a_figure_stands_large_under_its_title(engine: Engine) -> None:
    answer = ask(engine, "示例市2024年收到多少申请")
    lines = message(answer).text.split("\n")
    assert re.fullmatch(r"〔示例市人民政府 · 2024年 · [^〕]+〕", lines[0])
    assert re.fullmatch(r"<b>205 件</b>", lines[1])
    assert "自然人" in lines[2]
    assert re.search("出处：.*表三", lines[3])


def test_what_stands_beside_a_figure_is_no_part_of_the_answer(engine: Engine) -> None:
    answer = ask(engine, "示例市2024年收到多少申请")
    assert answer.beside
    assert [(each.year, each.code) for each in answer.figures] == [(2024, "requests.received.total")]


def test_each_of_several_questions_has_its_figure_in_bold(engine: Engine) -> None:
    sent = message(ask(engine, "示例市2024年收到多少申请？示例市2023年办结多少？"))
    assert len(re.findall(r"<b>\d+ 件</b>", sent.text)) == 2
