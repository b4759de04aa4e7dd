"""The program's door: every command explains itself, and errors are one sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    out, err = capfd.readouterr()
    return code, out, err


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, command, "--help")
    assert (code, err) == (0, "")
    assert f"nianbao {command}" in out.split("\n", 2)[2], "an example of its own, beyond the usage line"


def test_without_a_command_the_program_lists_its_commands(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "--help")
    assert code == 0
    assert all(command in out for command in cli.COMMANDS)
    assert err == ""


def test_a_wrong_call_is_one_sentence_and_exit_code_2(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "nonsense")
    assert (code, out) == (2, "")
    assert err.startswith("用法有误")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "没有命令 nonsense"),
        (["list", "--nope"], "没有选项 --nope"),
        (["load"], "缺少 PATH..."),
        (["load", "x", "--jobs", "0"], "--jobs 应为 1 到 64 的整数"),
        (["load", "x", "--jobs", "two"], "--jobs 应为 1 到 64 的整数"),
        (["load", "x", "--jobs"], "选项 --jobs 后面缺少内容或多了内容"),
        (["export", "--format", "doc"], "--format 只能是 csv、xlsx、json"),
        (["ask", "a", "b"], "多了 b"),
        (["history", "x", "y"], "YEAR 应为整数"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_in_chinese(
    words: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capfd, *words)
    assert code == 2
    assert err.startswith(f"用法有误：{said}")


def test_with_json_an_error_is_json_too(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "list", "--json", "--index", "/proc/nowhere/index.db")
    assert code == 1
    assert json.loads(out)["error"] == err.strip()


def test_an_unexpected_error_is_a_sentence_not_a_traceback(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(cli.program, "main", broken)
    code, _, err = run(capfd, "list")
    assert code == 1
    assert "ZeroDivisionError" in err
    assert "secret detail" not in err
    assert "Traceback" not in err


def test_python_m_bot_is_the_same_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.startswith("nianbao")
