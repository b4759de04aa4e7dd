"""ZIPs give their files one by one, whatever they are named and whatever is wrong with some of them."""

from __future__ import annotations

import io
import zipfile

import pytest

from index.errors import FileUnreadable
from index.readers.archive import ArchiveLimits, members


def archive(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return stream.getvalue()


def test_files_come_in_order_with_their_folders_and_without_system_files() -> None:
    data = archive({"市直/发改委.txt": b"1", "__MACOSX/._x": b"2", "乡镇/.DS_Store": b"3", "乡镇/甲镇.txt": b"4"})
    found = [(member.name, member.data) for member in members(data, "年报.zip")]
    assert found == [("年报.zip/市直/发改委.txt", b"1"), ("年报.zip/乡镇/甲镇.txt", b"4")]


def test_names_in_gbk_are_read_as_their_maker_saw_them() -> None:
    raw = "示例市甲区.txt".encode("gb18030")
    data = archive({"X" * len(raw): b"1"}).replace(b"X" * len(raw), raw)
    assert [member.name for member in members(data, "包.zip")] == ["包.zip/示例市甲区.txt"]


def test_paths_that_point_elsewhere_lose_the_part_that_does() -> None:
    data = archive({"../../etc/passwd": b"1", "/root/x.txt": b"2", "C:\\boot.txt": b"3"})
    assert [member.name for member in members(data, "包.zip")] == [
        "包.zip/etc/passwd",
        "包.zip/root/x.txt",
        "包.zip/boot.txt",
    ]


def test_archives_inside_are_opened_once_and_not_again() -> None:
    innermost = archive({"深.txt": b"deep"})
    inner = archive({"内.txt": b"in", "更深.zip": innermost})
    found = list(members(archive({"内层.zip": inner}), "外.zip"))
    assert [member.name for member in found] == ["外.zip/内层.zip/内.txt", "外.zip/内层.zip/更深.zip"]
    assert "层数过多" in str(found[1].error)


def test_a_bomb_is_stopped_where_it_passes_the_limit_and_the_rest_still_comes() -> None:
    data = archive({"bomb.txt": b"0" * 5_000_000, "年报.txt": b"ok"})
    found = list(members(data, "包.zip", ArchiveLimits(member_bytes=1_000_000)))
    assert "过大" in str(found[0].error)
    assert found[1].data == b"ok"


def test_too_many_files_and_a_damaged_archive_are_refused() -> None:
    data = archive({f"{at}.txt": b"x" for at in range(20)})
    with pytest.raises(FileUnreadable, match="超过 10 个"):
        list(members(data, "包.zip", ArchiveLimits(files=10)))
    with pytest.raises(FileUnreadable, match="已损坏"):
        list(members(data[:100], "包.zip"))


def test_a_file_with_a_password_is_named_and_the_rest_still_comes() -> None:
    data = bytearray(archive({"密.txt": b"secret", "明.txt": b"open"}, zipfile.ZIP_STORED))
    local, central = data.find(b"PK\x03\x04"), data.find(b"PK\x01\x02")
    data[local + 6] |= 1
    data[central + 8] |= 1
    found = list(members(bytes(data), "包.zip"))
    assert "密码" in str(found[0].error)
    assert found[1].data == b"open"
