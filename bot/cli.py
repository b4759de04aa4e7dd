"""The program `nianbao`: a table of commands, each imported only when it is called, and the edge where errors end."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

import index
from bot.commands.edge import abandon_output, forgiving_output, wrong_call
from index.errors import NianbaoError, reason_of

COMMANDS = {
    "ask": ("bot.commands.ask", "问一个问题"),
    "chat": ("bot.commands.ask", "在终端里对话"),
    "explain": ("bot.commands.ask", "说明一个问题是怎样理解的"),
    "load": ("bot.commands.data", "把年报装入索引"),
    "read": ("bot.commands.data", "只读年报，不存"),
    "list": ("bot.commands.data", "列出已收录的年报"),
    "check": ("bot.commands.data", "列出不成立的勾稽关系"),
    "history": ("bot.commands.data", "一份年报的历次版本和更正"),
    "export": ("bot.commands.data", "导出数据"),
    "remove": ("bot.commands.data", "撤下一份年报（历史仍保留）"),
    "reread": ("bot.commands.data", "用现在的程序重读原件"),
    "backup": ("bot.commands.data", "备份索引和原件"),
    "restore": ("bot.commands.data", "从备份恢复"),
    "bot": ("bot.commands.serve", "运行 Telegram 机器人"),
}
"""Command → module that defines it (under the same name, or with `_command` where the name is a Python word)."""


class Commands(click.Group):
    """Commands from COMMANDS, imported when used, so that one command does not pay for another's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        found = getattr(module, f"{cmd_name}_command", None) or getattr(module, cmd_name)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("命令"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(index.__version__, prog_name="nianbao")
def program() -> None:
    """年报：查询政府信息公开工作年度报告。

    \b
    nianbao ask "示例市甲区2024年收到多少申请"
    nianbao load 年报/ 更多年报.zip
    nianbao COMMAND --help 查看每个命令的用法和例子
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 after an error said in one sentence, 2 for a wrong call."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    forgiving_output()
    try:
        code = program.main(args=words, prog_name="nianbao", standalone_mode=False)
    except click.UsageError as error:
        return _say(f"用法有误：{wrong_call(error)}（用 {_help_of(error)} 查看用法）", words, 2)
    except click.ClickException as error:
        return _say(error.format_message(), words, 1)
    except NianbaoError as error:
        return _say(str(error), words, 1)
    except (KeyboardInterrupt, click.Abort):
        return _say("已中断，已完成的部分保留。", words, 130)
    except BrokenPipeError:
        abandon_output()  # the reader of our output went away (| head); nothing is left to say
        return 0
    except OSError as error:
        if os.environ.get("NIANBAO_DEBUG"):
            raise
        return _say(f"读写出错（{reason_of(error)}）：请检查磁盘空间、路径和权限后再试。", words, 1)
    except Exception as error:
        if os.environ.get("NIANBAO_DEBUG"):
            raise
        hint = "设环境变量 NIANBAO_DEBUG=1 再运行可看到细节，请一并告诉维护者。"
        return _say(f"程序出错（{type(error).__name__}）。{hint}", words, 1)
    return code if isinstance(code, int) else 0


def _help_of(error: click.UsageError) -> str:
    return f"{error.ctx.command_path} --help" if error.ctx else "nianbao --help"


def _say(sentence: str, words: list[str], code: int) -> int:
    with suppress(OSError):
        click.echo(sentence, err=True)
    try:
        if "--json" in words:
            click.echo(json.dumps({"error": sentence}, ensure_ascii=False))
        sys.stdout.flush()
    except (OSError, AttributeError):
        abandon_output()
    return code
