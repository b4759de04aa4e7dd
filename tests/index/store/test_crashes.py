"""Whatever is killed in the middle, the index opens again, and every report is whole or absent."""

import subprocess
import sys
import time
from pathlib import Path

from index.store import Index
from tests.index.store.reports import RECEIVED, full_report, put

ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from pathlib import Path
from index.store import Index
from tests.index.store.reports import full_report, put
with Index.open(Path(sys.argv[1])) as index:
    for number in range(int(sys.argv[3]), int(sys.argv[4])):
        put(index, full_report(sys.argv[2], 1000 + number, number))
        print(number, flush=True)
"""


def start(path: Path, agency: str, first: int, last: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", WRITER, str(path), agency, str(first), str(last)]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def check_whole(index: Index) -> None:
    assert index.rows("PRAGMA integrity_check") == [("ok",)]
    assert index.rows("PRAGMA foreign_key_check") == []
    for source in index.sources():
        assert len(index.reading(source.report_id)) == 200
        assert len(index.passages([source.agency_id], [source.year])) == 2
        assert len(index.summary(source.report_id).unread) == 1
        assert index.original(source.sha256).stat().st_size
    assert len(index.passages(None, None, contains=["政务新媒体"])) == len(index.sources())


def test_a_loader_killed_at_any_moment_leaves_whole_reports(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    first = 0
    for pause in (0.0, 0.013, 0.05):
        writer = start(path, "示例市甲区人民政府", first, first + 500)
        assert writer.stdout is not None
        for _ in range(3):
            writer.stdout.readline()
        time.sleep(pause)
        writer.kill()
        said = [int(line) for line in writer.stdout.read().split()]
        writer.stdout.close()
        writer.wait()
        with Index.open(path) as index:
            check_whole(index)
            years = {source.year - 1000 for source in index.sources()}
            assert set(range(first, max(said, default=first + 2) + 1)) <= years, "what was said to be stored is stored"
        first += 500
    with Index.open(path) as index:
        assert put(index, full_report(year=2024)).status == "loaded"


def test_two_writers_take_turns_and_readers_do_not_wait(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    writers = [start(path, f"示例市{name}区人民政府", 0, 25) for name in "甲乙"]
    seen = []
    while any(writer.poll() is None for writer in writers):
        if path.exists():
            with Index.open(path) as index:
                seen.append(len(index.figures(None, None, [RECEIVED])))
                if len(seen) == 3:
                    index.backup(tmp_path / "copy.db")
        time.sleep(0.02)
    assert [writer.wait() for writer in writers] == [0, 0]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.close()
    assert seen == sorted(seen)
    with Index.open(path) as index:
        assert len(index.sources()) == 50
        check_whole(index)
    with Index.open(tmp_path / "copy.db") as copy:
        check_whole(copy)


def test_several_programs_may_make_the_same_index_at_once(tmp_path: Path) -> None:
    code = "import sys, pathlib, index.store as s; input(); s.Index.open(pathlib.Path(sys.argv[1])).close()"
    words = [sys.executable, "-c", code, str(tmp_path / "index.db")]
    started = [subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, text=True) for _ in range(4)]
    time.sleep(0.3)
    for each in started:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.close()
    assert [each.wait() for each in started] == [0] * 4
