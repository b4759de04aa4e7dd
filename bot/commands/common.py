"""What the commands share: the index option, the JSON option, opening the index."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from index.store import Index

DEFAULT = Path("data") / "index.db"
"""Under the working directory, unless --index or $NIANBAO_INDEX says otherwise."""

index_option: Callable[[Any], Any] = click.option(
    "--index", "index_file", metavar="FILE", help="索引文件（默认 $NIANBAO_INDEX，否则 data/index.db）。"
)
json_option: Callable[[Any], Any] = click.option("--json", "as_json", is_flag=True, help="输出 JSON，每行一个对象。")


def index_path(index_file: str | None) -> Path:
    """Where the index is."""
    return Path(index_file or os.environ.get("NIANBAO_INDEX") or DEFAULT)


def is_default(index_file: str | None) -> bool:
    """Whether nobody chose an index."""
    return not (index_file or os.environ.get("NIANBAO_INDEX"))


@contextmanager
def ready_index(index_file: str | None) -> Iterator[Index]:
    """The index, open; an empty default one gets the sample reports first, and that is said on stderr."""
    with Index.open(index_path(index_file)) as index:
        if is_default(index_file) and not index.agencies():
            from bot.samples import load_samples

            count = load_samples(index)
            if count:
                click.echo(f"索引是空的，已装入 {count} 份示例年报。", err=True)
        yield index
