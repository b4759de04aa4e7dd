"""Questions at the terminal, one or many, as people and programs give them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.commands.conftest import Terminal

QUESTION = "示例市甲区2024年收到多少申请"


def batch(folder: Path, text: str | bytes) -> Path:
    path = folder / "问题.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_batch_answers_the_last_turn_of_each_conversation(asked: Terminal, tmp_path: Path) -> None:
    file = batch(
        tmp_path,
        json.dumps({"id": "a", "turns": [QUESTION]}) + "\n" + json.dumps({"id": 2, "turns": [QUESTION, "那2023年呢"]}),
    )
    assert [(line["id"], line["value"]) for line in asked.lines("ask", "--batch", file)] == [("a", 30), (2, 20)]


def test_a_batch_may_have_a_byte_order_mark_windows_line_ends_and_empty_lines(asked: Terminal, tmp_path: Path) -> None:
    line = json.dumps({"id": 1, "turns": [QUESTION + "\u2028"]}, ensure_ascii=False)
    file = batch(tmp_path, b"\xef\xbb\xbf" + f"{line}\r\n\r\n{line}\r\n".encode())
    assert [line["value"] for line in asked.lines("ask", "--batch", file)] == [30, 30]


def test_a_broken_line_of_a_batch_is_said_in_its_place_and_the_others_are_answered(
    asked: Terminal, tmp_path: Path
) -> None:
    lines = ["{", '{"id": 2, "turns": []}', '{"id": 3}', "[1]", '{"id": 5, "turns": ["你好"], "today": "x"}', "\udcff"]
    good = json.dumps({"id": 9, "turns": [QUESTION]})
    file = batch(tmp_path, "\n".join([*lines, good]).encode("utf-8", errors="surrogateescape"))
    found = asked.lines("ask", "--batch", file, code=1)
    assert [(line["id"], "error" in line) for line in found] == [
        (None, True),
        (2, True),
        (3, True),
        (None, True),
        (5, True),
        (None, True),
        (9, False),
    ]
    assert found[-1]["value"] == 30


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_batch_is_an_error(asked: Terminal, tmp_path: Path, content: bytes) -> None:
    asked.run("ask", "--batch", batch(tmp_path, content), code=1)
    assert "是空的" in asked.err


def test_a_batch_that_is_not_there_is_said_in_chinese(asked: Terminal, tmp_path: Path) -> None:
    asked.run("ask", "--batch", tmp_path / "没有.jsonl", code=1)
    assert "路径不存在" in asked.err
    asked.run("ask", "--batch", tmp_path, code=1)
    assert "是文件夹" in asked.err


def test_a_question_and_a_batch_at_once_are_a_wrong_call(asked: Terminal, tmp_path: Path) -> None:
    asked.run("ask", QUESTION, "--batch", batch(tmp_path, "{}"), code=2)


@pytest.mark.parametrize("command", ["ask", "explain"])
@pytest.mark.parametrize("question", ["", "  ", "\n"])
def test_an_empty_question_is_an_error(asked: Terminal, command: str, question: str) -> None:
    [line] = asked.lines(command, question, code=1)
    assert "问题是空的" in str(line["error"])


@pytest.mark.parametrize("question", ["x\udcff", "\ud800", "a\x00b", "😀" * 20, "'; DROP TABLE reports; --"])
def test_whatever_is_typed_is_answered_in_words(asked: Terminal, question: str) -> None:
    [line] = asked.lines("ask", question)
    assert line["outcome"] in ("out_of_scope", "help")


def test_a_question_in_gbk_bytes_is_understood(asked: Terminal) -> None:
    question = QUESTION.encode("gbk").decode("utf-8", errors="surrogateescape")
    assert [line["value"] for line in asked.lines("ask", question)] == [30]


def test_a_day_that_is_none_is_a_wrong_call(asked: Terminal) -> None:
    asked.run("ask", QUESTION, "--today", "2025-13-01", code=2)
    assert "应写成 2025-06-01 的样子" in asked.err


def test_asking_an_index_that_is_not_there_makes_none(shell: Terminal, tmp_path: Path) -> None:
    for command in (["ask", QUESTION], ["explain", QUESTION], ["chat"]):
        shell.run(*command, "--index", tmp_path / "错.db", code=1)
        assert "没有索引" in shell.err
    assert not (tmp_path / "错.db").exists()


def test_an_index_that_the_environment_names_must_be_there_too(
    shell: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_INDEX", str(tmp_path / "错.db"))
    for command in (["ask", QUESTION], ["explain", QUESTION], ["chat"], ["list"]):
        shell.run(*command, code=1)
        assert "错.db：环境变量 NIANBAO_INDEX" in shell.err
    assert not (tmp_path / "错.db").exists()


@pytest.mark.parametrize("farewell", ["退出", "quit", "再见！", "", " EXIT "])
def test_a_conversation_ends_when_somebody_takes_leave(
    asked: Terminal, monkeypatch: pytest.MonkeyPatch, farewell: str
) -> None:
    said = [QUESTION, "那2023年呢", farewell, QUESTION]
    monkeypatch.setattr("bot.commands.ask._read_message", lambda: said.pop(0).strip())
    assert [line["value"] for line in asked.lines("chat")] == [30, 20]
    assert len(said) == 1


def test_a_conversation_that_is_interrupted_ends_without_an_error(
    asked: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.commands.ask._read_message", interrupted)
    monkeypatch.setattr("bot.commands.ask._at_terminal", lambda: True)
    asked.run("chat")
    assert asked.err.splitlines()[-1] == "对话结束。"


def test_an_answer_that_cannot_be_written_is_said_without_a_traceback(asked: Terminal) -> None:
    assert asked.lines("list")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "ask", "--json", QUESTION],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={"PYTHONPATH": str(Path(__file__).parents[3]), "PYTHONUTF8": "1"},
        )
    assert done.returncode == 1
    assert done.stderr.startswith("读写出错（磁盘空间不足）")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
