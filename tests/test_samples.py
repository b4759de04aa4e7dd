"""The first minute: the sample reports load whole, and show what the README says they show."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answers import Engine
from bot.answers.model import Answer
from bot.question import Conversation
from bot.samples import LOADER, come_back, give_way, load_samples, sample_folder
from index.load import load_paths
from index.store import Index
from tests.index.pages import write_page

TODAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Index.open(tmp_path_factory.mktemp("samples") / "index.db") as index:
        load_samples(index)
        yield Engine(index)


def ask(engine: Engine, *turns: str) -> Answer:
    conversation = Conversation()
    for text in turns:
        turn = engine.ask(text, conversation, TODAY)
        conversation = turn.conversation
    return turn.answer


def test_every_sample_is_read_and_stored(tmp_path: Path) -> None:
    folder = sample_folder()
    assert folder
    with Index.open(tmp_path / "index.db") as index:
        assert load_samples(index) == len(list(folder.iterdir()))
        assert load_samples(index) == 0, "a second time nothing changes"


def test_the_readme_question_is_answered_outright(engine: Engine) -> None:
    answer = ask(engine, "东城区2024年收到多少申请")
    assert (answer.outcome, answer.value) == ("answer", 1)
    assert answer.figures[0].agency == "格尔木市东城区行政委员会"


def test_a_follow_up_inherits_field_and_year(engine: Engine) -> None:
    assert ask(engine, "东城区2024年收到多少申请", "格尔木市呢").value == 30


def test_there_is_a_trend_a_ranking_a_comparison_and_a_namesake(engine: Engine) -> None:
    assert [figure.year for figure in ask(engine, "示例市历年申请量").figures] == [2021, 2022, 2023, 2024]
    assert len(ask(engine, "示例市2024年各区申请排名").figures) == 3
    assert len(ask(engine, "示例市2024年比2023年多收多少申请").figures) == 2
    assert ask(engine, "甲区2024年公开率").outcome == "clarify"
    assert ask(engine, "甲区2024年公开率", "第二个").outcome == "answer"


def test_a_field_that_is_not_printed_is_said_not_guessed(engine: Engine) -> None:
    assert ask(engine, "东城区2024年办结多少").outcome == "not_in_report"


def test_a_total_that_does_not_add_up_carries_a_warning(engine: Engine) -> None:
    answer = ask(engine, "洪泽区2023年行政复议总计")
    assert answer.value == 0
    assert answer.warnings


def test_samples_leave_when_a_report_of_ones_own_is_loaded_and_stay_when_they_are_named(tmp_path: Path) -> None:
    folder = sample_folder()
    assert folder
    with Index.open(tmp_path / "index.db") as index:
        count = load_samples(index)
        assert give_way(index) == (), "they are all there is"
        own = write_page(tmp_path, "一.html", "样板市人民政府", 2024, 30)
        [loaded] = load_paths([own], index)
        assert loaded.status == "loaded"
        gone = give_way(index, {("示例市人民政府", 2021)})
        assert len(gone) == count - 1
        assert [each.name for each in index.agencies()] == ["样板市人民政府", "示例市人民政府"]
        assert list(load_paths([folder / "shili-2022.html"], index))
        assert index.source(index.agencies()[1].id, 2022), "the same bytes bring one back"
        assert len(give_way(index)) == 1
        come_back(index, gone)
        assert len(index.sources_by(LOADER)) == count - 2, "but for one now of one's own, and one that went later"
