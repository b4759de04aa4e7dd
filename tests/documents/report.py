"""The report behind a test document: its cells as printed, and the figures they stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from index.forms import edition
from index.forms.model import Edition

Disputes = Literal["row", "stacked", "rows"]

PROSE = {
    "overview": (
        "2024年，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，扎实推进政务公开各项工作。",
        "（一）主动公开。全年通过门户网站发布信息1286条，政务新媒体推送643条，解读政策文件17件。",
        "（二）政府信息管理。落实信息发布“三审三校”制度，严格保密审查，全年未发生泄密事件。",
    ),
    "problems": (
        "主要问题：一是政策解读形式较为单一；二是工作人员业务能力有待提升。",
        "改进措施：丰富解读形式，加强业务培训，健全审核机制。",
    ),
    "other": ("本年度未收取信息处理费，无其他需要报告的事项。",),
}


@dataclass(frozen=True)
class Printed:
    """A report as it is to be printed."""

    agency: str
    year: int
    edition: str
    cells: Mapping[str, str]
    """Code → text of the cell; codes of rows and columns that are left out are not there."""
    title: str
    without: tuple[str, ...] = ()
    without_total: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    disputes: Disputes = "row"
    split: bool = False
    vertical: bool = False
    notes: tuple[str, ...] = ()
    unit_line: bool = False
    prose: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: PROSE)
    signed: bool = True

    @property
    def form(self) -> Edition:
        return edition(self.edition)

    @property
    def figures(self) -> dict[str, Decimal | None]:
        """What a reading must give: None for a blank cell; a cell that is no number is not there."""
        values = {code: value_of(text) for code, text in self.cells.items()}
        return {code: value for code, value in values.items() if value != "unread"}

    def label(self, text: str) -> str:
        return self.labels.get(text, text)


def value_of(text: str) -> Decimal | Literal["unread"] | None:
    """A plain reading of a printed cell, independent of the product's."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", "")
    if not plain:
        return None
    if plain in ("-", "—", "–", "/", "无"):
        return Decimal(0)
    sign = -1 if plain.startswith("减") else 1
    number = re.match(r"[增减]?(\d+(?:\.\d+)?)(?:万元|件|项|个)?(?:\(.*\))?$", plain)
    return sign * Decimal(number[1]) if number else "unread"


def printed(
    figures: Mapping[str, int | str | Decimal] | None = None,
    *,
    agency: str = "示例市甲区人民政府",
    year: int = 2024,
    edition: str = "2021",
    title: str | None = None,
    cells: Mapping[str, str] | None = None,
    without: tuple[str, ...] = (),
    without_total: bool = False,
    **options: object,
) -> Printed:
    """A report with the figures given, "0" in every other cell, and the totals that follow from the form."""
    form = _form(edition)
    given = {code: str(value) for code, value in (figures or {}).items()}
    unknown = set(given) - set(form.fields)
    assert not unknown, f"no such fields: {sorted(unknown)}"
    texts = dict.fromkeys(form.fields, "0") | given
    _add_totals(form, texts, given)
    texts |= cells or {}
    kept = {
        code: text
        for code, text in texts.items()
        if form.fields[code].row.code not in without
        and not (without_total and code.startswith("requests.") and code.endswith(".total"))
    }
    return Printed(
        agency=agency,
        year=year,
        edition=edition,
        cells=kept,
        title=title or f"{agency}{year}年政府信息公开工作年度报告",
        without=without,
        without_total=without_total,
        **options,  # type: ignore[arg-type]
    )


def _form(name: str) -> Edition:
    return edition(name)


def _add_totals(form: Edition, texts: dict[str, str], given: Mapping[str, str]) -> None:
    """Rows first, then the table's own total, where the test has not said otherwise and the parts are numbers."""
    for row in form.rows:
        total = f"{row.code}.total"
        if total in form.fields and total not in given:
            _sum_into(texts, total, [code for code in row.codes if code != total])
    for column in next(row for row in form.rows if row.code == "requests.handled").columns:
        code = f"requests.handled.{column.code}"
        if code not in given:
            outcomes = [
                f"{row.code}.{column.code}"
                for row in form.rows
                if row.table == "requests" and row.parent and row.code != "requests.handled"
            ]
            _sum_into(texts, code, outcomes)


def _sum_into(texts: dict[str, str], total: str, parts: list[str]) -> None:
    values = [value_of(texts[part]) for part in parts]
    texts[total] = str(sum((value for value in values if isinstance(value, Decimal)), Decimal(0)))
