"""The program itself, as a process with real sockets: one question by polling, one by webhook, and a clean end."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from bot.memory import Memory, memory_path
from index.load import read_content
from index.store import Index
from tests.fake_telegram import BOT
from tests.index.pages import page

TOKEN = "123456:SECRETsecretSECRETsecret"
SENDER = {"id": 5, "is_bot": False, "first_name": "甲", "language_code": "zh-hans"}
QUESTION = {"message_id": 1, "date": 0, "from": SENDER, "chat": {"id": 5, "type": "private"}}
UPDATE = {"update_id": 7, "message": {**QUESTION, "text": "示例市甲区2024年收到多少申请"}}


class Telegram(ThreadingHTTPServer):
    """As much of the Bot API as one question needs."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.waiting: queue.Queue[dict] = queue.Queue()
        self.sent: queue.Queue[dict[str, str]] = queue.Queue()
        self.webhooks: queue.Queue[dict[str, str]] = queue.Queue()


class Handler(BaseHTTPRequestHandler):
    server: Telegram

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        values = {key: found[0] for key, found in parse_qs(body).items()}
        content = json.dumps({"ok": True, "result": self.answer(self.path.rsplit("/", 1)[1], values)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the bot has ended meanwhile
            self.wfile.write(content)

    def answer(self, method: str, values: dict[str, str]) -> object:
        if method == "getMe":
            return BOT
        if method == "getUpdates":
            try:
                return [self.server.waiting.get(timeout=0.2)]
            except queue.Empty:
                return []
        if method == "setWebhook":
            self.server.webhooks.put(values)
        if method == "sendMessage":
            self.server.sent.put(values)
            return {**QUESTION, "message_id": 2, "text": values["text"]}
        return True

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    server = Telegram()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    content = page("示例市甲区人民政府", 2024, 30).encode()
    with Index.open(tmp_path / "index.db") as index:
        index.save(read_content(content, "年报.html", None, None), original=content, file="年报.html", reader="test")
    return tmp_path / "index.db"


@contextmanager
def running(telegram: Telegram, index: Path, *options: str) -> Iterator[list[str]]:
    """The bot; after it has ended, its log."""
    root = f"http://127.0.0.1:{telegram.server_port}"
    variables = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": root, "TELEGRAM_BASE_FILE_URL": root}
    variables |= {"TELEGRAM_WEBHOOK_SECRET": "hush-hush-hush", "no_proxy": "*", "PYTHONUTF8": "1", "NIANBAO_DEBUG": "1"}
    words = [sys.executable, "-m", "bot", "bot", "--index", str(index), *options]
    here = {**os.environ, **variables, "PYTHONPATH": str(Path(__file__).parents[3])}
    process = subprocess.Popen(words, env=here, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    log: list[str] = []
    try:
        yield log
    finally:
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        log.append(process.communicate(timeout=15)[1])
        assert process.returncode == 0, log
        assert time.monotonic() - begun < 10
        assert "SECRET" not in log[0]


def test_a_question_by_polling(telegram: Telegram, index: Path) -> None:
    telegram.waiting.put(UPDATE)
    with running(telegram, index):
        assert "30 件" in telegram.sent.get(timeout=30)["text"]


def test_a_question_by_webhook_and_a_forged_one_refused(telegram: Telegram, index: Path) -> None:
    pytest.importorskip("tornado", reason="webhooks need python-telegram-bot[webhooks]")
    port = free_port()
    with running(telegram, index, "--webhook", "https://example.cn/hook", "--listen", f"127.0.0.1:{port}"):
        webhook = telegram.webhooks.get(timeout=30)
        assert webhook["url"] == "https://example.cn/hook"
        assert post(port, "wrong") == 403
        assert post(port, webhook["secret_token"]) == 200
        assert "30 件" in telegram.sent.get(timeout=30)["text"]


def test_a_webhook_takes_what_nobody_understands_once_and_goes_on(telegram: Telegram, index: Path) -> None:
    pytest.importorskip("tornado", reason="webhooks need python-telegram-bot[webhooks]")
    strange = {"update_id": 6, "message": {**QUESTION, "poll": {"id": "1", "question": "私房话"}}}
    port = free_port()
    options = ("--webhook", "https://example.cn/hook", "--listen", f"127.0.0.1:{port}")
    with running(telegram, index, *options) as log:
        secret = telegram.webhooks.get(timeout=30)["secret_token"]
        assert post(port, "wrong", strange) == 403
        for body in (strange, strange, [], {"message": "私房话"}, b"\xff{"):
            assert post(port, secret, body) == 200
        assert post(port, secret) == 200
        assert "30 件" in telegram.sent.get(timeout=30)["text"]
    assert "update 6 cannot be understood" in log[0]
    assert "私房话" not in log[0]
    memory = Memory(memory_path(index))
    assert memory.inbox.waiting() == []
    memory.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def post(port: int, secret: str, body: object = UPDATE) -> int:
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/hook", content, headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(100):
        try:
            with opener.open(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return int(error.code)
        except urllib.error.URLError:
            time.sleep(0.05)  # the webhook is set a moment before the bot listens
    raise AssertionError("nobody listens")
