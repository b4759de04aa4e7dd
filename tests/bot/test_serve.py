"""`nianbao bot`: what is wrong is said in one sentence before anything starts."""

from __future__ import annotations

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


def test_help_names_the_variables(capsys: pytest.CaptureFixture[str]) -> None:
    main(["bot", "--help"])
    assert "NIANBAO_ADMINS" in capsys.readouterr().out
