"""`nianbao bot`: what is wrong is said in one sentence before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main

TOKEN = "123456:ABCdefABCdef"


def test_without_a_token_it_says_where_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bot"]) == 1
    said = capsys.readouterr().err
    assert "TELEGRAM_BOT_TOKEN" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["--webhook", "http://example.cn"], ["--listen", "8443"], ["--listen", "127.0.0.1:99999"]]
)
def test_addresses_that_cannot_work_are_refused(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert main(["bot", *arguments]) == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "ABCdef" not in said


def test_an_index_that_is_none_is_told_before_anybody_asks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    (tmp_path / "x.db").write_text("no database" * 100)
    assert main(["bot", "--index", str(tmp_path / "x.db")]) == 1
    assert "索引" in capsys.readouterr().err


@pytest.mark.parametrize("named", ["option", "variable"])
def test_a_new_index_is_made_wherever_it_is_named_since_the_bot_can_fill_it(
    named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    started: list[Path] = []
    monkeypatch.setattr("bot.chat.run.run", lambda settings, *_: started.append(settings.index))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    path = tmp_path / "新" / "年报.db"
    if named == "variable":
        monkeypatch.setenv("NIANBAO_INDEX", str(path))
        monkeypatch.setattr("bot.samples.load_samples", lambda _: 0)
    assert main(["bot", *(["--index", str(path)] if named == "option" else [])]) == 0
    said = capsys.readouterr().err
    assert started == [path]
    assert path.is_file()
    assert "是空的" in said
    assert len(said.splitlines()) == 1
    assert main(["ask", "--index", str(tmp_path / "错.db"), "示例市2024年收到多少申请"]) == 1
    assert not (tmp_path / "错.db").exists()


def test_help_names_the_variables(capsys: pytest.CaptureFixture[str]) -> None:
    main(["bot", "--help"])
    assert "NIANBAO_ADMINS" in capsys.readouterr().out
