"""Claims and lists whose small words turn their meaning round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answers import Answer, Conversation, Engine
from index.report import Figure, Report
from index.store import Index
from tests.golden import corpus

TODAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with corpus.build(tmp_path_factory.mktemp("claims") / "index.db") as index:
        yield Engine(index)


def ask(engine: Engine, question: str) -> Answer:
    return engine.ask(question, Conversation(), TODAY).answer


def test_not_a_single_one_lists_those_with_none(engine: Engine) -> None:
    answer = ask(engine, "去年一件诉讼都没有的单位有哪些")
    assert answer.figures
    assert {each.value for each in answer.figures} == {0}


@pytest.mark.parametrize(
    ("question", "holds"),
    [("示例市2024年申请过了200件没有", 1), ("示例市2024年申请过了205件没有", 0), ("示例市2024年申请有300件没有", 0)],
)
def test_a_number_before_a_final_meiyou_is_a_bound(question: str, holds: int, engine: Engine) -> None:
    assert ask(engine, question).value == holds


def test_the_first_few_may_be_said_inside_the_name_of_the_group(engine: Engine) -> None:
    assert len(ask(engine, "2024年申请最多的前五家机关是哪些").figures) == 5


def test_none_is_said_only_when_everything_asked_is_printed(tmp_path: Path) -> None:
    printed = {"review.total": 0}
    with Index.open(tmp_path / "index.db") as index:
        for year, figures in (
            (2023, printed),
            (2024, printed | {"litigation.direct.total": 0, "litigation.after_review.total": 0}),
        ):
            report = Report(
                "示例市教育局", year, "2021", "报告", {code: Figure(code, value) for code, value in figures.items()}
            )
            index.save(report, original=str(year).encode(), file=f"{year}.html", reader="test")
        engine = Engine(index)
        assert ask(engine, "示例市教育局2024年有没有被复议或者被起诉").value == 0
        assert ask(engine, "示例市教育局2023年有没有被复议或者被起诉").outcome == "not_in_report"
