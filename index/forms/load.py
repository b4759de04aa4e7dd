"""index/forms/<edition>/ → Edition. Bad data raises DataError with file and line; README.md describes the files."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from index.errors import DataError
from index.forms.model import Column, Edition, Equation, Field, Row, Sum

FOLDER = Path(__file__).parent
STATISTICS = "statistics"
"""The table of reports up to 2018: another form altogether, with one column of numbers."""
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)*")


@cache
def editions() -> tuple[Edition, ...]:
    """All editions, newest first."""
    loaded = [_load(folder) for folder in FOLDER.iterdir() if (folder / "edition.toml").exists()]
    return tuple(sorted(loaded, key=lambda each: -each.first_year))


def edition(name: str) -> Edition:
    """The edition of that name ('2021'). An unknown name is a KeyError."""
    return next((each for each in editions() if each.name == name), None) or _unknown(name)


@cache
def current() -> tuple[Edition, ...]:
    """The editions in use since 2019, newest first: one form that was amended, whose rows a report may mix."""
    return tuple(each for each in editions() if each.name != STATISTICS)


@cache
def fields() -> Mapping[str, Field]:
    """Every field of the editions since 2019 by code; where two share a code, the newer one's."""
    return {code: found for each in reversed(current()) for code, found in each.fields.items()}


@cache
def all_fields() -> Mapping[str, Field]:
    """Every field that a report may have, those of the statistics table of reports up to 2018 last."""
    return {**fields(), **edition(STATISTICS).fields}


def field(code: str) -> Field:
    """The field of that code, whatever its edition. An unknown code is a KeyError."""
    return all_fields()[code]


@cache
def sums() -> Mapping[str, Sum]:
    """Every sum by code; parts as the newest edition has them."""
    return {code: found for each in reversed(editions()) for code, found in each.sums.items()}


def _unknown(name: str) -> Edition:
    raise KeyError(name)


def _load(folder: Path) -> Edition:
    about = tomllib.loads((folder / "edition.toml").read_text(encoding="utf-8"))
    rows = _rows(folder)
    fields = {field.code: field for row in rows for field in _fields(row)}
    names = _Names(rows)
    sums = {each.code: each for each in _sums(folder, names)}
    return Edition(
        name=about["name"],
        document=about["document"],
        first_year=about["first_year"],
        title=about["title"],
        sections=about["sections"],
        rows=rows,
        fields=fields,
        sums=sums,
        equations=tuple(_equations(folder, names, fields.keys() | sums.keys())),
    )


def _rows(folder: Path) -> tuple[Row, ...]:
    groups: dict[str, list[Column]] = {}
    for _, line in _lines(folder / "columns.csv"):
        column = Column(line["column"], line["label"], line["parent"], line["unit"], _variants(line["also"]))
        groups.setdefault(line["columns"], []).append(column)
    rows = []
    for where, line in _lines(folder / "rows.csv"):
        if line["columns"] not in groups:
            raise DataError(f"{where}：没有名为 {line['columns']} 的列组")
        columns = tuple(groups[line["columns"]])
        row = Row(line["row"], line["table"], line["label"], line["parent"], _variants(line["also"]), columns)
        rows.append(row)
    return tuple(rows)


def _fields(row: Row) -> Iterator[Field]:
    for column in row.columns:
        yield Field(f"{row.code}.{column.code}", column.unit, row, column)


class _Names:
    """What {request}, {applicant} and {result} stand for in sums.csv and equations.csv."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        requests = [row for row in rows if row.table == "requests"]
        disputes = [row for row in rows if row.table == "disputes"]
        self.rows = [row.code for row in requests]
        self.groups = sorted({code.rsplit(".", 1)[0] for code in self.rows if code.count(".") > 1})
        self.applicants = [column.code for column in requests[0].columns] if requests else []
        self.results = [column.code for column in disputes[0].columns] if disputes else []

    def values(self, pattern: str, with_groups: bool) -> Iterator[dict[str, str]]:
        if "{request}" in pattern:
            for row in self.rows + (self.groups if with_groups else []):
                yield {"request": row}
        elif "{applicant}" in pattern:
            for applicant in self.applicants:
                yield {"applicant": applicant}
        elif "{result}" in pattern:
            for result in self.results:
                yield {"result": result}
        else:
            yield {}


def _sums(folder: Path, names: _Names) -> Iterator[Sum]:
    for where, line in _lines(folder / "sums.csv"):
        for values in names.values(line["code"] + line["parts"], with_groups=True):
            parts = _codes(line["parts"], values)
            if any(not CODE.fullmatch(part) for part in parts):
                raise DataError(f"{where}：组成写法有误：{line['parts']}")
            yield Sum(line["code"].format(**values), line["label"], "件", parts)


def _equations(folder: Path, names: _Names, known: set[str]) -> Iterator[Equation]:
    for where, line in _lines(folder / "equations.csv"):
        for values in names.values(line["left"] + line["right"], with_groups=False):
            left, right = _codes(line["left"], values), _codes(line["right"], values)
            for code in chain(left, right):
                if code not in known:
                    raise DataError(f"{where}：没有编码 {code}")
            yield Equation(line["rule"], line["label"], left, right)


def _codes(pattern: str, values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(part.strip().format(**values) for part in pattern.split("+"))


def _variants(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _lines(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for line in reader:
            yield f"{path.parent.name}/{path.name} 第{reader.line_num}行", line
