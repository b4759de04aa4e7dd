"""The conversations of tests/conversations, with the real engine over an in-process Telegram."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.chat.application import build_application
from bot.chat.delivery import NianbaoApplication
from bot.chat.desk import Desk
from bot.chat.follow import Follow
from bot.memory import Memory
from bot.settings import Settings
from index.load import read_content
from index.store import Index
from tests.bot.chat.conftest import OWNER
from tests.fake_telegram import Call, FakeTelegram, Person, plain
from tests.index.pages import page

FOLDER = Path(__file__).parents[2] / "conversations"
GROUP = -1001
PEOPLE = {
    "user": (5, 5, "zh-hans"),
    "traditional": (6, 6, "zh-hant"),
    "english": (7, 7, "en"),
    "group": (5, GROUP, "zh-hans"),
    "colleague": (8, GROUP, "zh-hans"),
    "owner": (OWNER, OWNER, "zh-hans"),
    "chief": (OWNER, GROUP, "zh-hans"),
}


class Conversation:
    """Plays the steps of one file."""

    def __init__(self, settings: Settings, telegram: FakeTelegram) -> None:
        self.settings = settings
        self.telegram = telegram
        self.application = self.begun()
        self.shown: list[Call] = []
        self.question: dict[str, Any] = {}
        self.offered: list[dict[str, Any]] = []

    def begun(self) -> NianbaoApplication:
        memory = Memory(self.settings.index.with_name("index-memory.db"))
        return build_application(self.settings, memory, Desk(self.settings.index), self.telegram)

    async def end(self) -> None:
        await self.application.shutdown()
        self.application.room.desk.close()
        self.application.memory.close()

    async def restart(self) -> None:
        await self.end()
        self.application = self.begun()
        await self.application.initialize()

    async def later(self) -> None:
        """Half a minute passes: followers are told."""
        before = len(self.telegram.sent())
        for stop in self.application.stoppers:
            if isinstance(stop.__self__, Follow):
                await stop.__self__.tell(self.application.bot)
        self.shown = self.telegram.sent()[before:]

    def person(self, who: str) -> Person:
        number, chat, language = PEOPLE[who]
        return Person(self.application, self.telegram, number, chat, language)

    async def step(self, line: str) -> None:
        who, _, rest = line.partition(" ")
        if line == "restart":
            await self.restart()
        elif line == "later":
            await self.later()
        elif who == "loaded":
            self.load(*rest.split())
        elif who == "bot":
            self.expect(rest)
        else:
            verb, _, words = rest.partition(" ")
            await self.act(self.person(who), verb, words)

    async def act(self, person: Person, verb: str, words: str) -> None:
        before = len(self.telegram.sent(person.chat))
        if verb == "says":
            self.question = person.message(text=words)
            self.telegram.messages.popitem()
            await person.say(words, message_id=self.question["message_id"])
        elif verb == "taps":
            await person.tap(words)
        elif verb == "edits":
            await person.update(edited_message={**self.question, "text": words, "edit_date": self.question["date"]})
        elif verb == "replies":
            asked = [key for key in self.telegram.messages if key[0] == person.chat][-1]
            await person.say(words, reply_to_message=self.telegram.messages[asked])
        elif verb == "searches":
            await person.update(inline_query={"id": "1", "from": person.user, "query": words, "offset": ""})
            answers = [call for call in self.telegram.calls if call.method == "answerInlineQuery"]
            self.offered = list(answers[-1].parameters["results"])
        elif verb == "opens":
            await person.say(f"/start {self.link(words)}")
        elif verb == "sends":
            agency, year, received = words.split()
            await person.give(page(agency, int(year), int(received)).encode(), "年报.html")
        else:
            raise AssertionError(f"what is {verb!r}?")
        await self.settled()
        self.shown = self.telegram.sent(person.chat)[before:]

    def link(self, title: str) -> str:
        """The deep link under the first inline result with such a title."""
        result = next(each for each in self.offered if title in each["title"])
        url = result["reply_markup"]["inline_keyboard"][0][0]["url"]
        payload = url.partition("start=")[2]
        assert re.fullmatch("[A-Za-z0-9_-]{1,64}", payload)
        return str(payload)

    async def settled(self) -> None:
        """Wait for what is done beside the conversation: files read, followers told."""
        for stop in self.application.stoppers:
            if hasattr(stop.__self__, "settle"):
                await stop.__self__.settle()

    def load(self, agency: str, year: str, received: str, said: str = "") -> None:
        content = page(agency, int(year), int(received)).encode()
        if said:
            prose = f"主动公开政府信息{received}条，全年收到申请{received}件"
            content = content.replace(prose.encode(), f"共收到政府信息公开申请{said}件".encode())
        report = read_content(content, "年报.html", None, None)
        with Index.open(self.settings.index) as index:
            index.save(report, original=content, file=f"{agency}{year}.html", reader="test")

    def expect(self, rest: str) -> None:
        if rest.startswith("finds "):
            titles = [each["title"] for each in self.offered]
            assert any(rest.removeprefix("finds ") in title for title in titles), f"found {titles}"
            return
        said = "\n".join(plain(call.text) for call in self.shown)
        offered = [button["text"] for call in self.shown for button in call.buttons]
        files = [name for call in self.shown for name, _ in call.files.values()]
        files += ["original" for call in self.shown if call.method == "sendDocument" and not call.files]
        checks: list[tuple[str, Callable[[str], bool]]] = [
            ("does not say ", lambda words: words not in said),
            ("says ", lambda words: words in said),
            ("offers ", lambda words: any(words in label for label in offered)),
            ("is silent", lambda _: not self.shown),
            ("shows a picture", lambda _: any(call.method == "sendPhoto" for call in self.shown)),
            ("shows a file", lambda words: any(words.strip() in name for name in files)),
        ]
        verb, check = next(pair for pair in checks if rest.startswith(pair[0]))
        assert check(rest.removeprefix(verb)), f"bot {rest}\nsaid: {said}\noffered: {offered}"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
async def test_a_conversation_goes_as_written(path: Path, settings: Settings, telegram: FakeTelegram) -> None:
    conversation = Conversation(settings, telegram)
    await conversation.application.initialize()
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                try:
                    await conversation.step(line.strip())
                except AssertionError as error:
                    raise AssertionError(f"{path.name}:{number}: {line}\n{error}") from error
    finally:
        await conversation.end()
