"""`nianbao remove`, `backup` and `restore`: the care of an index."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.common import find_agency, index_option, index_path, json_option, open_index, print_json

REMOVE_EPILOG = """\b
例：
  nianbao remove 示例市 2024 --reason 文件有误
"""


@click.command("remove", epilog=REMOVE_EPILOG)
@click.argument("name", metavar="NAME")
@click.argument("year", type=int, metavar="YEAR")
@click.option("--reason", default="", metavar="TEXT", help="原因，记入历史。")
@index_option
@json_option
def remove(name: str, year: int, reason: str, index_file: str | None, as_json: bool) -> None:
    """撤下一份年报：不再回答它的内容，历史和原件仍保留，重新装入即可恢复。"""
    with open_index(index_file) as store:
        source = store.remove(find_agency(store, name).id, year, reason=reason)
    if as_json:
        print_json({"removed": True, "agency": source.agency, "year": source.year, "revision": source.revision})
    else:
        click.echo(f"已撤下 {source.agency} {source.year}年（第{source.revision}版），历史仍保留。")


BACKUP_EPILOG = """\b
例：
  nianbao backup 备份/2025-06-01.db
  nianbao backup 备份/2025-06-01.zip      （一个文件，连同机器人的记忆，和机器人 /backup 发来的一样）
"""


@click.command("backup", epilog=BACKUP_EPILOG)
@click.argument("file", metavar="FILE")
@index_option
@json_option
def backup(file: str, index_file: str | None, as_json: bool) -> None:
    """备份索引和原件，写成 .zip 时连同机器人的记忆；机器人可以照常运行。"""
    from bot.archive import write
    from bot.memory import memory_path

    zipped = file.lower().endswith(".zip")
    with open_index(index_file) as store:
        left_out = not zipped and memory_path(store.path).is_file()
        count, memory = write(store, Path(file)) if zipped else (store.backup(Path(file)), False)
    if as_json:
        print_json({"backup": file, "originals": count, "memory": memory})
        return
    click.echo(f"已备份到 {file}，原件 {count} 个{'，连同机器人的记忆' if memory else ''}。")
    if left_out:
        click.echo("机器人的记忆不在其中：要一起备份，请写成 .zip。", err=True)


RESTORE_EPILOG = """\b
例：
  nianbao restore 备份/2025-06-01.db
  nianbao restore nianbao-backup-2025-06-01.zip      （.zip 连同机器人的记忆，/backup 发来的也行）
"""


@click.command("restore", epilog=RESTORE_EPILOG)
@click.argument("file", metavar="FILE")
@index_option
@json_option
def restore(file: str, index_file: str | None, as_json: bool) -> None:
    """从备份恢复。请先停掉正在使用索引的程序；原来的索引改名为 *.before-restore 保留。"""
    from bot.archive import opened
    from index.store import restore_backup

    path = index_path(index_file)
    with opened(Path(file)) as copy:
        restore_backup(copy.index, path)
        memory = copy.restore_memory(path)
    if as_json:
        print_json({"restored": str(path), "from": file, "memory": memory})
    else:
        click.echo(f"已从 {file} 恢复 {path}{'，连同机器人的记忆' if memory else ''}。")
