"""What all tests share: nothing of the person's own index or settings is touched, and CI skips nothing."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

OURS = ("NIANBAO_INDEX", "NIANBAO_ADMINS", "NIANBAO_DEBUG", "TELEGRAM_BOT_TOKEN", "TELEGRAM_BASE_URL")


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test works in a folder of its own, with none of the program's variables set."""
    monkeypatch.chdir(tmp_path)
    for name in OURS:
        monkeypatch.delenv(name, raising=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true a skipped test fails: there, what it needs must have been installed."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
