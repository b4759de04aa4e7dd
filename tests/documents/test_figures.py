"""From a printed document to figures: what was printed is read, in every layout, and nothing else.

The whole product stands on this: a layout that is claimed is printed here, with the options that real reports vary by.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from index.forms import edition
from index.readers import read_bytes
from index.reading import read_figures
from tests.documents import LAYOUTS, Printed, make, parameters, printed

OPTIONS: dict[str, dict[str, object]] = {
    "row": {"notes": ("注：以上数据统计时间截至2024年12月31日。",), "unit_line": True},
    "stacked": {"disputes": "stacked", "vertical": True},
    "rows-split": {"disputes": "rows", "split": True},
    "rows-missing": {"without": ("requests.other.fee_unpaid", "requests.rejected.reissue")},
    "2019": {"edition": "2019", "year": 2019},
    "no-totals": {"without_total": True},
}


def invented(seed: str, **options: object) -> Printed:
    """A report with invented figures, the same for the same seed."""
    rnd = random.Random(seed)
    form = edition(str(options.get("edition", "2021")))
    without = tuple(options.get("without", ()))  # type: ignore[call-overload]
    figures = {
        code: f"{rnd.randint(0, 99999) / 100:.2f}"
        if code.endswith(".amount")
        else rnd.choice([0, 0, 1, 2, 7, 12, 45, 1286])
        for code, field in form.fields.items()
        if not code.endswith(".total") and field.row.code != "requests.handled" and field.row.code not in without
    }
    return printed(figures, **options)  # type: ignore[arg-type]


def misread(report: Printed, data: bytes, name: str) -> tuple[dict[str, object], list[str]]:
    """Figures that differ from what is printed, and printed ones that are not there. Agency and year must be right."""
    reading = read_figures(read_bytes(data, name))
    assert (reading.agency, reading.year) == (report.agency, report.year)
    wanted = report.figures
    found = {code: figure for code, figure in reading.figures.items() if figure.value is not None}
    wrong = {
        code: (figure.value, wanted.get(code))
        for code, figure in found.items()
        if wanted.get(code) != figure.value
        and not (figure.status == "derived" and _implied(code, figure.value, wanted))
    }
    return wrong, [code for code, value in wanted.items() if value is not None and code not in found]


def _implied(code: str, value: object, wanted: Mapping[str, object]) -> bool:
    """Whether a cell is empty, or the total of a row that is printed without one."""
    row = code.removesuffix(".total")
    return wanted.get(code, "") is None or (
        code not in wanted
        and value == sum(int(str(each)) for other, each in wanted.items() if other.startswith(f"{row}."))
    )


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("name", parameters())
def test_what_is_printed_is_read_and_nothing_else(name: str, options: str) -> None:
    report = invented(f"{name} {options}", **OPTIONS[options])
    wrong, missed = misread(report, make(name, report), f"年报{LAYOUTS[name].suffix}")
    assert wrong == {}
    if LAYOUTS[name].exact:
        assert missed == []
    else:
        assert len(missed) <= 0.1 * len(report.figures)


@pytest.mark.parametrize("name", [name for name, layout in LAYOUTS.items() if layout.needs and layout.whole])
def test_layouts_made_by_other_programs_are_read_as_well(name: str) -> None:
    report = invented(name)
    wrong, missed = misread(report, make(name, report), f"年报{LAYOUTS[name].suffix}")
    assert wrong == {}
    assert missed == []
