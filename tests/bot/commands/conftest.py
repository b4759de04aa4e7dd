"""A terminal to type commands into, and a small index to ask."""

import json
from pathlib import Path

import pytest

from bot import cli
from index import load
from tests.index.pages import write_page


class Terminal:
    """Runs commands in this process and keeps what they print."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self.capfd = capfd

    def run(self, *words: object, code: int = 0) -> str:
        done = cli.main([str(word) for word in words])
        self.out, self.err = self.capfd.readouterr()
        assert done == code, self.err
        assert "Traceback" not in self.err
        return self.out

    def lines(self, *words: object, code: int = 0) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.run(*words, "--json", code=code).splitlines()]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process: what children are for is tested with index.load; here they only cost time."""
    monkeypatch.setattr(load, "read_isolated", load.read_content)
    monkeypatch.setattr(load, "run_in_child", lambda _name, work, *args: work(*args))


@pytest.fixture
def shell(capfd: pytest.CaptureFixture[str], here: None) -> Terminal:  # noqa: ARG001
    return Terminal(capfd)


@pytest.fixture
def asked(shell: Terminal, tmp_path: Path) -> Terminal:
    """With two years of 示例市甲区 loaded into the default index."""
    for year, received in ((2023, 20), (2024, 30)):
        write_page(tmp_path / "files", f"{year}.html", "示例市甲区人民政府", year, received)
    shell.run("load", tmp_path / "files")
    return shell
