"""What the commands share: the index they work on, JSON lines, and finding the agency that was named."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from index.errors import NianbaoError

if TYPE_CHECKING:
    from index.store import Agency, Index

DEFAULT_INDEX = "data/index.db"
F = TypeVar("F", bound=Callable[..., Any])


class NotFound(NianbaoError):
    """What was named on the command line is not in the index."""


def index_option(command: F) -> F:
    text = f"索引文件（默认 $NIANBAO_INDEX，否则 {DEFAULT_INDEX}）。"
    return click.option("--index", "index_file", metavar="FILE", help=text)(command)


def json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON，每行一个对象。")(command)


def index_path(index_file: str | None) -> Path:
    """The index to work on: the one named, else $NIANBAO_INDEX, else data/index.db."""
    return Path(index_file or os.environ.get("NIANBAO_INDEX") or DEFAULT_INDEX)


def open_index(index_file: str | None, *, create: bool = False) -> Index:
    """The index, which must be there unless `create`."""
    from index.store import Index

    path = index_path(index_file)
    if not create and not index_file and os.environ.get("NIANBAO_INDEX") and not path.exists():
        raise NotFound(f"没有索引 {path}：环境变量 NIANBAO_INDEX 指着它，请检查路径，或先用 nianbao load 载入年报。")
    return Index.open(path, create=create)


@contextmanager
def ready_index(index_file: str | None, *, create: bool = False) -> Iterator[Index]:
    """The index to ask; the default one gets the sample reports while it is empty, and says so.

    One that is named, here or by $NIANBAO_INDEX, must be there, as a mistyped name has no answers; `create` is for who
    can fill it.
    """
    named = index_file or os.environ.get("NIANBAO_INDEX")
    with open_index(index_file, create=create or not named) as store:
        if index_file is None and not store.agencies():
            from bot.samples import load_samples

            count = load_samples(store)
            if count:
                click.echo(f"索引 {store.path} 是空的，已装入 {count} 份示例年报。", err=True)
        yield store


def one_line(text: str) -> str:
    """A name with line ends or control characters in it, so that it can neither break a line nor steer a terminal."""
    return "".join(char if char.isprintable() or char == "\u3000" else "�" for char in text)


def clean_text(text: str) -> str:
    """Bytes that are no UTF-8 reach Python as half characters, which can be neither printed nor stored."""
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    raw = text.encode("utf-8", errors="surrogatepass")
    with suppress(UnicodeEncodeError):
        raw = text.encode("utf-8", errors="surrogateescape")
    with suppress(UnicodeDecodeError):
        return raw.decode("gb18030") if not _is_utf8(raw) else raw.decode()
    return raw.decode("utf-8", errors="replace")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def print_json(entry: Mapping[str, Any]) -> None:
    click.echo(json.dumps(entry, ensure_ascii=False, default=plain))


def plain(value: Any) -> Any:
    """For JSON: a Decimal as the number it is, a time as ISO 8601."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(value) if isinstance(value, (set, frozenset)) else list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def find_agency(store: Index, name: str) -> Agency:
    """The one loaded agency of that name, printed name, or part of a name; else a sentence that lists what fits."""
    wanted = _folded(name)
    agencies = store.agencies()
    meant = {wanted, f"{wanted}人民政府"}  # 示例市 is its government, as in a question
    exact = [each for each in agencies if meant & {_folded(each.name), *map(_folded, each.printed)}]
    found = exact or [each for each in agencies if any(wanted in _folded(printed) for printed in each.printed)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"索引里没有“{name}”的年报：可用 nianbao list 查看已收录的机关。")
    names = "、".join(each.name for each in found[:8]) + (" 等" if len(found) > 8 else "")
    raise NotFound(f"“{name}”符合 {len(found)} 个机关，请写全称：{names}。")


def agencies_with(store: Index, name: str | None, year: int | None) -> list[Agency]:
    """The agency of that name, or all, with a report of that year; that there is none is said."""
    agencies = [find_agency(store, name)] if name else list(store.agencies())
    found = [each for each in agencies if year is None or year in each.years]
    if not found and year is not None:
        years = sorted({each_year for each in agencies for each_year in each.years})
        whose = agencies[0].name if name else "任何机关"
        loaded = f"已收录的年度：{'、'.join(map(str, years))}" if years else "索引里还没有年报"
        raise NotFound(f"没有收录{whose}{year}年的年报。{loaded}。")
    return found


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
