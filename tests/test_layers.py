"""Dependencies point one way: bot → index, and each outside library has one room."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAY_IMPORT = {
    "index/errors.py": set(),
    "index/document.py": set(),
    "index/report.py": {"index.document"},
    "index/drawing.py": {"index.errors"},
    "index/forms": {"index.errors", "index.forms"},
    "index/readers": {"index.errors", "index.document", "index.drawing", "index.readers"},
    "index/reading": {
        "index.errors",
        "index.document",
        "index.report",
        "index.forms",
        "index.checks",
        "index.contradictions",
        "index.agencies",
        "index.reading",
    },
    "index/checks.py": {"index.report", "index.forms"},
    "index/contradictions.py": {"index.report", "index.forms"},
    "index/agencies": {"index.errors", "index.agencies", "index.store.records"},
    "index": {"index"},
    "bot/wording": {"index.errors", "index.forms", "bot.wording"},
    "bot/question": {
        "index.errors",
        "index.forms",
        "index.agencies",
        "index.store.records",
        "bot.wording",
        "bot.question",
    },
    "bot/memory": {"index.errors", "bot.memory", "index.store"},
    "bot": {"index", "bot"},
}
"""Folder or file → what of this project it may import. The longest entry that fits a module counts."""

ONLY_IN = {
    "telegram": ["bot/chat"],
    "sqlite_utils": ["index/store", "bot/memory"],
    "sqlite3": ["index/store", "bot/memory"],
    "pdfplumber": ["index/readers"],
    "pypdfium2": ["index/readers"],
    "docx": ["index/readers"],
    "lxml": ["index/readers"],
    "python_calamine": ["index/readers"],
    "rapidocr": ["index/readers"],
    "cv2": ["index/readers"],
    "pebble": ["index/readers", "index/load.py"],
    "click": ["bot/cli.py", "bot/commands"],
}
"""Library → the rooms that may import it."""


def modules() -> list[Path]:
    return sorted(path for folder in ("index", "bot") for path in (ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, allowed: set[str]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in allowed)


def rule_for(path: Path) -> set[str]:
    name = path.relative_to(ROOT).as_posix()
    return MAY_IMPORT[max((each for each in MAY_IMPORT if name.startswith(each)), key=len)]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_only_rooms_below_it(path: Path) -> None:
    ours = {name for name in imports(path) if name.split(".")[0] in ("index", "bot")}
    assert not {name for name in ours if not within(name, rule_for(path))}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_library_is_imported_only_in_its_room(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    for used in imports(path):
        rooms = ONLY_IN.get(used.split(".")[0])
        assert rooms is None or any(name.startswith(room) for room in rooms), used


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 400
