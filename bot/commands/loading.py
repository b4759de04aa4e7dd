"""`nianbao load`, `read` and `reread`: files into the index, or only looked at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from bot.commands.common import NotFound, index_option, json_option, one_line, open_index, print_json

if TYPE_CHECKING:
    from index.load import LoadResult
    from index.reading import Reading
    from index.report import Figure
    from index.reread import Reread

STATUS = {"loaded": "已装入", "replaced": "已替换", "unchanged": "未变", "rejected": "未装入"}

LOAD_EPILOG = """\b
例：
  nianbao load 年报/ 更多年报.zip
  nianbao load 某局年报.docx --agency 示例市甲区某局 --year 2024
  nianbao load 年报/ --jobs 2 --json
"""


@click.command("load", epilog=LOAD_EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="同时读取的进程数。")
@click.option("--agency", metavar="NAME", help="机关全称，用于正文没有写明机关的年报。")
@click.option("--year", type=click.IntRange(2008, 2100), metavar="YEAR", help="年度，用于正文没有写明年度的年报。")
@index_option
@json_option
def load(
    paths: tuple[str, ...], jobs: int, agency: str | None, year: int | None, index_file: str | None, as_json: bool
) -> int:
    """把年报装入索引：文件、文件夹、ZIP（PDF、Word、网页、Excel、TXT、Markdown、图片）。

    每份一行结果；已装入过的文件不再读取，所以中断后重新运行即可接着装。有文件未能装入时退出码为 1。
    """
    from bot.samples import give_way
    from index.load import Walk, load_paths

    walk = Walk(paths)
    counts = dict.fromkeys(STATUS, 0)
    known: set[tuple[str | None, int | None]] = set()
    with open_index(index_file, create=True) as store:
        with _progress(walk, as_json) as (say, step):
            store.refresh_names()
            for result in load_paths(walk, store, jobs=jobs, agency=agency, year=year):
                counts[result.status] += 1
                known |= {(result.agency, result.year)} if result.status == "unchanged" else set()
                step()
                if as_json:
                    print_json(_result(result))
                else:
                    say(_line(result))
        gone = give_way(store, known)
    if not any(counts.values()):
        raise NotFound("没有找到可以读取的文件：请检查路径，支持 PDF、Word、网页、Excel、TXT、Markdown、图片和 ZIP。")
    total = "，".join(f"{STATUS[status]} {count}" for status, count in counts.items() if count)
    others = f"；另有 {walk.passed_over} 个其他类型的文件没有读" if walk.passed_over else ""
    click.echo(f"共 {sum(counts.values())} 份：{total}{others}。", err=True)
    if gone:
        click.echo(f"已撤下 {len(gone)} 份示例年报，免得混进排名和合计；要再看，可在别的文件夹里提问。", err=True)
    return 1 if counts["rejected"] else 0


@contextmanager
def _progress(walk: Any, quiet: bool) -> Iterator[tuple[Any, Any]]:
    """How to say a line and how to count one file; with a bar where a person is looking."""
    if quiet or not sys.stderr.isatty():
        yield click.echo, lambda: None
        return
    from tqdm import tqdm

    with tqdm(total=sum(1 for _ in walk.files()), unit="份", file=sys.stderr) as bar:
        yield lambda line: tqdm.write(line, file=sys.stdout), bar.update


def _result(result: LoadResult) -> dict[str, Any]:
    names = ("file", "status", "agency", "year", "figures", "failed_checks", "error")
    return {name: getattr(result, name) for name in names}


def _line(result: LoadResult) -> str:
    head = f"{STATUS[result.status]}  {one_line(result.file)}"
    if result.error:
        return f"{head}  {one_line(result.error)}"
    failed = f"，{result.failed_checks} 条核对不符" if result.failed_checks else ""
    line = f"{head}  {result.agency} {result.year}年，{result.figures} 个数据{failed}"
    notes = () if result.status == "unchanged" else result.notes
    return "\n".join([line, *(f"        注意：{one_line(note)}" for note in notes)])


READ_EPILOG = """\b
例：
  nianbao read 年报.pdf
  nianbao read 年报.pdf --show requests.received.total
  nianbao read *.html --json
"""


@click.command("read", epilog=READ_EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--show", "code", metavar="FIELD", help="只看一个数据项：读到的原文和所在位置。")
@json_option
def read(files: tuple[str, ...], code: str | None, as_json: bool) -> int:
    """只读年报、不存：机关、年度、每个数据、核对结果和没能读懂的地方。"""
    from index import forms
    from index.load import Walk, look_at

    if code is not None and code not in forms.fields():
        raise NotFound(f"表格里没有编码为 {code} 的数据项：编码形如 requests.received.total。")
    failed = found = False
    for item in Walk(files):
        found = True
        reading = item.error or look_at(item)
        if isinstance(reading, str):
            failed = True
            _say_error(item.name, reading, as_json)
        elif as_json:
            print_json(_shown(item.name, reading, code) if code else _entry(item.name, reading))
        else:
            click.echo(_cell_text(reading.figures.get(code), code) if code else _text(item.name, reading))
    if not found:
        raise NotFound("没有找到可以读取的文件：请检查路径。")
    return 1 if failed else 0


def _say_error(file: str, error: str, as_json: bool) -> None:
    click.echo(one_line(f"{file}：{error}"), err=True)
    if as_json:
        print_json({"file": file, "error": error})


def _entry(file: str, reading: Reading) -> dict[str, Any]:
    cells = reading.figures.values()
    return {
        "file": file,
        "agency": reading.agency,
        "year": reading.year,
        "edition": reading.edition,
        "figures": {each.code: each.value for each in cells if each.value is not None},
        "derived": [each.code for each in cells if each.status == "derived"],
        "blank": [each.code for each in cells if each.status == "blank"],
        "checks": [
            {
                "rule": check.rule,
                "label": check.label,
                "left": check.left_value,
                "right": check.right_value,
                "gap": check.gap,
                "codes": sorted(check.codes),
                "verdict": check.verdict,
            }
            for check in reading.checks
            if not check.holds
        ],
        "unread": [{"text": each.text, "why": each.why, "code": each.code} for each in reading.unread],
        "notes": list(reading.notes),
    }


def _text(file: str, reading: Reading) -> str:
    cells = list(reading.figures.values())
    failed = [check for check in reading.checks if not check.holds]
    lines = [
        one_line(file),
        f"  机关：{reading.agency or '未写明'}；年度：{reading.year or '未写明'}；表格版本：{reading.edition}",
        f"  数据 {len(cells)} 个，其中推算 {sum(each.status == 'derived' for each in cells)} 个，"
        f"空白 {sum(each.status == 'blank' for each in cells)} 个",
        *(
            f"  核对不符：{check.label}：{check.left_value} ≠ {check.right_value}（{check.rule}）{check.verdict}"
            for check in failed
        ),
        *(f"  没能读懂：{each.text}（{each.why}）" for each in reading.unread),
        *(f"  注意：{note}" for note in reading.notes),
    ]
    return "\n".join(lines)


def _shown(file: str, reading: Reading, code: str) -> dict[str, Any]:
    figure = reading.figures.get(code)
    if figure is None:
        return {"file": file, "field": code, "status": "absent"}
    place = figure.place
    names = ("page", "box", "line", "table", "row", "column", "sheet")
    where = {name: getattr(place, name) for name in names if place and getattr(place, name) is not None}
    about = {"value": figure.value, "status": figure.status, "raw": figure.raw, "place": where}
    return {"file": file, "field": code, **about}


PLACE = {
    "page": "第{}页",
    "sheet": "工作表“{}”",
    "line": "第{}行",
    "table": "第{}个表",
    "row": "第{}行",
    "column": "第{}列",
}


def _cell_text(figure: Figure | None, code: str | None) -> str:
    from index import forms

    label = forms.field(str(code)).label
    if figure is None:
        return f"{label}：这份年报里没有这一项（未列出）。"
    known = [
        text.format(getattr(figure.place, name)) for name, text in PLACE.items() if getattr(figure.place, name, None)
    ]
    box = getattr(figure.place, "box", None)
    area = f"，方框 {', '.join(f'{side:.0f}' for side in box)}（点，自左上角）" if box else ""
    value = {"blank": "未填写", "derived": f"{figure.value}（推算）"}.get(figure.status, str(figure.value))
    raw = f"，原文“{figure.raw}”" if figure.raw else ""
    return f"{label}：{value}{raw}；位置：{' '.join(known) or '未知'}{area}"


REREAD_EPILOG = """\b
例：
  nianbao reread --dry-run      只列出会有哪些变化
  nianbao reread                把变化存为新版本
"""


@click.command("reread", epilog=REREAD_EPILOG)
@click.option("--dry-run", is_flag=True, help="只列出变化，不存。")
@index_option
@json_option
def reread(dry_run: bool, index_file: str | None, as_json: bool) -> int:
    """用现在的程序重读原件：哪些数据会变，多成立或少成立几条勾稽关系。"""
    from index.reread import reread as read_again

    failed = changed = count = 0
    with open_index(index_file) as store:
        for result in read_again(store, dry_run=dry_run):
            count += 1
            failed += result.error is not None
            changed += bool(result.changes)
            if as_json:
                print_json(_reread_entry(result))
            elif result.error or result.changes:
                click.echo(_reread_text(result))
    click.echo(f"重读 {count} 份：{changed} 份有变化，{failed} 份读不了。{'（没有存）' if dry_run else ''}", err=True)
    return 1 if failed else 0


def _reread_entry(result: Reread) -> dict[str, Any]:
    changes = [
        {"field": each.code, "before": each.before and each.before[0], "after": each.after and each.after[0]}
        for each in result.changes
    ]
    about = {"agency": result.source.agency, "year": result.source.year, "changes": changes}
    return about | {"gained": result.gained, "lost": result.lost, "stored": result.stored, "error": result.error}


def _reread_text(result: Reread) -> str:
    head = f"{result.source.agency} {result.source.year}年"
    if result.error:
        return f"{head}：{result.error}"
    lines = [f"{head}：{len(result.changes)} 个数据变化，勾稽关系多成立 {result.gained} 条、少成立 {result.lost} 条"]
    for each in result.changes:
        before, after = (_cell(cell) for cell in (each.before, each.after))
        lines.append(f"  {each.code}：{before} → {after}")
    return "\n".join(lines)


def _cell(cell: tuple[Any, str] | None) -> str:
    if cell is None:
        return "未列出"
    return {"blank": "未填写", "derived": f"{cell[0]}（推算）"}.get(cell[1], str(cell[0]))
