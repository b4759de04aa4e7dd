"""Files, folders and ZIPs into the index: one result a file, and nothing half done."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index import load
from index.errors import FileUnreadable, IndexUnwritable
from index.load import LoadResult, Walk, load_paths, read_file
from index.reread import reread
from index.store import Index
from tests.index.pages import page, write_page
from tests.index.store.reports import make_report

RECEIVED = "requests.received.total"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "store" / "index.db") as opened:
        yield opened


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Starting children takes a second; the tests that are about them say so."""
    if "children" not in request.fixturenames:
        monkeypatch.setattr(load, "read_isolated", load.read_content)


@pytest.fixture
def children() -> None:
    """Lets files be read in child processes, as they are outside tests."""


def statuses(results: list[LoadResult]) -> list[str]:
    return [result.status for result in results]


def test_a_file_becomes_a_report_in_the_index(index: Index, tmp_path: Path) -> None:
    path = write_page(tmp_path, "一.html", "示例市甲区人民政府")
    [result] = load_paths([path], index)
    assert (result.status, result.agency, result.year) == ("loaded", "示例市甲区人民政府", 2024)
    assert (result.figures, result.failed_checks, result.error) == (175, 0, None)
    [figure] = index.figures(None, [2024], [RECEIVED])
    assert (figure.value, figure.source.file) == (30, "一.html")


def test_a_file_cut_off_says_how_much_fewer_it_holds_than_the_version_before(index: Index, tmp_path: Path) -> None:
    path = write_page(tmp_path, "一.html", "示例市甲区人民政府")
    [whole] = load_paths([path], index)
    assert not whole.notes
    content = path.read_text(encoding="utf-8")
    (tmp_path / "二.html").write_text(content[: len(content) // 3], encoding="utf-8")
    [cut] = load_paths([tmp_path / "二.html"], index)
    assert (cut.status, cut.figures < whole.figures // 2) == ("replaced", True)
    assert any(f"上一版有 {whole.figures} 个" in note for note in cut.notes)


def test_a_folder_is_walked_in_order_and_other_files_are_counted(index: Index, tmp_path: Path) -> None:
    for name in ("乙", "甲"):
        write_page(tmp_path / "files", f"{name}区/年报.html", f"示例市{name}区人民政府")
    (tmp_path / "files" / "说明.css").write_text("a{}")
    (tmp_path / "files" / ".DS_Store").write_text("x")
    walk = Walk([tmp_path / "files"])
    results = list(load_paths(walk, index))
    assert [result.agency for result in results] == ["示例市乙区人民政府", "示例市甲区人民政府"]
    assert walk.passed_over == 2


def test_what_is_wrong_with_one_file_does_not_stop_the_others(index: Index, tmp_path: Path) -> None:
    (tmp_path / "空.html").write_text("")
    (tmp_path / "别的.txt").write_text("今天天气很好。" * 30)
    good = write_page(tmp_path, "好.html", "示例市甲区人民政府")
    results = list(load_paths([tmp_path / "空.html", tmp_path / "没有.pdf", tmp_path / "别的.txt", good], index))
    assert statuses(results) == ["rejected", "rejected", "rejected", "loaded"]
    assert all(result.error and result.error.endswith("。") and "\n" not in result.error for result in results[:3])


def test_files_in_a_zip_are_loaded_each_under_its_name(index: Index, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "全部.zip", "w") as archive:
        for name in "甲乙":
            archive.writestr(f"{name}区.html", page(f"示例市{name}区人民政府", 2024))
        archive.writestr("style.css", "a{}")
    walk = Walk([tmp_path / "全部.zip"])
    results = list(load_paths(walk, index))
    assert statuses(results) == ["loaded", "loaded"]
    assert results[0].file.endswith("全部.zip/甲区.html")
    assert index.sources()[0].file == "甲区.html"
    assert walk.passed_over == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04 damaged", b""])
def test_a_damaged_zip_is_one_rejected_file(index: Index, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "坏.zip").write_bytes(content)
    assert statuses(list(load_paths([tmp_path / "坏.zip"], index))) == ["rejected"]


def test_a_zip_without_reports_says_so(index: Index, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "样式.zip", "w") as archive:
        archive.writestr("style.css", "a{}")
    [result] = load_paths([tmp_path / "样式.zip"], index)
    assert result.error
    assert "没有可读的文件" in result.error


def test_loading_again_reads_nothing_again(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_page(tmp_path / "files", "一.html", "示例市甲区人民政府")
    list(load_paths([tmp_path / "files"], index))
    monkeypatch.setattr(load, "read_isolated", None)
    version = index.version()
    [result] = load_paths([tmp_path / "files"], index)
    assert (result.status, result.agency, result.figures) == ("unchanged", "示例市甲区人民政府", 175)
    assert index.version() == version


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_file_twice_in_one_run_is_read_once(index: Index, tmp_path: Path, jobs: int) -> None:
    one = write_page(tmp_path, "一.html", "示例市甲区人民政府")
    two = write_page(tmp_path, "二.html", "示例市甲区人民政府")
    bad = tmp_path / "三.txt"
    bad.write_text("不是年报。" * 50)
    with ThreadPoolExecutor(jobs) as pool:
        results = list(load_paths([one, two, bad, bad], index, executor=pool if jobs > 1 else None))
    assert statuses(results) == ["loaded", "unchanged", "rejected", "rejected"]


def test_another_file_of_the_same_report_replaces_it(index: Index, tmp_path: Path) -> None:
    one = write_page(tmp_path, "一.html", "示例市甲区人民政府", received=30)
    two = write_page(tmp_path, "二.html", "示例市甲区人民政府", received=31)
    assert statuses(list(load_paths([one, two], index))) == ["loaded", "replaced"]
    assert statuses(list(load_paths([one, two], index))) == ["unchanged", "unchanged"]


def test_agency_and_year_can_be_said_by_whoever_loads(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "年报.html"
    path.write_text(page("", 2024).replace("2024年", ""), encoding="utf-8")
    assert statuses(list(load_paths([path], index))) == ["rejected"]
    [result] = load_paths([path], index, agency="示例市甲区人民政府", year=2023, loaded_by="管理员")
    assert (result.status, result.agency, result.year) == ("loaded", "示例市甲区人民政府", 2023)
    assert index.sources()[0].loaded_by == "管理员"


def test_any_executor_gives_the_same_results_in_the_same_order(index: Index, tmp_path: Path) -> None:
    names = [first + second for first in "甲乙丙丁戊己" for second in "子丑寅卯辰巳午未申酉"]
    for at, name in enumerate(names):
        write_page(tmp_path / "files", f"{at:02}.html", f"示例市{name}区人民政府", received=at)
    with ThreadPoolExecutor(2) as pool:
        results = list(load_paths([tmp_path / "files"], index, executor=pool))
    assert [result.agency for result in results] == [f"示例市{name}区人民政府" for name in names]
    assert len(index.sources()) == 60


@pytest.mark.usefixtures("children")
def test_processes_read_and_this_one_writes(index: Index, tmp_path: Path) -> None:
    for at in range(3):
        write_page(tmp_path / "files", f"{at}.html", "示例市甲区人民政府", year=2021 + at)
    (tmp_path / "files" / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    results = list(load_paths([tmp_path / "files"], index, jobs=2))
    assert statuses(results) == ["loaded", "loaded", "loaded", "rejected"]


def test_a_walk_that_is_given_up_keeps_what_was_stored(index: Index, tmp_path: Path) -> None:
    for at in range(4):
        write_page(tmp_path / "files", f"{at}.html", "示例市甲区人民政府", year=2021 + at)
    results = load_paths([tmp_path / "files"], index)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(index.sources()) == 1


def test_only_a_bounded_number_of_files_is_in_memory(index: Index, tmp_path: Path) -> None:
    for at in range(20):
        write_page(tmp_path / "files", f"{at:02}.html", "示例市甲区人民政府", year=2001 + at)
    walk = Walk([tmp_path / "files"])
    opened = []

    class Watched(Walk):
        def __iter__(self):  # type: ignore[no-untyped-def]
            for item in walk:
                opened.append(item.name)
                yield item

    results = load_paths(Watched([]), index)
    next(results)
    assert len(opened) <= 2


def test_a_store_that_cannot_be_written_ends_the_walk(index: Index, tmp_path: Path) -> None:
    for at in range(30):
        write_page(tmp_path / "files", f"{at:02}.html", f"示例市{'甲乙'[at % 2]}区人民政府", 2010 + at // 2, at)
    index.rows("PRAGMA max_page_count=1")  # no more pages than there are
    results: list[LoadResult] = []
    with pytest.raises(IndexUnwritable, match="磁盘空间不足"):
        results.extend(load_paths([tmp_path / "files"], index))
    assert statuses(results) == ["loaded"] * len(results)
    assert len(index.sources()) == len(results) < 30


@pytest.mark.usefixtures("children")
def test_a_file_can_be_read_without_being_stored(tmp_path: Path) -> None:
    report = read_file(write_page(tmp_path, "一.html", "示例市甲区人民政府"))
    assert (report.agency, report.year, report.figures[RECEIVED].value) == ("示例市甲区人民政府", 2024, 30)
    with pytest.raises(FileUnreadable, match="找不到"):
        read_file(tmp_path / "没有.html")


def test_a_better_reader_shows_what_it_would_change_before_it_counts(index: Index) -> None:
    content = page("示例市甲区人民政府", 2024).encode()
    index.save(make_report(values={RECEIVED: 3}), original=content, file="一.html", reader="0.0")
    [shown] = reread(index)
    change = next(change for change in shown.changes if change.code == RECEIVED)
    assert (change.before, change.after) == ((3, "printed"), (30, "printed"))
    assert shown.gained > 0
    assert shown.lost == 0
    assert not shown.stored
    assert index.figures(None, None, [RECEIVED])[0].value == 3
    [done] = reread(index, dry_run=False, by="管理员")
    assert done.stored
    assert index.figures(None, None, [RECEIVED])[0].value == 30
    assert index.sources()[0].revision == 2
    assert [again.changes for again in reread(index)] == [()]


def test_a_reread_names_originals_it_cannot_read(index: Index) -> None:
    index.save(make_report(), original=b"", file="一.html", reader="0.0")
    [result] = reread(index)
    assert result.error


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_load_that_is_killed_is_taken_up_where_it_stopped_and_leaves_no_process(tmp_path: Path, jobs: str) -> None:
    for at in range(40):
        write_page(tmp_path / "files", f"{at:02}.html", f"示例市{'甲乙丙丁'[at % 4]}区人民政府", 2015 + at // 4, at)
    words = ["-m", "bot", "load", str(tmp_path / "files"), "--jobs", jobs, "--json", "--index", str(tmp_path / "i.db")]
    root = Path(__file__).parents[2]
    killed = subprocess.Popen([sys.executable, *words], cwd=root, stdout=subprocess.PIPE, text=True)
    assert killed.stdout is not None
    for _ in range(6):
        assert '"loaded"' in killed.stdout.readline()
    killed.kill()
    killed.communicate(timeout=30)  # ends only when no child holds the other end of the pipe
    with Index.open(tmp_path / "i.db") as index:
        assert index.rows("PRAGMA integrity_check") == [("ok",)]
        stored = len(index.sources())
        assert stored >= 6
        assert all(len(index.reading(source.report_id)) == 175 for source in index.sources())
        results = statuses(list(load_paths([tmp_path / "files"], index)))
        assert results.count("unchanged") == stored
        assert results.count("loaded") == 40 - stored
