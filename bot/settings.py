"""Settings of the bot, from the environment, read once; the token never shows itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import NianbaoError

TELEGRAM = "https://api.telegram.org"


class SettingsError(NianbaoError):
    """A setting is missing or cannot be understood; the message names the variable."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `nianbao bot` needs to know."""

    token: str = field(repr=False)
    index: Path
    owners: frozenset[int] = frozenset()
    """User ids of the owners; without any, nobody can load reports in chat."""
    webhook_secret: str = field(default="", repr=False)
    base_url: str = f"{TELEGRAM}/bot"
    base_file_url: str = f"{TELEGRAM}/file/bot"
    rate_limited: bool = True
    """Off only for a local Bot API server without Telegram's ceilings."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never stand in a log; the part of the token after the colon covers its escaped forms."""
        parts = (self.token, self.token.partition(":")[2], self.webhook_secret)
        return tuple(part for part in parts if len(part) >= 8)


def settings_from(environment: Mapping[str, str], index: Path) -> Settings:
    """Read the variables; raises SettingsError in one sentence."""
    token = environment.get("TELEGRAM_BOT_TOKEN", "").strip()
    if not token:
        raise SettingsError("没有 Telegram 令牌：请向 @BotFather 申请机器人，把令牌写入环境变量 TELEGRAM_BOT_TOKEN。")
    number, colon, rest = token.partition(":")
    if not (number.isdigit() and colon and rest) or any(each.isspace() for each in token):
        raise SettingsError("TELEGRAM_BOT_TOKEN 的格式不对：应当像 123456:ABC…，请从 @BotFather 的消息里完整复制。")
    return Settings(
        token=token,
        index=index,
        owners=_owners(environment.get("NIANBAO_ADMINS", "")),
        webhook_secret=_webhook_secret(environment.get("TELEGRAM_WEBHOOK_SECRET", "").strip()),
        base_url=_root(environment.get("TELEGRAM_BASE_URL", ""), "/bot"),
        base_file_url=_root(environment.get("TELEGRAM_BASE_FILE_URL", ""), "/file/bot"),
        rate_limited=environment.get("NIANBAO_RATE_LIMIT", "1") not in ("0", "off", "no"),
    )


def _owners(text: str) -> frozenset[int]:
    words = text.replace("，", ",").replace(";", ",").replace(" ", ",").split(",")
    numbers = [word for word in words if word]
    if not all(word.isdigit() for word in numbers):
        raise SettingsError("NIANBAO_ADMINS 应为用户的数字编号，用逗号分隔，如 4242,77（不是用户名）。")
    return frozenset(int(word) for word in numbers)


def _webhook_secret(text: str) -> str:
    if len(text) > 256 or not all(each.isascii() and (each.isalnum() or each in "_-") for each in text):
        raise SettingsError("TELEGRAM_WEBHOOK_SECRET 只能用字母、数字、_ 和 -，至多 256 个字符。")
    return text


def _root(text: str, ending: str) -> str:
    """'http://host:8081', with or without the ending that the library wants → with it."""
    root = text.strip().rstrip("/")
    if not root:
        return f"{TELEGRAM}{ending}"
    if not root.startswith(("http://", "https://")):
        raise SettingsError(f"{root} 不是网址：TELEGRAM_BASE_URL 等应以 http:// 或 https:// 开头。")
    return root if root.endswith(ending) else root.removesuffix("/bot") + ending
