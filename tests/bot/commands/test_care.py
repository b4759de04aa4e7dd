"""No mistyped name costs what is kept, and what is not there does not pass in silence."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.chat.admin import backup_of
from bot.memory import Memory, memory_path
from index.store import Index
from tests.bot.commands.conftest import Terminal
from tests.index.pages import write_page

AGENCY = "示例市甲区人民政府"


def test_export_onto_the_index_is_refused(asked: Terminal) -> None:
    for words in (["-o", "data/index.db"], ["-o", "data/../data/index.db", "--format", "xlsx"]):
        asked.run("export", *words, code=1)
        assert "就是索引本身" in asked.err
    assert len(asked.lines("list")) == 1


def test_a_backup_writes_over_an_earlier_backup_and_over_nothing_else(asked: Terminal, tmp_path: Path) -> None:
    (tmp_path / "年报.pdf").write_text("珍贵")
    asked.run("backup", tmp_path / "年报.pdf", code=1)
    assert (tmp_path / "年报.pdf").read_text() == "珍贵"
    asked.run("backup", "data/index.db", code=1)
    for name in (".", "", "/", tmp_path):
        asked.run("backup", name, code=1)
        assert "目录" in asked.err
    asked.run("backup", tmp_path / "a.db")
    asked.run("backup", tmp_path / "a.db")


def test_every_restore_keeps_the_index_it_replaces(asked: Terminal, tmp_path: Path) -> None:
    asked.run("backup", tmp_path / "a.db")
    asked.run("remove", AGENCY, 2024)
    asked.run("restore", tmp_path / "a.db")
    asked.run("restore", tmp_path / "a.db")
    assert [line["years"] for line in asked.lines("list", "--index", "data/index.db.before-restore")] == [[2023]]
    assert Path("data/index.db.before-restore-2").exists()


def test_what_the_bot_sends_as_a_backup_is_restored_with_its_memory(asked: Terminal, tmp_path: Path) -> None:
    memory = Memory(memory_path(Path("data/index.db")))
    memory.roles.name_loader(7, 4242)
    with Index.open(Path("data/index.db")) as index:
        copy = tmp_path / "copy.zip"
        copy.write_bytes(backup_of(index, memory.backup))
    memory.roles.dismiss(7)
    memory.close()
    asked.run("remove", "示例市甲区", 2024)
    for _ in range(2):
        asked.run("restore", copy)
        assert "记忆" in asked.out
    assert [line["years"] for line in asked.lines("list")] == [[2023, 2024]]
    assert asked.run("ask", "示例市甲区2024年收到多少申请").count("30 件")
    restored = Memory(memory_path(Path("data/index.db")))
    assert restored.roles.is_loader(7)
    restored.close()
    assert Path("data/index-memory.db.before-restore-2").exists()


def test_a_zip_from_the_terminal_holds_the_memory_of_a_bot_that_runs(asked: Terminal, tmp_path: Path) -> None:
    copy = tmp_path / "备份" / "a.ZIP"
    assert asked.lines("backup", copy) == [{"backup": str(copy), "originals": 2, "memory": False}]
    memory = Memory(memory_path(Path("data/index.db")))  # open and in use: what it wrote is still in its log
    memory.roles.name_loader(7, 4242)
    for _ in range(2):
        asked.run("backup", copy)
        assert "记忆" in asked.out
    memory.roles.dismiss(7)
    with (
        Index.open(Path("data/index.db")) as index,
        zipfile.ZipFile(io.BytesIO(backup_of(index, memory.backup))) as sent,
    ):
        assert zipfile.ZipFile(copy).namelist() == sent.namelist()
    memory.close()
    assert [path.name for path in copy.parent.iterdir()] == ["a.ZIP"]
    asked.run("remove", "示例市甲区", 2024)
    assert asked.lines("restore", copy)[0]["memory"] is True
    assert [line["years"] for line in asked.lines("list")] == [[2023, 2024]]
    restored = Memory(memory_path(Path("data/index.db")))
    assert restored.roles.is_loader(7)
    restored.close()


def test_a_backup_without_the_memory_says_so(asked: Terminal, tmp_path: Path) -> None:
    asked.run("backup", tmp_path / "a.db")
    assert not asked.err
    Memory(memory_path(Path("data/index.db"))).close()
    asked.run("backup", tmp_path / "a.db")
    assert "记忆不在其中" in asked.err


def test_a_zipped_backup_costs_no_other_file(asked: Terminal, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "年报.zip", "w") as archive:
        archive.writestr("年报.html", "珍贵")
    (tmp_path / "folder.zip").mkdir()
    Path("data/index-memory.db").write_text("不是记忆" * 100)
    before = (tmp_path / "年报.zip").read_bytes()
    for name, words in (("年报.zip", "没有覆盖"), ("folder.zip", "目录"), ("b.zip", "不是机器人的记忆文件")):
        asked.run("backup", tmp_path / name, code=1)
        assert words in asked.err
    assert (tmp_path / "年报.zip").read_bytes() == before
    assert not (tmp_path / "b.zip").exists()


def test_a_zip_of_something_else_is_no_backup(asked: Terminal, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("index.html", "x")
    asked.run("restore", tmp_path / "a.zip", code=1)
    assert "index.db" in asked.err


@pytest.mark.parametrize("content", [None, "", "不是备份"])
def test_restoring_what_is_no_backup_is_said_and_leaves_nothing_behind(
    asked: Terminal, tmp_path: Path, content: str | None
) -> None:
    copy = tmp_path / "copy.db"
    if content is not None:
        copy.write_text(content)
    asked.run("restore", copy, code=1)
    assert sorted(path.name for path in Path("data").iterdir()) == ["index.db", "originals"]


def test_an_empty_file_is_no_index_to_read_and_stays_empty(asked: Terminal, tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.touch()
    asked.run("list", "--index", empty, code=1)
    assert "没有索引" in asked.err
    assert empty.stat().st_size == 0


@pytest.mark.parametrize("path", ["/dev/null", "/dev/full"])
def test_a_device_is_no_index(asked: Terminal, path: str) -> None:
    for command in (["list"], ["load", "files"]):
        asked.run(*command, "--index", path, code=1)
        assert "不是普通文件" in asked.err


def test_what_is_not_there_is_an_error_with_json_too(asked: Terminal) -> None:
    for words in (["list", "别处"], ["history", AGENCY, 1999], ["check", "--agency", "别处"], ["remove", AGENCY, 1999]):
        [line] = asked.lines(*words, code=1)
        assert line.keys() == {"error"}


def test_a_year_of_which_nothing_is_loaded_is_said_and_not_passed_for_a_good_one(asked: Terminal) -> None:
    for words in (["check", "--year", 2050], ["check", "--agency", AGENCY, "--year", 2050], ["export", "--year", 2050]):
        assert asked.run(*words, code=1) == ""
        assert "2050年的年报。已收录的年度：2023、2024。" in asked.err


@pytest.mark.parametrize("name", ["数据.pdf", "数据", "数据.csv.bak"])
def test_a_file_whose_name_tells_no_format_is_not_written(asked: Terminal, tmp_path: Path, name: str) -> None:
    asked.run("export", "-o", tmp_path / name, code=1)
    assert "请以 .csv、.xlsx 或 .json 结尾" in asked.err
    assert not (tmp_path / name).exists()
    asked.run("export", "--format", "csv", "-o", tmp_path / name)
    assert (tmp_path / name).read_text().startswith("\ufeff机关")


def test_a_field_that_the_form_has_not_is_said_before_anything_is_written(asked: Terminal, tmp_path: Path) -> None:
    assert asked.run("export", "--field", "foo", code=1) == ""
    asked.run("export", "--field", "foo", "-o", tmp_path / "a.csv", code=1)
    assert "没有编码为 foo 的数据项" in asked.err
    assert not (tmp_path / "a.csv").exists()


def test_a_failed_check_names_its_cell_and_leaves_out_the_zeros(asked: Terminal, tmp_path: Path) -> None:
    page = write_page(tmp_path, "错.html", "示例市乙区人民政府", 2024, 30)
    text = page.read_text()
    at = text.index("（七）总计") if "（七）总计" in text else text.rindex("总计")
    page.write_text(text[:at] + text[at:].replace("<td>30</td>", "<td>20</td>", 2))
    asked.run("load", page)
    out = asked.run("check", "--agency", "乙区")
    assert "自然人" in out
    assert "20 ≠ 30（另" in out
    assert out.count("\n") == len(set(out.splitlines()))


def test_a_name_that_would_break_the_line_is_printed_in_one(asked: Terminal, tmp_path: Path) -> None:
    write_page(tmp_path, "一\n二\x1b[31m.html", "示例市乙区人民政府")
    out = asked.run("load", tmp_path / "一\n二\x1b[31m.html")
    assert out.count("\n") == 1
    assert "\x1b" not in out
