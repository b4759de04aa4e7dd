"""Reports made up in many layouts: whatever the layout, no figure is wrong and none is invented."""

import pytest

from index.errors import NotAReport
from index.reading import Reading, read_figures

from .generator import LAYOUTS, Made, made

SEEDS = range(6)
UNAMBIGUOUS = ["exact", "lines", "cells", "words"]
"""Layouts that leave nothing open, as long as nothing is lost."""
LOSSES = {"cut short", "cells lost", "garbled"}
WHOLE = [(seed, layout) for seed in range(8) for layout in UNAMBIGUOUS if not LOSSES & set(made(seed, layout).what)]


def faults(document: Made, reading: Reading) -> dict[str, object]:
    """Figures that are not what the document prints, nor what its printed rows imply."""
    wrong: dict[str, object] = {}
    for code, figure in reading.figures.items():
        if figure.value is None:
            continue
        implied = figure.status == "derived" and figure.value == document.truth.get(code)
        if figure.value != document.printed.get(code) and not implied:
            wrong[code] = (figure.value, document.printed.get(code))
    return wrong


def read(document: Made) -> Reading:
    try:
        return read_figures(document.document)
    except NotAReport:
        assert "cut short" in document.what
        return Reading(None, None, "2021", "", {})


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("seed", SEEDS)
def test_no_figure_is_wrong_in_any_layout(layout: str, seed: int) -> None:
    document = made(seed, layout)
    assert faults(document, read(document)) == {}, document.what


@pytest.mark.parametrize(("seed", "layout"), WHOLE)
def test_every_printed_figure_is_read_where_nothing_is_lost(seed: int, layout: str) -> None:
    document = made(seed, layout)
    figures = read(document).figures
    missed = [code for code in document.printed if code not in figures or figures[code].value is None]
    assert missed == [], document.what


@pytest.mark.parametrize("seed", SEEDS)
def test_an_empty_cell_is_blank_or_derived_but_never_printed(seed: int) -> None:
    document = made(seed, "exact")
    figures = read(document).figures
    assert all(figures[code].status != "printed" for code in document.blank if code in figures), document.what


def test_agency_and_year_are_read_from_the_title() -> None:
    reading = read(made(1, "exact"))
    assert (reading.agency, reading.year) == ("示例市甲区人民政府", 2023)


def test_every_figure_says_where_it_is_printed() -> None:
    reading = read(made(2, "lines"))
    assert reading.figures
    assert all(figure.place is not None and figure.place.line for figure in reading.figures.values())
