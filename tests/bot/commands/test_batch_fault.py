"""A fault of the program in one question of a batch costs that question, and none behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.answers import Engine
from bot.cli import main
from bot.samples import load_samples
from index.store import Index


def test_a_question_that_breaks_the_program_is_said_so_and_the_next_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Index.open(tmp_path / "index.db") as index:
        load_samples(index)
    ask = Engine.ask

    def faulty(self: Engine, text: str, *rest: object) -> object:
        if text == "坏了":
            raise IndexError(text)
        return ask(self, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "ask", faulty)
    batch = tmp_path / "questions.jsonl"
    lines = [{"id": "1", "turns": ["坏了"]}, {"id": "2", "turns": ["示例市2024年收到多少申请"]}]
    batch.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in lines), encoding="utf-8")
    main(["ask", "--index", str(tmp_path / "index.db"), "--batch", str(batch), "--json", "--today", "2025-06-01"])
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert "IndexError" in first["error"]
    assert second["outcome"] == "answer"
