"""What the README promises is so."""

import re
from pathlib import Path

from bot.cli import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
HANDBOOK = (ROOT / "README.zh.md").read_text(encoding="utf-8")


def command_after(mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n```sh\n(.+?)\n```", README, re.DOTALL)
    assert found, mark
    return found[1]


def test_one_command_tries_it_and_one_runs_the_tests() -> None:
    for mark in ("try", "tests"):
        command = command_after(mark)
        assert command.count("\n") == 0
        assert command.startswith("python3 -m venv .venv && ")
    assert command_after("try").endswith('nianbao ask "东城区2024年收到多少申请"')
    for tool in ("ruff check", "ruff format --check", "mypy", "pytest"):
        assert tool in command_after("tests")


def test_only_commands_that_exist_are_named() -> None:
    for text in (README, HANDBOOK):
        named = set(re.findall(r"^(?:\.venv/bin/)?nianbao ([a-z]+)", text, re.MULTILINE))
        assert named
        assert named <= set(COMMANDS)


def test_every_command_is_named_in_the_readme_or_the_handbook() -> None:
    assert not {command for command in COMMANDS if f"nianbao {command}" not in README + HANDBOOK} - {"chat"}


def test_files_and_folders_named_in_the_readme_exist() -> None:
    for name in re.findall(r"^ {0,2}([a-z]+/) ", README, re.MULTILINE):
        assert list(ROOT.glob(f"{name}")) or list(ROOT.glob(f"*/{name}")), name
