"""A long list as files: every row with its source, the same in CSV and XLSX, names as printed in every script."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answers import Conversation, Engine
from bot.answers.model import Answer
from bot.chat.sheets import as_csv, as_xlsx
from bot.render import message, table
from index.load import read_content
from index.store import Index
from tests.index.pages import page

PLACES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Index.open(tmp_path_factory.mktemp("table") / "index.db") as index:
        for number, place in enumerate(PLACES):
            content = page(f"示例市{place}区人民政府", 2024, number).encode()
            report = read_content(content, "年报.html", None, None)
            index.save(report, original=content, file=f"{place}.html", reader="test")
        yield Engine(index)


def answer(engine: Engine, question: str) -> Answer:
    return engine.ask(question, Conversation(), date(2025, 6, 1)).answer


def test_a_long_list_comes_with_every_row_and_its_source(engine: Engine) -> None:
    found = table(answer(engine, "示例市各区2024年收到多少申请"))
    assert found is not None
    assert len(found.rows) == len(PLACES)
    row = dict(zip(found.heads, found.rows[0], strict=True))
    assert row["机关"].endswith("区人民政府")
    assert row["报告"] == f"{row['机关']}2024年政府信息公开工作年度报告"
    assert row["编码"] == "requests.received.total"
    assert table(answer(engine, "示例市各区2024年收到申请最多的三个")) is None


def test_both_files_say_the_same(engine: Engine, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    found = table(answer(engine, "示例市各区2024年收到多少申请"))
    assert found is not None
    path = tmp_path / "a.xlsx"
    path.write_bytes(as_xlsx(found.heads, found.rows))
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    comma = list(csv.reader(io.StringIO(as_csv([found.heads, *found.rows]).decode("utf-8-sig"))))
    assert [[_plain(cell) for cell in row] for row in sheet] == comma


def _plain(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def test_a_list_of_agencies_is_a_table_too(engine: Engine) -> None:
    found = table(answer(engine, "收录了哪些机关"))
    assert found is not None
    assert found.heads == ("机关", "收录的年度", "年数")
    assert len(found.rows) == len(PLACES)


def test_words_of_ours_are_converted_and_names_are_not(engine: Engine) -> None:
    found = table(answer(engine, "示例市各区2024年收到多少申请"), "hant")
    assert found is not None
    assert found.heads[:2] == ("序號", "機關")
    assert found.rows[0][1].endswith("区人民政府")
    shown = message(answer(engine, "示例市甲区2024年行政复议多少件"), "hant").text
    assert "示例市甲区人民政府2024年" in shown
    assert "行政復議" in shown


def test_many_sources_are_folded_and_the_first_is_named(engine: Engine) -> None:
    found = answer(engine, "示例市各区2024年收到申请最多的五个")
    shown = message(found)
    assert shown.plain.count("《") == 1
    assert "等5份报告" in shown.plain
    assert shown.text.count("《") == 5
    assert "<blockquote expandable>出处：" in shown.text
    assert message(answer(engine, "示例市各区2024年收到申请最多的两个")).text.count("《") == 2
