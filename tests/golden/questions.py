"""questions/*.toml → Question; open.txt → the ids that are known not to be right yet."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OUTCOMES = frozenset({"answer", "clarify", "no_report", "not_in_report", "out_of_scope", "help"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure that the answer must show."""

    agency: str
    year: int
    code: str
    value: float


@dataclass(frozen=True, slots=True)
class Question:
    """A conversation and what its last turn must be answered with. README.md explains the keys."""

    id: str
    kind: str
    corpus: str
    turns: tuple[str, ...]
    outcome: str
    figures: tuple[Cell, ...] = ()
    value: float | None = None
    unit: str = ""
    candidates: tuple[str, ...] = ()
    text_contains: tuple[str, ...] = ()
    also_ok: tuple[str, ...] = ()
    ordered: bool = False
    exhaustive: bool = False
    sign_free: bool = False
    warns: bool = False


def questions() -> tuple[Question, ...]:
    """All of them, by file."""
    return tuple(each for path in sorted((HERE / "questions").glob("*.toml")) for each in _file(path))


def open_ids() -> frozenset[str]:
    """Ids in open.txt; what follows # is a remark."""
    lines = (HERE / "open.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.partition("#")[0].strip() for line in lines) - {""}


def _file(path: Path) -> list[Question]:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    corpus = written.get("corpus", "invented")
    return [_question(each, path.stem, corpus) for each in written["question"]]


def _question(written: dict[str, Any], kind: str, corpus: str) -> Question:
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in written.items()}
    given["figures"] = tuple(Cell(**cell) for cell in written.get("figures", ()))
    return Question(kind=kind, corpus=corpus, **given)
