"""`nianbao export`: every figure as CSV, XLSX or JSON lines."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from bot.commands.common import NotFound, agencies_with, index_option, index_path, open_index, plain, print_json
from index.errors import NianbaoError, reason_of

if TYPE_CHECKING:
    from index.store import Index

HEADS = ("agency", "year", "field", "label", "value", "unit", "status", "corrected", "file")
LABELS = ("机关", "年度", "编码", "项目", "数值", "单位", "状态", "更正", "文件")
EPILOG = """\b
例：
  nianbao export --format csv -o 年报.csv
  nianbao export --format xlsx -o 年报.xlsx --year 2024
  nianbao export --format json --agency 示例市
"""


@click.command("export", epilog=EPILOG)
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "json"]), help="格式（默认看文件名，否则 CSV）。")
@click.option("-o", "--output", metavar="FILE", help="写到文件（默认写到屏幕；XLSX 必须写到文件）。")
@click.option("--agency", "name", metavar="NAME", help="只要一个机关。")
@click.option("--year", type=int, metavar="YEAR", help="只要一年。")
@click.option("--field", "codes", multiple=True, metavar="FIELD", help="只要这些数据项（编码），可重复。")
@index_option
@click.option("--json", "as_json", is_flag=True, help="同 --format json。")
def export(
    kind: str | None,
    output: str | None,
    name: str | None,
    year: int | None,
    codes: tuple[str, ...],
    index_file: str | None,
    as_json: bool,
) -> None:
    """导出数据：每行一个数据，有机关、年度、项目、数值、单位、状态和出处。"""
    if output is not None and Path(output).resolve() == index_path(index_file).resolve():
        raise NianbaoError(f"{output} 就是索引本身：请导出到另一个文件。")
    chosen = "json" if as_json else kind or _kind_of(output)
    with open_index(index_file) as store:
        unknown = [code for code in codes if code not in store.columns]
        if unknown:
            raise NotFound(f"表格里没有编码为 {unknown[0]} 的数据项：编码形如 requests.received.total。")
        agencies = [each.id for each in agencies_with(store, name, year)]
        rows = _rows(store, agencies, year, codes or tuple(store.columns))
        _WRITERS[chosen](rows, output)


def _kind_of(output: str | None) -> str:
    """By the ending of the file's name; CSV for the screen."""
    if output is None:
        return "csv"
    ending = Path(output).suffix.lower().lstrip(".")
    kind = "json" if ending == "jsonl" else ending
    if kind not in _WRITERS:
        raise NianbaoError(
            f"看不出 {output} 要写成哪种格式：文件名请以 .csv、.xlsx 或 .json 结尾，或用 --format 写明。"
        )
    return kind


def _rows(store: Index, agencies: list[int], year: int | None, codes: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """An agency at a time, so that memory stays flat."""
    from index import forms

    for agency_id in agencies:
        for each in store.figures([agency_id], None if year is None else [year], codes):
            field = forms.field(each.code)
            about = (each.source.agency, each.source.year, each.code, field.label, each.value, field.unit)
            yield dict(zip(HEADS, (*about, each.status, each.corrected, each.source.file), strict=True))


@contextmanager
def _opened(output: str | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise NianbaoError(f"写不到 {output}（{reason_of(error)}）：请检查路径、空间和写权限。") from error


def _write_csv(rows: Iterable[dict[str, Any]], output: str | None) -> None:
    with _opened(output) as file:
        file.write("\ufeff")  # without it Excel takes the file for GBK
        writer = csv.writer(file)
        writer.writerow(LABELS)
        for row in rows:
            writer.writerow([_safe(value) for value in _cells(row)])


def _cells(row: dict[str, Any]) -> list[Any]:
    return [
        "" if value is None else "是" if value is True else "" if value is False else value for value in row.values()
    ]


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _write_json(rows: Iterable[dict[str, Any]], output: str | None) -> None:
    if output is None:
        for row in rows:
            print_json(row)
        return
    import json

    with _opened(output) as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, default=plain) + "\n")


def _write_xlsx(rows: Iterable[dict[str, Any]], output: str | None) -> None:
    if output is None:
        raise NotFound("XLSX 要写到文件：请加 -o 文件名.xlsx。")
    from bot.commands.xlsx import write_xlsx

    try:
        write_xlsx(Path(output), LABELS, (_cells(row) for row in rows))
    except OSError as error:
        raise NianbaoError(f"写不到 {output}（{reason_of(error)}）：请检查路径、空间和写权限。") from error


_WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx, "json": _write_json}
