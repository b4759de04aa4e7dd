"""A bot over the in-process Telegram, with an index of evidently fictional agencies."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.chat.application import build_application
from bot.chat.callbacks import Press, pack
from bot.chat.delivery import NianbaoApplication
from bot.chat.desk import Desk
from bot.chat.reply import Reply
from bot.chat.send import Outgoing
from bot.memory import Memory
from bot.settings import Settings
from index.store import Index
from tests.fake_telegram import FakeTelegram, Person

OWNER = 4242
TOKEN = "123456:SECRETsecretSECRETsecret"


class Echo:
    """Stands in for the engine where a test is about delivery, not about answers: it repeats the question."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def ask(self, text: str, conversation: dict[str, Any] | None, today: date, _: Any = "zh") -> Reply:
        if text == "boom":
            raise ZeroDivisionError(f"words: {text}")
        if text == "long":
            return Reply(Outgoing("\n".join(f"<b>{n}</b> 行 &lt;" for n in range(3000))), "answer", {})
        if text == "which":
            return Reply(Outgoing("哪一个？", ((("甲", pack("c", "one")),),)), "clarify", {"asked": text})
        before = (conversation or {}).get("said", "")
        rows = ((("🚩 有误", pack("f")),),) if text == "flag" else ()
        outcome = "out_of_scope" if text.startswith("天气") else "answer"
        return Reply(Outgoing(f"{today.year} {before}→{_escape(text)}", rows), outcome, {"said": text})

    def located(self, _: Press) -> None:
        return None

    def press(self, press: Press, question: str, conversation: Any, today: date, _: Any = "zh") -> Reply | None:
        assert today.year
        if press.kind != "c":
            return None
        return Reply(
            Outgoing(f"chosen {press.parts[0]} for {question}"), "answer", {**(conversation or {}), "said": question}
        )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(TOKEN, tmp_path / "index.db", frozenset({OWNER}))


@pytest.fixture
def build(settings: Settings, telegram: FakeTelegram, tmp_path: Path) -> Callable[..., NianbaoApplication]:
    """Build the bot as a fresh process would: called twice, it is a restart."""

    def built(make: Any = Echo) -> NianbaoApplication:
        memory = Memory(tmp_path / "index-memory.db")
        return build_application(settings, memory, Desk(settings.index, make), telegram)

    return built


@pytest.fixture
async def application(build: Callable[..., NianbaoApplication]) -> AsyncIterator[NianbaoApplication]:
    application = build()
    async with application:
        yield application
    application.room.desk.close()
    application.memory.close()


@pytest.fixture
def person(application: NianbaoApplication, telegram: FakeTelegram) -> Person:
    return Person(application, telegram)


@pytest.fixture
def owner(application: NianbaoApplication, telegram: FakeTelegram) -> Person:
    return Person(application, telegram, OWNER)
