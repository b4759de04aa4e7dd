"""`nianbao ask`, `chat`, `explain`: questions at the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.answers import Conversation, Engine, Turn
from bot.commands.common import clean_text, index_option, json_option, print_json, ready_index
from bot.question.scope import leaves
from bot.render import text, to_json
from index.errors import NianbaoError, reason_of

ASK_EPILOG = """\b
例：
  nianbao ask "示例市甲区2024年收到多少申请"
  nianbao ask "示例市去年公开率是多少" --today 2025-06-01 --json
  nianbao ask --batch 问题.jsonl --json
"""
CHAT_EPILOG = """\b
例：
  nianbao chat
  > 示例市2024年收到多少申请
  > 那2023年呢
"""
EXPLAIN_EPILOG = """\b
例：
  nianbao explain "示例市甲区2024年不予公开多少件"
"""

today_option = click.option("--today", metavar="YYYY-MM-DD", help="把这一天当作今天（默认为上海时间的今天）。")


def day(text_: str | None) -> date:
    """The day that was given, else today in Asia/Shanghai. A wrong one is a usage error."""
    if text_ is None:
        return datetime.now(ZoneInfo("Asia/Shanghai")).date()
    try:
        return date.fromisoformat(text_)
    except ValueError:
        raise click.BadParameter(f"日期“{text_}”应写成 2025-06-01 的样子") from None


@click.command(epilog=ASK_EPILOG)
@click.argument("question", required=False, type=clean_text)
@index_option
@json_option
@today_option
@click.option(
    "--batch",
    metavar="FILE",
    help='逐行回答 JSON 行 {"id", "turns": [...], "today"}，只答每段对话的最后一句；- 为标准输入。',
)
def ask(question: str | None, index_file: str | None, as_json: bool, today: str | None, batch: str | None) -> int:
    """问一个问题，印出年报上的数字和出处。"""
    now = day(today)
    if (batch is None) == (question is None):
        raise click.UsageError("请给出一个问题，或用 --batch 给出问题文件，二者取一")
    if question is not None:
        _require(question)
    with ready_index(index_file) as index:
        engine = Engine(index)
        if question is None:
            return _batch(engine, batch or "", now, as_json)
        turn = engine.ask(question, Conversation(), now)
        click.echo(_json(to_json(turn.answer)) if as_json else text(turn.answer))
    return 0


def _require(question: str) -> None:
    if not question.strip():
        raise NianbaoError("问题是空的，请输入一句话，例如：示例市甲区2024年收到多少申请。")


def _batch(engine: Engine, batch: str, now: date, as_json: bool) -> int:
    """A line that cannot be asked is said so in its place, and the others are answered all the same."""
    failed = 0
    for number, line in _lines(batch):
        name: Any = None
        try:
            case = _parsed(line, number)
            name = case.get("id")
            turn = _last(engine, _turns(case, number), _day_of(case, number) or now)
        except NianbaoError as error:
            failed += 1
            click.echo(str(error), err=True)
            if as_json:
                print_json({"id": name, "error": str(error)})
            continue
        except Exception as error:
            failed += 1
            _fallen(name, number, error, as_json)
            continue
        if as_json:
            click.echo(_json({"id": name, **to_json(turn.answer)}))
        else:
            click.echo(f"{number if name is None else name}\t{text(turn.answer)}\n")
    return 1 if failed else 0


def _fallen(name: Any, number: int, error: Exception, as_json: bool) -> None:
    """A fault of the program in one question must not cost the ones behind it."""
    said = f"第{number}行的问题程序出错（{type(error).__name__}），已跳过，请告诉维护者。"
    click.echo(said, err=True)
    if as_json:
        print_json({"id": name, "error": said})


def _last(engine: Engine, turns: list[str], today: date) -> Turn:
    """The turn of the last message of a fresh conversation."""
    conversation = Conversation()
    for message in turns[:-1]:
        conversation = engine.ask(message, conversation, today).conversation
    return engine.ask(turns[-1], conversation, today)


def _lines(batch: str) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers, as they come."""
    count = 0
    try:
        with open(0, "rb", closefd=False) if batch == "-" else Path(batch).open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip(b"\xef\xbb\xbf \t\r\n"):
                    count += 1
                    yield number, line
    except OSError as error:
        raise NianbaoError(f"不能读取问题文件 {batch}（{reason_of(error)}）：请检查路径和权限。") from error
    if not count:
        raise NianbaoError(f"问题文件 {batch} 是空的：每行应是一个 JSON 对象，有 id 和 turns。")


def _parsed(line: bytes, number: int) -> dict[str, Any]:
    try:
        case = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NianbaoError(f"问题文件第{number}行不是 UTF-8 文本：请另存为 UTF-8 再试。") from error
    except (ValueError, RecursionError) as error:
        raise NianbaoError(f"问题文件第{number}行不是 JSON。") from error
    if not isinstance(case, dict):
        raise NianbaoError(f"问题文件第{number}行应是有 id 和 turns 的 JSON 对象。")
    return case


def _turns(case: dict[str, Any], number: int) -> list[str]:
    turns = case.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise NianbaoError(f"问题文件第{number}行没有 turns（问题的列表）。")
    return [clean_text(turn) for turn in turns]


def _day_of(case: dict[str, Any], number: int) -> date | None:
    given = case.get("today")
    if given in (None, ""):
        return None
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise NianbaoError(f"问题文件第{number}行的 today 应写成 2025-06-01 的样子。") from None


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


@click.command(epilog=CHAT_EPILOG)
@index_option
@json_option
@today_option
def chat(index_file: str | None, as_json: bool, today: str | None) -> None:
    """在终端里对话：接着问“那2023年呢”，用“第二个”选一家；输入“退出”、空行或 Ctrl-D 结束。"""
    fixed = day(today) if today else None
    with ready_index(index_file) as index:
        engine = Engine(index)
        if _at_terminal():
            click.echo("请直接提问；要结束，输入“退出”。", err=True)
        try:
            _converse(engine, fixed, as_json)
        except KeyboardInterrupt:
            click.echo()
        if _at_terminal():
            click.echo("对话结束。", err=True)


def _converse(engine: Engine, fixed: date | None, as_json: bool) -> None:
    """Until an empty line, the end of what is typed, or a word of leave."""
    conversation = Conversation()
    while (message := _read_message()) and not leaves(message):
        turn = engine.ask(message, conversation, fixed or day(None))
        conversation = turn.conversation
        click.echo(_json(to_json(turn.answer)) if as_json else text(turn.answer))


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _read_message() -> str:
    if _at_terminal():
        click.echo("> ", nl=False)
    return clean_text(sys.stdin.buffer.readline().decode("utf-8", errors="surrogateescape")).strip()


@click.command(epilog=EXPLAIN_EPILOG)
@click.argument("question", type=clean_text)
@index_option
@json_option
@today_option
def explain(question: str, index_file: str | None, as_json: bool, today: str | None) -> None:
    """说明一个问题是怎样理解的：认出了什么、候选及其分数、查询、读了哪些格。"""
    now = day(today)
    _require(question)
    with ready_index(index_file) as index:
        turn = Engine(index).ask(question, Conversation(), now)
    if as_json:
        click.echo(_json(dict(turn.answer.trace)))
        return
    from bot.render.explain import explanation

    click.echo(explanation(turn.answer))
