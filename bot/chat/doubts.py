"""Pictures of what an administrator should look at before ✅: cells of failed checks and cells that were not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.document import Place
from index.errors import NianbaoError
from index.report import Report

MOST = 3
"""Pictures of one file."""
CELLS = 30
"""Cells marked in one picture."""
LONGEST = 300
"""Characters of a caption."""

Doubt = tuple[str, tuple[Place, ...]]
"""A caption, and the cells it is about, all on one page or in one table."""


def doubts(report: Report) -> list[dict[str, Any]]:
    """As JSON for the memory: one for each failed check, one for each cell not read, as far as they have places."""
    found: list[dict[str, Any]] = []
    for label, places in _doubts(report):
        found.append({"label": label, "places": [_told(place) for place in places[:CELLS]]})
    return found[:MOST]


def _doubts(report: Report) -> Iterator[Doubt]:
    by_sheet: dict[object, list[Doubt]] = {}
    for check in (each for each in report.checks if not each.holds):
        cells = (report.figures.get(code) for code in (*check.left, *check.right))
        places = [cell.place for cell in cells if cell is not None and cell.place is not None]
        for sheet in dict.fromkeys(map(_sheet, places)):
            by_sheet.setdefault(sheet, []).append((check.label, tuple(e for e in places if _sheet(e) == sheet)))
    yield from map(_joined, by_sheet.values())
    for unread in report.unread:
        if unread.place.row or unread.place.line or unread.place.box:
            yield f"{unread.text[:40]}：{unread.why}", (unread.place,)


def _joined(found: Sequence[Doubt]) -> Doubt:
    """One picture for the checks of one page or table: of the cells they share, for those are the likely culprits."""
    label = "；".join(dict.fromkeys(label for label, _ in found))
    shared = [place for place in found[0][1] if all(place in places for _, places in found)]
    every = dict.fromkeys(place for _, places in found for place in places)
    return label[:LONGEST], tuple(shared or every)


def _sheet(place: Place) -> tuple[object, ...]:
    return place.page, place.table if place.box is None else None, place.sheet


def _told(place: Place) -> dict[str, Any]:
    return {name: value for name, value in asdict(place).items() if value is not None}


def _place(told: Mapping[str, Any]) -> Place:
    box = told.get("box")
    return Place(**{**told, "box": None if box is None else tuple(box)})


def pictures(path: Path, name: str, told: Sequence[Mapping[str, Any]]) -> list[tuple[str, bytes]]:
    """(caption, PNG) for each doubt that can be drawn; drawn in a child process, for the file is not trusted yet."""
    from index.readers.isolate import run_in_child

    try:
        return run_in_child(name, _drawn, path, name, list(told))
    except NianbaoError:
        return []


def _drawn(path: Path, name: str, told: Sequence[Mapping[str, Any]]) -> list[tuple[str, bytes]]:
    return [(str(each["label"]), png) for each in told if (png := _picture(path, name, each)) is not None]


def _picture(path: Path, name: str, told: Mapping[str, Any]) -> bytes | None:
    from index.readers import picture, read_bytes

    first, *also = (_place(each) for each in told["places"])
    try:
        if first.box is not None:
            return picture.picture_of_page(path, first, also)
        document = read_bytes(path.read_bytes(), name)
        draw = picture.picture_of_lines if first.line else picture.picture_of_table
        return draw(document, first, also)
    except (NianbaoError, OSError, ValueError):
        return None
