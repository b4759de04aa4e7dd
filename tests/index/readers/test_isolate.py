"""What a file breaks while it is read is the child, not the program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.errors import FileUnreadable, NotAReport
from index.readers import isolate
from index.readers.isolate import Limits, read_in_child, run_in_child

QUICK = Limits(seconds=1.5, memory_mb=600)
PATIENT = Limits(seconds=60, memory_mb=600)
"""For what must fail by something else than time, also on a busy machine."""


def size(path: Path) -> int:
    return path.stat().st_size


def process(_path: Path) -> int:
    return os.getpid()


def eats_memory(_path: Path) -> None:
    held = []
    while True:
        held.append(bytearray(40_000_000))


def hangs(_path: Path) -> None:
    while True:
        pass


def crashes(_path: Path) -> None:
    os.abort()


def stumbles(_path: Path) -> None:
    raise LookupError("a library's own error")


def refuses(path: Path) -> None:
    raise NotAReport(f"“{path.name}”不是年度报告。")


@pytest.fixture(scope="module", autouse=True)
def children() -> object:
    yield
    isolate.close_children()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "年报.pdf"
    made.write_bytes(b"12345")
    return made


def test_the_result_comes_back_from_another_process(path: Path) -> None:
    assert read_in_child(path, size, limits=PATIENT) == 5
    assert read_in_child(path, process, limits=PATIENT) != os.getpid()
    assert run_in_child("年报", sorted, [3, 1, 2], limits=PATIENT) == [1, 2, 3]


@pytest.mark.parametrize(
    ("work", "limits", "says"),
    [
        (eats_memory, PATIENT, "内存"),
        (hangs, QUICK, "秒"),
        (crashes, PATIENT, "异常退出"),
        (stumbles, PATIENT, "无法读取"),
    ],
)
def test_what_goes_wrong_in_the_child_is_one_sentence_and_the_next_file_is_read(
    work: object, limits: Limits, says: str, path: Path
) -> None:
    with pytest.raises(FileUnreadable, match=says):
        read_in_child(path, work, limits=limits)  # type: ignore[arg-type]
    assert read_in_child(path, size, limits=PATIENT) == 5


def test_errors_of_our_own_come_through_as_they_are(path: Path) -> None:
    with pytest.raises(NotAReport, match="不是年度报告"):
        read_in_child(path, refuses, limits=PATIENT)
