"""The commands on data, as someone in a terminal uses them."""

import csv
import io
import json
from pathlib import Path

import pytest

from bot import cli
from index import load
from tests.index.pages import write_page

AGENCY = "示例市甲区人民政府"
RECEIVED = "requests.received.total"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What child processes are for is tested with index.load; here they would only cost time."""
    monkeypatch.setattr(load, "read_isolated", load.read_content)
    monkeypatch.setattr(load, "run_in_child", lambda _name, work, *args: work(*args))


class Terminal:
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
def terminal(capfd: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capfd)


@pytest.fixture
def loaded(terminal: Terminal, tmp_path: Path) -> Terminal:
    for year, received in ((2023, 20), (2024, 30)):
        write_page(tmp_path / "files", f"{year}.html", AGENCY, year, received)
    write_page(tmp_path / "files", "乙.html", "示例市乙区人民政府", 2024, 7)
    terminal.run("load", tmp_path / "files")
    return terminal


def test_load_says_a_line_a_file_and_a_total(terminal: Terminal, tmp_path: Path) -> None:
    write_page(tmp_path / "files", "一.html", AGENCY)
    (tmp_path / "files" / "说明.css").write_text("a{}")
    out = terminal.run("load", tmp_path / "files")
    assert out == f"已装入  {tmp_path}/files/一.html  {AGENCY} 2024年，175 个数据\n"
    assert terminal.err == "共 1 份：已装入 1；另有 1 个其他类型的文件没有读。\n"
    assert Path("data/index.db").exists()


def test_load_says_where_a_report_contradicts_what_it_is_loaded_as(terminal: Terminal, tmp_path: Path) -> None:
    path = write_page(tmp_path, "一.html", AGENCY)
    out = terminal.run("load", path, "--agency", "示例市乙区人民政府")
    assert f"注意：按指定记为“示例市乙区人民政府”，文件本身写的是“{AGENCY}”" in out


def test_load_as_json_has_the_agreed_keys(terminal: Terminal, tmp_path: Path) -> None:
    path = write_page(tmp_path, "一.html", AGENCY)
    [line] = terminal.lines("load", path)
    assert line == {
        "file": str(path),
        "status": "loaded",
        "agency": AGENCY,
        "year": 2024,
        "figures": 175,
        "failed_checks": 0,
        "error": None,
    }


def test_load_with_a_bad_file_ends_with_an_error_code_after_the_good_ones(terminal: Terminal, tmp_path: Path) -> None:
    good = write_page(tmp_path, "一.html", AGENCY)
    lines = terminal.lines("load", tmp_path / "没有.pdf", good, code=1)
    assert [line["status"] for line in lines] == ["rejected", "loaded"]


def test_load_of_a_folder_without_reports_is_an_error(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    terminal.run("load", tmp_path / "空", code=1)
    assert "没有找到可以读取的文件" in terminal.err


def test_the_index_is_the_one_named_or_that_of_the_environment(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_page(tmp_path, "一.html", AGENCY)
    terminal.run("load", path, "--index", tmp_path / "a" / "x.db")
    assert (tmp_path / "a" / "x.db").exists()
    monkeypatch.setenv("NIANBAO_INDEX", str(tmp_path / "b" / "y.db"))
    terminal.run("load", path)
    assert (tmp_path / "b" / "y.db").exists()


def test_read_stores_nothing_and_prints_the_agreed_keys(terminal: Terminal, tmp_path: Path) -> None:
    [line] = terminal.lines("read", write_page(tmp_path, "一.html", AGENCY))
    assert (line["agency"], line["year"], line["edition"]) == (AGENCY, 2024, "2021")
    assert line["figures"][RECEIVED] == 30  # type: ignore[index]
    assert {"derived", "blank", "checks", "unread"} <= line.keys()
    assert not Path("data").exists()


def test_read_of_something_unreadable_is_an_error_line(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("")
    [line] = terminal.lines("read", tmp_path / "空.txt", code=1)
    assert line.keys() == {"file", "error"}


def test_read_shows_the_evidence_of_one_cell(terminal: Terminal, tmp_path: Path) -> None:
    path = write_page(tmp_path, "一.html", AGENCY)
    out = terminal.run("read", path, "--show", RECEIVED)
    assert "30" in out
    assert "第1个表" in out
    [line] = terminal.lines("read", path, "--show", RECEIVED)
    assert line["place"]["table"] == 1  # type: ignore[index]
    assert terminal.lines("read", path, "--show", "disclosure.fees.amount")[0]["status"] == "absent"
    terminal.run("read", path, "--show", "nothing", code=1)


def test_list_names_agencies_and_years(loaded: Terminal) -> None:
    assert loaded.run("list") == f"示例市乙区人民政府  2024\n{AGENCY}  2023、2024\n"
    assert [line["years"] for line in loaded.lines("list", "甲区")] == [[2023, 2024]]


def test_list_without_an_index_says_what_to_do(terminal: Terminal) -> None:
    [line] = terminal.lines("list", code=1)
    assert "nianbao load" in str(line["error"])


def test_check_lists_what_does_not_add_up(loaded: Terminal, tmp_path: Path) -> None:
    assert loaded.run("check") == ""
    assert "没有发现" in loaded.err
    page = write_page(tmp_path, "三.html", AGENCY, 2022)
    page.write_text(page.read_text().replace("<td>30</td></tr>", "<td>31</td></tr>", 1))
    loaded.run("load", page)
    rules = [line["rule"] for line in loaded.lines("check", "--agency", "甲区", "--year", 2022)]
    assert "row_total:requests.received.total" in rules
    assert "31" in loaded.run("check")


def test_remove_history_and_restoring_a_revision(loaded: Terminal) -> None:
    loaded.run("remove", AGENCY, 2024, "--reason", "文件有误")
    assert [line["years"] for line in loaded.lines("list", "甲区")] == [[2023]]
    assert "文件有误" in loaded.run("history", AGENCY, 2024)
    loaded.run("history", AGENCY, 2024, "--restore", 1)
    assert [line["years"] for line in loaded.lines("list", "甲区")] == [[2023, 2024]]
    assert [line["what"] for line in loaded.lines("history", AGENCY, 2024)] == ["loaded", "removed", "restored"]


def test_a_name_that_fits_several_or_none_is_explained(loaded: Terminal) -> None:
    loaded.run("remove", "示例市", 2024, code=1)
    assert "请写全称" in loaded.err
    loaded.run("remove", "别处", 2024, code=1)
    assert "nianbao list" in loaded.err
    loaded.run("remove", AGENCY, 1999, code=1)
    assert "1999" in loaded.err


def test_export_to_csv_opens_in_excel(loaded: Terminal, tmp_path: Path) -> None:
    loaded.run("export", "-o", tmp_path / "a.csv", "--field", RECEIVED)
    text = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:2] == ["机关", "年度"]
    assert [(row[0], row[1], row[4]) for row in rows[1:]] == [
        ("示例市乙区人民政府", "2024", "7"),
        (AGENCY, "2023", "20"),
        (AGENCY, "2024", "30"),
    ]


@pytest.mark.parametrize("name", ["=1+1.html", "+a.html", "-a.html", "@a.html"])
def test_no_cell_of_a_csv_is_a_formula(terminal: Terminal, tmp_path: Path, name: str) -> None:
    write_page(tmp_path / "files", name, AGENCY)
    terminal.run("load", tmp_path / "files")
    out = terminal.run("export", "--field", RECEIVED)
    assert f"'{name}" in out


def test_export_to_xlsx_is_read_by_others(loaded: Terminal, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    loaded.run("export", "-o", tmp_path / "a.xlsx", "--field", RECEIVED, "--year", 2024)
    rows = list(load_workbook(tmp_path / "a.xlsx").active.values)  # type: ignore[union-attr]
    assert rows[1][:2] == ("示例市乙区人民政府", 2024)
    assert rows[2][4] == 30
    loaded.run("export", "--format", "xlsx", code=1)


def test_export_as_json_lines(loaded: Terminal) -> None:
    lines = loaded.lines("export", "--agency", AGENCY, "--field", RECEIVED)
    assert [(line["year"], line["value"], line["status"]) for line in lines] == [
        (2023, 20, "printed"),
        (2024, 30, "printed"),
    ]


def test_export_to_where_nothing_can_be_written_is_a_sentence(loaded: Terminal) -> None:
    for name in ("/proc/a.csv", "/proc/a.xlsx", "/proc/a.jsonl"):
        loaded.run("export", "-o", name, code=1)
        assert "写不到" in loaded.err


def test_backup_and_restore_bring_everything_back(loaded: Terminal, tmp_path: Path) -> None:
    loaded.run("backup", tmp_path / "copy" / "a.db")
    loaded.run("remove", AGENCY, 2024)
    loaded.run("restore", tmp_path / "copy" / "a.db")
    assert [line["years"] for line in loaded.lines("list", "甲区")] == [[2023, 2024]]
    assert Path("data/index.db.before-restore").exists()


def test_restoring_what_is_no_backup_changes_nothing(loaded: Terminal, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("不是备份")
    loaded.run("restore", tmp_path / "a.db", code=1)
    loaded.run("restore", tmp_path / "没有.db", code=1)
    assert len(loaded.lines("list")) == 2


def test_reread_shows_changes_without_storing_them(loaded: Terminal) -> None:
    assert [line["changes"] for line in loaded.lines("reread", "--dry-run")] == [[], [], []]
    assert loaded.run("reread") == ""
    assert "重读 3 份：0 份有变化" in loaded.err
