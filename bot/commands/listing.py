"""`nianbao list`, `check` and `history`: what is loaded, what does not add up, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bot.commands.common import NotFound, agencies_with, find_agency, index_option, json_option, open_index, print_json

if TYPE_CHECKING:
    from index.store import Event, FailedCheck, Index

LIST_EPILOG = """\b
例：
  nianbao list
  nianbao list 示例 --json
"""


@click.command("list", epilog=LIST_EPILOG)
@click.argument("name", required=False, metavar="[NAME]")
@index_option
@json_option
def list_command(name: str | None, index_file: str | None, as_json: bool) -> None:
    """列出已收录的机关和年度；写上名称（或其中几个字）则只列它们。"""
    with open_index(index_file) as store:
        agencies = [each for each in store.agencies() if not name or any(name in printed for printed in each.printed)]
        if name and not agencies:
            raise NotFound(f"索引里没有名称含“{name}”的机关：可用 nianbao list 查看全部。")
        if as_json:
            for agency in agencies:
                print_json({"agency": agency.name, "years": agency.years, "reports": _reports(store, agency.id)})
            return
        for agency in agencies:
            click.echo(f"{agency.name}  {'、'.join(map(str, agency.years))}")
        reports = sum(len(agency.years) for agency in agencies)
    click.echo(f"共 {len(agencies)} 个机关，{reports} 份年报。", err=True)


def _reports(store: Index, agency_id: int) -> list[dict[str, Any]]:
    names = ("year", "agency", "edition", "file", "sha256", "revision", "loaded_at", "loaded_by", "reader")
    return [{name: getattr(source, name) for name in names} for source in store.sources(agency_id)]


CHECK_EPILOG = """\b
例：
  nianbao check
  nianbao check --agency 示例市 --year 2024
"""


@click.command("check", epilog=CHECK_EPILOG)
@click.option("--agency", "name", metavar="NAME", help="只看一个机关。")
@click.option("--year", type=int, metavar="YEAR", help="只看一年。")
@index_option
@json_option
def check(name: str | None, year: int | None, index_file: str | None, as_json: bool) -> None:
    """列出不成立的勾稽关系，以及上下年之间、机关之间核对不上的地方。"""
    with open_index(index_file) as store:
        chosen = agencies_with(store, name, year)
        failed = store.failed_checks([each.id for each in chosen] if name else None, [year] if year else None)
    for each in failed:
        if as_json:
            print_json(_check_entry(each))
        else:
            click.echo(_check_text(each))
    click.echo(f"共 {len(failed)} 条核对不符。" if failed else "没有发现核对不符。", err=True)


def _check_text(failed: FailedCheck) -> str:
    """The rule names the cell it is about: one equation holds in each column of a table."""
    from index import forms

    code = failed.rule.partition(":")[2]
    cell = f"（{forms.field(code).label}）" if code in forms.fields() else ""
    verdict = f"（{failed.verdict}）" if failed.verdict else ""
    return f"{failed.source.agency} {failed.source.year}年  {failed.label}{cell}：{failed.detail}{verdict}"


def _check_entry(failed: FailedCheck) -> dict[str, Any]:
    return {
        "agency": failed.source.agency,
        "year": failed.source.year,
        "rule": failed.rule,
        "label": failed.label,
        "detail": failed.detail,
        "codes": sorted(failed.codes),
        "verdict": failed.verdict,
        "between_reports": failed.between,
    }


HISTORY_EPILOG = """\b
例：
  nianbao history 示例市 2024
  nianbao history 示例市 2024 --restore 1     让第1版重新生效
"""
WHAT = {
    "loaded": "装入",
    "replaced": "换成新文件",
    "reread": "重读",
    "removed": "撤下",
    "undone": "撤销",
    "restored": "恢复旧版",
    "corrected": "更正",
    "uncorrected": "撤销更正",
    "regrouped": "归入另一机关",
}


@click.command("history", epilog=HISTORY_EPILOG)
@click.argument("name", metavar="NAME")
@click.argument("year", type=int, metavar="YEAR")
@click.option("--restore", "revision", type=int, metavar="N", help="让第 N 版重新生效。")
@index_option
@json_option
def history(name: str, year: int, revision: int | None, index_file: str | None, as_json: bool) -> None:
    """一份年报发生过什么：各版、更正、撤下和恢复；也可以让旧版重新生效。"""
    with open_index(index_file) as store:
        agency_id = _agency_ever(store, name)
        if revision is not None:
            store.restore(agency_id, year, revision)
        events = store.history(agency_id, year)
    if not events:
        raise NotFound(f"“{name}”{year}年没有装入过年报：可用 nianbao list 查看已收录的年度。")
    for event in events:
        if as_json:
            print_json(_event_entry(event))
        else:
            click.echo(_event_text(event))


def _agency_ever(store: Index, name: str) -> int:
    """Of a report taken out the agency is no longer listed, but its history stays."""
    known = store.agencies_ever()
    exact = [agency_id for agency_id, printed in known if printed == name]
    return exact[0] if exact else find_agency(store, name).id


def _event_entry(event: Event) -> dict[str, Any]:
    names = ("at", "what", "by", "reason", "revision", "file")
    entry = {name: getattr(event, name) for name in names}
    made = event.correction
    if made is not None:
        entry |= {"field": made.code, "old_value": made.old_value, "new_value": made.new_value}
    return entry


def _event_text(event: Event) -> str:
    made = event.correction
    cell = f"  {made.code}：{made.old_value} → {made.new_value}" if made else ""
    revision = f"  第{event.revision}版" if event.revision else ""
    extra = "".join(f"  {part}" for part in (event.file, event.by, event.reason) if part)
    return f"{event.at:%Y-%m-%d %H:%M}  {WHAT[event.what]}{revision}{cell}{extra}"
