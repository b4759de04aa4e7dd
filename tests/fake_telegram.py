"""Telegram without a network: a transport for the real Application that records calls, checks them and answers.

`FakeTelegram` is handed to build_application(request=…); `Person` speaks, taps and sends files as a user would.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import Application
from telegram.request import BaseRequest, RequestData

BOT = {"id": 77, "is_bot": True, "first_name": "年报", "username": "nianbao_bot", "can_join_groups": True}
BOT |= {"can_read_all_group_messages": False, "supports_inline_queries": True}
TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
Answer = tuple[int, dict[str, Any]] | Exception


@dataclass
class Call:
    """One call of the Bot API."""

    method: str
    parameters: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return str(self.parameters.get("text") or self.parameters.get("caption") or "")

    @property
    def buttons(self) -> list[dict[str, Any]]:
        markup = self.parameters.get("reply_markup") or {}
        return [button for row in markup.get("inline_keyboard", []) for button in row]


class FakeTelegram(BaseRequest):
    """Answers getMe, send*, edit*, getFile and the rest; `fail` makes the next calls of a method fail."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.downloads: list[str] = []
        self.failures: dict[str, list[Answer]] = {}
        self._last = 1000

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    def fail(self, method: str, *answers: Answer) -> None:
        """The next calls of a method get these: (status, body) or an exception, one each."""
        self.failures.setdefault(method, []).extend(answers)

    def sent(self, chat: int | None = None) -> list[Call]:
        """Messages sent or edited so far."""
        shown = [
            call for call in self.calls if call.method.startswith(("send", "edit")) and call.method != "sendChatAction"
        ]
        return [call for call in shown if chat is None or call.parameters.get("chat_id") == chat]

    def number(self) -> int:
        self._last += 1
        return self._last

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        await asyncio.sleep(0)
        assert method in ("GET", "POST")
        name = url.rsplit("/", 1)[1]
        if "/file/bot" in url:
            path = url.split("/", 6)[-1]
            self.downloads.append(path)
            return self._failing("FILE") or (200, self.files[name])
        call = Call(name, dict(request_data.parameters) if request_data else {}, _uploads(request_data))
        if name != "getUpdates":
            self.calls.append(call)
            check(call)
        failure = self._failing(name)
        if failure is not None:
            return failure
        return 200, json.dumps({"ok": True, "result": self._result(call)}).encode()

    def _failing(self, name: str) -> tuple[int, bytes] | None:
        waiting = self.failures.get(name)
        if not waiting:
            return None
        answer = waiting.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer[0], json.dumps({"ok": False, "error_code": answer[0], **answer[1]}).encode()

    def _result(self, call: Call) -> Any:
        if call.method == "getMe":
            return BOT
        if call.method in ("getUpdates", "getMyCommands"):
            return []
        if call.method == "getFile":
            name = call.parameters["file_id"]
            size = len(self.files.get(name, b""))
            return {"file_id": name, "file_unique_id": f"u{name}", "file_size": size, "file_path": f"documents/{name}"}
        if call.method == "sendMediaGroup":
            return [self._message(call, self.number()) for _ in call.parameters["media"]]
        if call.method.startswith("edit") and "chat_id" in call.parameters:
            return self._message(call, call.parameters["message_id"])
        if call.method.startswith("send") and call.method != "sendChatAction":
            return self._message(call, self.number())
        return True

    def _message(self, call: Call, number: int) -> dict[str, Any]:
        given = call.parameters
        chat = given["chat_id"]
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": chat_type(chat)},
            "from": BOT,
        }
        message |= {"text": plain(call.text)} if call.text else {}
        if "inline_keyboard" in (given.get("reply_markup") or {}):
            message["reply_markup"] = given["reply_markup"]
        asked = (given.get("reply_parameters") or {}).get("message_id")
        if (chat, asked) in self.messages:
            message["reply_to_message"] = self.messages[chat, asked]
        self.messages[chat, number] = message
        return message


class Person:
    """Somebody in a chat with the bot."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        telegram: FakeTelegram,
        number: int = 5,
        chat: int | None = None,
        language: str = "zh-hans",
    ) -> None:
        self.application = application
        self.telegram = telegram
        self.user = {"id": number, "is_bot": False, "first_name": "甲", "language_code": language}
        self.chat = number if chat is None else chat

    async def say(self, text: str, **more: Any) -> list[Call]:
        """Send a text; returns what the bot sends."""
        return await self.send(text=text, entities=entities(text), **more)

    async def send(self, **content: Any) -> list[Call]:
        """Send any message."""
        return await self.update(message=self.message(**content))

    def message(self, **content: Any) -> dict[str, Any]:
        message = {"message_id": self.telegram.number(), "date": int(time.time()), "from": self.user, **content}
        message["chat"] = {"id": self.chat, "type": chat_type(self.chat)}
        self.telegram.messages[self.chat, message["message_id"]] = message
        return message

    async def give(
        self, content: bytes, name: str | None = "年报.txt", size: int | None = None, **more: Any
    ) -> list[Call]:
        """Send a file."""
        key = f"f{self.telegram.number()}"
        self.telegram.files[key] = content
        document = {"file_id": key, "file_unique_id": key, "file_size": len(content) if size is None else size}
        if name is not None:
            document["file_name"] = name
        return await self.send(document=document, **more)

    async def tap(self, label: str) -> list[Call]:
        """Press the newest button whose label contains this."""
        for (chat, _), message in reversed(self.telegram.messages.items()):
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", []) if chat == self.chat else ():
                for button in row:
                    if label in button["text"]:
                        return await self.press(button["callback_data"], message)
        raise AssertionError(f"no button {label!r}")

    async def press(self, data: str, message: dict[str, Any] | None = None) -> list[Call]:
        """Press with any data, also forged."""
        under = message or next(m for (c, _), m in reversed(self.telegram.messages.items()) if c == self.chat)
        query = {
            "id": str(self.telegram.number()),
            "from": self.user,
            "message": under,
            "chat_instance": "1",
            "data": data,
        }
        before = len(self.telegram.calls)
        shown = await self.update(callback_query=query)
        assert [c for c in self.telegram.calls[before:] if c.method == "answerCallbackQuery"], (
            "a press was not answered"
        )
        return shown

    async def update(self, **content: Any) -> list[Call]:
        """Hand over any update and wait until it is worked through."""
        before = len(self.telegram.sent(self.chat))
        update = Update.de_json({"update_id": self.telegram.number(), **content}, self.application.bot)
        await self.application.process_update(update)
        return self.telegram.sent(self.chat)[before:]


async def until(condition: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait for something that happens beside the conversation."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.01)


def check(call: Call) -> None:
    """What Telegram would refuse."""
    text = call.text
    if call.parameters.get("parse_mode") == "HTML":
        for tag in re.findall(r"</?([a-z-]+)", text):
            assert tag in TAGS, f"<{tag}> is not allowed"
        assert text.count("<") == len(re.findall(r"</?[a-z-]+[^<>]*>", text)), f"an unescaped < in {text!r}"
        assert not re.search(r"&(?!lt;|gt;|amp;|quot;|#)", text), f"an unescaped & in {text!r}"
        assert balanced(text), f"tags do not match in {text!r}"
    size = len(plain(text).encode("utf-16-le")) // 2
    assert size <= (1024 if "caption" in call.parameters else 4096), f"{size} characters"
    if call.method == "sendMediaGroup":
        media = call.parameters["media"]
        assert 2 <= len(media) <= 10
        assert {each["media"].removeprefix("attach://") for each in media} <= call.files.keys()
    assert call.method not in ("sendMessage", "editMessageText") or plain(text).strip(), "an empty message"
    for button in call.buttons:
        assert len(button.get("callback_data", "x").encode()) <= 64
        assert 1 <= len(button["text"]) <= 64
    rows = (call.parameters.get("reply_markup") or {}).get("inline_keyboard", [])
    assert all(1 <= len(row) <= 8 for row in rows)
    if call.method == "answerCallbackQuery":
        assert len(call.text) <= 200


def balanced(text: str) -> bool:
    stack: list[str] = []
    for close, tag in re.findall(r"<(/?)([a-z-]+)[^<>]*>", text):
        if not close:
            stack.append(tag)
        elif not stack or stack.pop() != tag:
            return False
    return not stack


def plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^<>]*>", "", text))


def chat_type(chat: int) -> str:
    return "private" if chat > 0 else "supergroup"


def entities(text: str) -> list[dict[str, Any]]:
    """Commands and mentions, as a client finds them (for texts within the BMP)."""
    found = [("bot_command", m) for m in re.finditer(r"^/[a-z_]+(@\w+)?", text)]
    found += [("mention", m) for m in re.finditer(r"(?<!\w)@\w+", text)]
    return [{"type": kind, "offset": m.start(), "length": m.end() - m.start()} for kind, m in found]


def _uploads(data: RequestData | None) -> dict[str, tuple[str, bytes]]:
    if data is None or not data.contains_files:
        return {}
    return {name: (str(part[0]), part[1]) for name, part in (data.multipart_data or {}).items()}
