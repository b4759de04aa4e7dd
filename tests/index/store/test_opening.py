"""What stands in the way of an index is said in one sentence, and nothing is lost by it."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from index import forms
from index.errors import DataError, IndexTooNew, IndexUnreadable, IndexUnwritable, StoreError
from index.report import Figure
from index.store import Index, migrations, restore_backup
from tests.index.store.reports import AGENCY, FEES, RECEIVED, full_report, make_report, put


def sentence(error: pytest.ExceptionInfo[StoreError]) -> str:
    text = str(error.value)
    assert text.endswith("。")
    assert "\n" not in text
    return text


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    with Index.open(tmp_path / "a" / "b" / "index.db") as index:
        put(index, make_report())
        assert index.originals == tmp_path / "a" / "b" / "originals"


def test_a_missing_index_is_said_when_none_may_be_made(tmp_path: Path) -> None:
    with pytest.raises(IndexUnreadable) as error:
        Index.open(tmp_path / "index.db", create=False)
    assert "nianbao load" in sentence(error)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["/proc/nowhere/index.db", "/dev/null/index.db"])
def test_a_folder_that_cannot_be_written_is_said(path: str) -> None:
    with pytest.raises(IndexUnwritable) as error:
        Index.open(Path(path))
    sentence(error)


def test_a_folder_is_not_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexUnreadable) as error:
        Index.open(tmp_path)
    assert "目录" in sentence(error)


@pytest.mark.parametrize("content", [b"not a database at all " * 100, b"%PDF-1.7\n" + bytes(5000)])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "index.db"
    path.write_bytes(content)
    with pytest.raises(IndexUnreadable) as error:
        Index.open(path)
    assert "不是" in sentence(error)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_an_index(tmp_path: Path) -> None:
    (tmp_path / "index.db").touch()
    with Index.open(tmp_path / "index.db") as index:
        assert index.agencies() == ()


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE reports (title TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(IndexUnreadable) as error:
        Index.open(path)
    assert "别的程序" in sentence(error)
    assert path.read_bytes() == before


def test_an_index_of_a_newer_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with Index.open(path) as index:
        index.rows("PRAGMA user_version=999")
    with pytest.raises(IndexTooNew) as error:
        Index.open(path)
    assert "升级" in sentence(error)


def test_a_damaged_index_is_said_when_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with Index.open(path) as index:
        for number in range(30):
            put(index, full_report(year=1990 + number, seed=number))
    content = bytearray(path.read_bytes())
    content[4096 * 3 : -4096] = os.urandom(len(content) - 4096 * 4)
    path.write_bytes(content)
    with pytest.raises(IndexUnreadable) as error, Index.open(path) as index:
        index.figures(None, None, [RECEIVED, FEES])
    assert "损坏" in sentence(error)


def test_half_an_index_is_said(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with Index.open(path) as index:
        put(index, full_report())
    path.write_bytes(path.read_bytes()[:10_000])
    with pytest.raises(IndexUnreadable) as error, Index.open(path) as index:
        index.figures(None, None, [RECEIVED])
    sentence(error)


def test_a_full_disk_leaves_what_was_there(index: Index) -> None:
    put(index, make_report(year=2023))
    index.rows("PRAGMA max_page_count=1")  # no more pages than there are
    reports = [full_report(f"示例市{'甲乙丙丁'[each % 4]}区人民政府", 1970 + each, each) for each in range(50)]
    with pytest.raises(IndexUnwritable) as error:
        [put(index, report) for report in reports]
    assert "磁盘空间不足" in sentence(error)
    assert index.rows("PRAGMA integrity_check") == [("ok",)]
    assert all(len(index.reading(source.report_id)) in (2, 200) for source in index.sources())
    index.rows("PRAGMA max_page_count=1000000")
    assert put(index, full_report(year=2024)).status == "loaded"


def test_an_original_that_cannot_be_kept_stores_nothing(index: Index) -> None:
    index.originals.parent.mkdir(exist_ok=True)
    index.originals.write_text("a file where the folder should be")
    with pytest.raises(IndexUnwritable) as error:
        put(index, make_report())
    assert "原件" in sentence(error)
    assert index.sources() == ()


def test_an_index_opened_to_be_read_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index.db"
    with Index.open(path) as index:
        put(index, make_report())
    monkeypatch.setattr("index.store.database._can_write", lambda _: False)
    check_read_only(path)


def check_read_only(path: Path) -> None:
    with Index.open(path) as index:
        assert [agency.name for agency in index.agencies()] == [AGENCY]
        assert index.figures(None, None, [RECEIVED])[0].value == 30
        with pytest.raises(IndexUnwritable) as error:
            put(index, make_report(year=2020))
        assert "只读" in sentence(error)


def test_a_writer_that_waits_too_long_says_so(index: Index) -> None:
    put(index, make_report())
    index.rows("PRAGMA busy_timeout=50")
    other = sqlite3.connect(index.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(IndexUnwritable) as error:
        put(index, make_report(year=2020))
    assert "另一个程序" in sentence(error)
    assert index.figures(None, None, [RECEIVED])[0].value == 30
    other.execute("ROLLBACK")
    other.close()
    assert put(index, make_report(year=2020)).status == "loaded"


def test_a_report_with_an_unknown_code_is_refused_whole(index: Index) -> None:
    figures = {"nothing.at.all": Figure("nothing.at.all", 1)}
    with pytest.raises(DataError, match="nothing"):
        put(index, make_report(figures=figures))
    assert index.sources() == ()
    assert index.rows("SELECT count(*) FROM agencies") == [(0,)]


def test_a_failure_in_the_middle_leaves_nothing_of_the_report(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("index.store.write.settle", broken)
    with pytest.raises(RuntimeError):
        put(index, full_report())
    for table in ("reports", "figures", "evidence", "passages", "failed_checks", "notes", "unread", "events"):
        assert index.rows(f"SELECT count(*) FROM {table}") == [(0,)]


def test_a_new_edition_brings_new_columns_to_an_old_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index.db"
    known = dict(forms.all_fields())
    fewer = {code: field for code, field in known.items() if code != RECEIVED}
    monkeypatch.setattr(forms, "all_fields", lambda: fewer)
    with Index.open(path) as index:
        agency_id = put(index, make_report(values={FEES: 1})).source.agency_id
    monkeypatch.setattr(forms, "all_fields", lambda: known)
    with Index.open(path) as index:
        assert [each.code for each in index.figures([agency_id], None, list(known))] == [FEES]
        put(index, make_report(year=2023))
        assert index.figures([agency_id], [2023], [RECEIVED])[0].value == 30
        assert index.rows("SELECT count(*) FROM figure_list") == [(3,)]


def test_an_index_half_way_through_its_steps_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(tmp_path / "index.db", isolation_level=None)
    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS[:2])
    migrations.migrate(connection, tmp_path / "index.db")
    connection.close()
    monkeypatch.undo()
    with Index.open(tmp_path / "index.db") as index:
        assert put(index, make_report()).status == "loaded"


def test_threads_may_share_an_index(index: Index) -> None:
    put(index, make_report())
    wrong: list[object] = []

    def ask(year: int) -> None:
        for number in range(20):
            try:
                if index.figures(None, [2024], [RECEIVED])[0].value != 30:
                    wrong.append(number)
                put(index, make_report("示例市乙区人民政府", year + number))
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=ask, args=(1900 + 20 * at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(index.sources()) == 81


def test_a_backup_is_whole_and_can_be_opened_elsewhere(index: Index, tmp_path: Path) -> None:
    source = put(index, full_report()).source
    assert index.backup(tmp_path / "copies" / "index.db") == 1
    with Index.open(tmp_path / "copies" / "index.db") as copy:
        assert copy.original(source.sha256).exists()
        assert len(copy.reading(copy.sources()[0].report_id)) == 200


def test_a_backup_does_not_replace_the_index_itself(index: Index) -> None:
    put(index, make_report())
    with pytest.raises(IndexUnwritable, match="正在使用"):
        index.backup(index.path)
    with pytest.raises(IndexUnwritable, match="正在使用"):
        restore_backup(index.path, index.path)
    assert len(index.sources()) == 1


def test_a_backup_where_nothing_can_be_written_is_said(index: Index) -> None:
    with pytest.raises(IndexUnwritable) as error:
        index.backup(Path("/proc/copy.db"))
    assert "备份" in sentence(error)


def test_a_damaged_backup_is_not_restored(index: Index, tmp_path: Path) -> None:
    for number in range(20):
        put(index, full_report(year=2000 + number, seed=number))
    index.backup(tmp_path / "copy.db")
    content = bytearray((tmp_path / "copy.db").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = os.urandom(8192)
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(IndexUnreadable) as error:
        restore_backup(tmp_path / "copy.db", index.path)
    sentence(error)
    assert len(index.sources()) == 20
