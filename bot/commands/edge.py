"""Where the program meets a terminal: output that never fails for its encoding, and wrong calls said in Chinese."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress

import click

RANGES = (click.IntRange, click.FloatRange)


def forgiving_output() -> None:
    """What the terminal's encoding lacks is printed as a question mark: an answer must not fail for one character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def abandon_output() -> None:
    """Nothing more can be written (pipe closed, disk full): what is still buffered must not fail at the very end."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def wrong_call(error: click.UsageError) -> str:
    """What is wrong with a command line."""
    if isinstance(error, click.NoSuchOption):
        nearest = f"，是不是 {error.possibilities[0]}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{nearest}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error) or '参数'}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面缺少内容或多了内容"
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    command = _unknown_command(error)
    return command or _plain(error)


def _bad_value(error: click.BadParameter) -> str:
    name, kind = _name(error), error.param.type if error.param else None
    if isinstance(kind, RANGES):
        return f"{name} 应为 {kind.min} 到 {kind.max} 的整数"
    if isinstance(kind, click.Choice):
        return f"{name} 只能是 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.types.IntParamType):
        return f"{name} 应为整数"
    return error.message


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return ""
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar(error.ctx) if error.ctx else str(error.param.name)
    return error.param.opts[-1]


def _unknown_command(error: click.UsageError) -> str:
    found = error.message.split("'")
    return f"没有命令 {found[1]}" if error.message.startswith("No such command") and len(found) > 1 else ""


def _plain(error: click.UsageError) -> str:
    if error.message.startswith("Got unexpected extra argument"):
        return f"多了 {error.message.partition('(')[2].rstrip(')')}（含空格的内容请加引号）"
    if error.message.startswith("Missing command"):
        return "缺少命令"
    return error.message
