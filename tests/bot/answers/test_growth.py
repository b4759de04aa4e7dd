"""Changes between two years over several agencies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answers import Answer, Conversation, Engine
from bot.render import text
from index.report import Figure, Report
from index.store import Index

RECEIVED = {"示例市甲区": (0, 3), "示例市乙区": (10, 15), "示例市丙区": (20, 10), "示例市丁区": (40, 44)}
"""2023 and 2024."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Index.open(tmp_path_factory.mktemp("growth") / "index.db") as index:
        for name, values in RECEIVED.items():
            for year, value in zip((2023, 2024), values, strict=True):
                figures = {"requests.received.total": Figure("requests.received.total", value, raw=str(value))}
                report = Report(f"{name}人民政府", year, "2021", f"{name}人民政府{year}年报告", figures)
                index.save(report, original=f"{name}{year}".encode(), file=f"{name}{year}.html", reader="test")
        yield Engine(index)


def ask(engine: Engine, question: str) -> Answer:
    return engine.ask(question, Conversation(), date(2025, 6, 1)).answer


def firsts(answer: Answer) -> list[str]:
    return [each.agency.removesuffix("人民政府").removeprefix("示例市") for each in answer.results[::2]]


def test_who_grew_fastest_counts_percent_and_names_whom_it_cannot_count(engine: Engine) -> None:
    answer = ask(engine, "示例市各区2024年申请增长最快的是哪个")
    assert firsts(answer) == ["乙区"]
    assert [each.value for each in answer.figures] == [15, 10]
    assert "没有计入：示例市甲区人民政府" in text(answer)


def test_who_grew_most_counts_the_number(engine: Engine) -> None:
    assert firsts(ask(engine, "示例市各区2024年申请比2023年增加最多的前三个")) == ["乙区", "丁区", "甲区"]


def test_who_fell_most_lists_only_such_as_fell(engine: Engine) -> None:
    assert firsts(ask(engine, "示例市各区2024年申请下降最多的三个区")) == ["丙区"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("示例市哪些区2024年申请比上年多", ["乙区", "丁区", "甲区"]),
        ("示例市哪些区2024年申请没有增长", ["丙区"]),
        ("示例市哪些区2024年申请没有下降", ["乙区", "丁区", "甲区"]),
        ("示例市哪些区2024年申请同比增长超过20%", ["乙区"]),
        ("示例市哪些区2024年申请同比增长10%以上", ["乙区", "丁区"]),
        ("示例市哪些区2024年申请比上年少了10件以上", ["丙区"]),
        ("示例市哪些区2024年申请下降超过一半", []),
    ],
)
def test_a_list_holds_just_those_whose_change_fits(question: str, names: list[str], engine: Engine) -> None:
    answer = ask(engine, question)
    assert firsts(answer) == names
    assert answer.outcome in ("answer", "not_in_report")


def test_all_together_is_the_change_of_the_sums(engine: Engine) -> None:
    answer = ask(engine, "示例市各区2024年申请合计比2023年多多少")
    assert answer.value == 72 - 70
    assert "70 件 → 72 件" in text(answer)


def test_a_change_that_needs_a_year_nobody_has_is_no_report(engine: Engine) -> None:
    assert ask(engine, "示例市各区2023年申请同比增长排名").outcome == "no_report"


def test_fast_without_growth_is_not_taken_for_it(engine: Engine) -> None:
    assert ask(engine, "示例市哪个区办理申请最快").outcome == "not_in_report"


def test_a_difference_of_three_shows_them_and_computes_nothing(engine: Engine) -> None:
    answer = ask(engine, "示例市甲区、乙区和丙区2024年申请相差多少")
    assert (len(answer.figures), answer.value) == (3, None)


def test_the_earlier_year_may_be_the_one_that_is_more(engine: Engine) -> None:
    assert firsts(ask(engine, "示例市哪些区2023年申请比2024年多")) == ["丙区"]
    assert firsts(ask(engine, "示例市哪些区2023年申请比2024年多5件以上")) == ["丙区"]
    assert "丙区" not in firsts(ask(engine, "示例市哪些区2023年申请比2024年少"))


def test_a_change_over_several_years_is_not_called_tongbi(engine: Engine, tmp_path: Path) -> None:
    assert "同比" in text(ask(engine, "示例市乙区2024年申请同比增长多少"))
    with Index.open(tmp_path / "index.db") as index:
        for year, value in ((2022, 10), (2024, 15)):
            figures = {"requests.received.total": Figure("requests.received.total", value, raw=str(value))}
            report = Report("示例市乙区人民政府", year, "2021", f"{year}", figures)
            index.save(report, original=f"{year}".encode(), file=f"{year}.html", reader="test")
        said = text(ask(Engine(index), "示例市乙区2022到2024年申请增长率"))
    assert "2024年比2022年增长 50%" in said
    assert "同比" not in said


def test_a_year_of_a_span_that_nobody_reported_is_named(engine: Engine) -> None:
    assert "其中 2022 年没有收录报告" in text(ask(engine, "示例市乙区近三年平均收到多少申请"))


def test_only_those_without_the_year_are_said_to_lack_it(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index.db") as index:
        for name, year in (("示例市甲区", 2023), ("示例市甲区", 2024), ("示例市乙区", 2024)):
            figures = {"requests.received.total": Figure("requests.received.total", 5, raw="5")}
            report = Report(f"{name}人民政府", year, "2021", f"{name}{year}", figures)
            index.save(report, original=f"{name}{year}".encode(), file="a.html", reader="test")
        said = text(ask(Engine(index), "2023年示例市甲区和示例市乙区哪个申请多"))
        assert "没有收录示例市乙区人民政府2023年的报告" in said
        assert "甲区" not in said.splitlines()[0]


def test_a_list_of_reports_is_not_given_for_what_narrows_it(engine: Engine) -> None:
    assert ask(engine, "哪些报告提到了更新不及时").outcome != "answer"


def test_who_has_no_report_of_a_year_is_not_who_has_one(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index.db") as index:
        for name, year in (("示例市甲区", 2023), ("示例市甲区", 2024), ("示例市乙区", 2024)):
            report = Report(f"{name}人民政府", year, "2021", f"{name}{year}", {})
            index.save(report, original=f"{name}{year}".encode(), file="a.html", reader="test")
        said = ask(Engine(index), "哪些单位没交2023年的年报")
        assert said.value == 1
        assert "乙区" in text(said)
        assert "甲区" not in text(said)


def test_who_is_not_covered_is_named_year_by_year_and_of_many_only_the_first_few(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index.db") as index:
        for number in range(30):
            name = f"示例市第{chr(0x4E00 + number)}办事处"
            for year in (2023, 2024) if number < 5 else (2024,):
                figures = {"requests.received.total": Figure("requests.received.total", number * (year - 2022))}
                report = Report(name, year, "2021", "年报", figures)
                index.save(report, original=f"{name}{year}".encode(), file="x.html", reader="test")
        answer = ask(Engine(index), "全部单位2024年比2023年申请增长最多的是哪家")
    (line,) = [line for line in text(answer).splitlines() if line.startswith("覆盖")]
    assert "没有收录2023年报告的：" in line
    assert line.endswith("等 25 家。")
    assert line.count("、") == 7, "eight names"
