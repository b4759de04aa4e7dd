"""corpus/*.toml → an index: invented agencies; figures satisfy the equations, save where a note says otherwise."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.samples import load_samples
from index import forms
from index.checks import run_checks
from index.document import Place
from index.forms import Edition
from index.report import Figure, Number, Passage, Report
from index.store import Index

FOLDER = Path(__file__).parent / "corpus"


def reports() -> Iterator[Report]:
    """Every report of the corpus, in the order of the files."""
    for path in sorted(FOLDER.glob("*.toml")):
        for written in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["report"]:
            yield _report(written)


def build(path: Path) -> Index:
    """An index at that path that holds the corpus."""
    index = Index.open(path)
    for report in reports():
        index.save(report, original=report.title.encode(), file=f"{report.agency}-{report.year}.html", reader="golden")
    return index


def _report(written: dict[str, Any]) -> Report:
    edition = forms.edition(written.get("edition", "2021"))
    figures = {figure.code: figure for figure in _figures(edition, written["rows"])}
    return Report(
        agency=written["agency"],
        year=written["year"],
        edition=edition.name,
        title=f"{written['agency']}{written['year']}年{edition.title}",
        figures=figures,
        passages=tuple(_passages(edition, written["prose"])),
        checks=run_checks(figures, edition.name),
    )


def _figures(edition: Edition, rows: dict[str, list[Number | str]]) -> Iterator[Figure]:
    unknown = rows.keys() - {row.code for row in edition.rows}
    assert not unknown, unknown
    for row in edition.rows:
        values = rows.get(row.code)
        if values is None:
            continue
        for code, value in zip(row.codes, values, strict=True):
            if isinstance(value, str):
                yield Figure(code, None, "blank", "")
            else:
                yield Figure(code, value, "printed", str(value), Place())


def _passages(edition: Edition, prose: dict[str, list[str]]) -> Iterator[Passage]:
    for topic, paragraphs in prose.items():
        for text in paragraphs:
            yield Passage(edition.sections[topic], text, Place(page=1), topic)


def samples(path: Path) -> Index:
    """An index at that path that holds the sample reports of data/samples."""
    index = Index.open(path)
    load_samples(index)
    return index


BUILDERS = {"invented": build, "samples": samples}
"""By the `corpus` key of a file of questions."""
