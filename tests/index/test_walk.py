"""What lies in folders, whatever it is called and whatever it is."""

import os
from pathlib import Path

import pytest

from index.errors import FileUnreadable
from index.readers import file_bytes
from index.walk import Walk


def test_a_name_in_gbk_is_printed_as_its_maker_saw_it(tmp_path: Path) -> None:
    name = "示例.txt".encode("gbk")
    Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text("x")  # noqa: PTH118
    assert [(item.name, item.content) for item in Walk([tmp_path])] == [(f"{tmp_path}/示例.txt", b"x")]


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    [item] = Walk([tmp_path])
    assert "不是普通文件" in str(item.error)


def test_a_device_is_refused_at_once() -> None:
    [item] = Walk(["/dev/zero"])
    assert "不是普通文件" in str(item.error)


def test_no_more_is_read_than_is_allowed_whatever_the_file_says_of_its_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    assert file_bytes(tmp_path / "a.txt", max_bytes=5) == b"12345"
    with pytest.raises(FileUnreadable, match="太大"):
        file_bytes(tmp_path / "a.txt", max_bytes=4)


def test_an_empty_name_is_not_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    [item] = Walk([""])
    assert "文件名是空的" in str(item.error)


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path)
    assert len(list(Walk([tmp_path]))) == 1


def test_a_folder_that_cannot_be_opened_is_said_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text("x")
    real = os.scandir

    def scandir(path: str) -> "os._ScandirIterator[str]":
        if str(path).endswith("/a"):  # root, as whom tests may run, is refused nothing
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    read, closed = Walk([tmp_path])
    assert read.content == b"x"
    assert "打不开" in str(closed.error)
