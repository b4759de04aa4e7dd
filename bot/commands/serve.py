"""`nianbao bot`: the Telegram bot."""

from __future__ import annotations

import os

import click

from bot.commands.common import index_option, index_path, ready_index
from bot.settings import SettingsError, settings_from
from index.errors import NianbaoError

EPILOG = """\b
例：
  TELEGRAM_BOT_TOKEN=123456:ABC… NIANBAO_ADMINS=4242 nianbao bot
  nianbao bot --webhook https://example.cn/nianbao --listen 127.0.0.1:8443

\b
环境变量：
  TELEGRAM_BOT_TOKEN       @BotFather 给的令牌（必需）
  NIANBAO_ADMINS           机主的用户编号，用逗号分隔；机主可在聊天里指定装入员
  TELEGRAM_WEBHOOK_SECRET  webhook 的密令（不设则每次启动随机生成）
  TELEGRAM_BASE_URL、TELEGRAM_BASE_FILE_URL  本地 Bot API 服务器的地址
"""


@click.command("bot", epilog=EPILOG)
@index_option
@click.option("--webhook", metavar="URL", help="用 webhook 收消息：Telegram 能访问的 https 地址；不写则轮询。")
@click.option("--listen", metavar="HOST:PORT", default="127.0.0.1:8443", show_default=True, help="webhook 监听的地址。")
def bot_command(index_file: str | None, webhook: str | None, listen: str) -> None:
    """运行 Telegram 机器人，直到收到 SIGTERM 或 Ctrl-C。"""
    settings = settings_from(os.environ, index_path(index_file))
    address = _address(listen)
    if webhook is not None and not webhook.startswith("https://"):
        raise SettingsError("--webhook 应为 https:// 开头的地址（Telegram 只往 https 送消息）。")
    with ready_index(index_file, create=True) as store:  # a broken one is told before anybody asks
        if not store.agencies():
            click.echo(f"索引 {store.path} 是空的：请管理员在私聊里发来年报，或运行 nianbao load 装入。", err=True)
    from bot.chat.run import run

    try:
        run(settings, webhook, address)
    except OSError as error:
        raise NianbaoError(f"不能在 {listen} 监听（{error.strerror}）。请换一个端口，或停掉占用它的程序。") from error


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingsError("--listen 应为 地址:端口，如 127.0.0.1:8443。")
    return host.strip("[]"), int(port)
