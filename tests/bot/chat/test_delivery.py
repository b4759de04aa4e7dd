"""Nothing that Telegram handed over is lost, and nothing is answered twice."""

from __future__ import annotations

import asyncio
import logging

import pytest
from telegram import Update
from telegram.error import NetworkError

from bot.chat import delivery
from bot.chat.delivery import NianbaoApplication
from bot.chat.redact import Redact
from index.errors import IndexUnwritable
from tests.bot.chat.conftest import TOKEN
from tests.fake_telegram import FakeTelegram, Person, until


def question(application: NianbaoApplication, text: str, number: int, user: int = 5) -> Update:
    sender = {"id": user, "is_bot": False, "first_name": "甲"}
    message = {"message_id": number, "date": 1_700_000_000, "from": sender, "chat": {"id": user, "type": "private"}}
    return Update.de_json({"update_id": number, "message": {**message, "text": text}}, application.bot)


async def take(application: NianbaoApplication, *updates: Update) -> None:
    for update in updates:
        await application.update_queue.put(update)


async def test_what_was_taken_and_not_answered_is_answered_after_a_restart(build, telegram: FakeTelegram) -> None:
    dead = build()
    await take(dead, *(question(dead, f"问{n}", n) for n in range(20)))
    dead.memory.close()  # killed before a handler ran
    application = build()
    async with application:
        assert await application.resume() == 20
        await application.start()
        await until(lambda: len(telegram.sent(5)) == 20)
        await application.stop()
        assert application.memory.inbox.waiting() == []
    assert [call.text.split("→")[1] for call in telegram.sent(5)] == [f"问{n}" for n in range(20)]


async def test_a_second_delivery_is_not_answered_again(application: NianbaoApplication, telegram: FakeTelegram) -> None:
    await application.start()
    await take(application, question(application, "一", 1), question(application, "一", 1))
    await until(lambda: telegram.sent(5))
    await take(application, question(application, "一", 1))
    await application.stop()
    assert len(telegram.sent(5)) == 1


async def test_an_update_that_kills_the_process_is_given_up_after_three_tries(build, telegram: FakeTelegram) -> None:
    first = build()
    await take(first, question(first, "毒", 1))
    for _ in range(3):
        assert first.memory.inbox.begin(1)
    first.memory.close()
    application = build()
    async with application:
        await application.resume()
        await application.start()
        await until(lambda: telegram.sent(5))
        await application.stop()
        assert application.memory.inbox.waiting() == []
    (apology,) = telegram.sent(5)
    assert "没有成功" in apology.text


async def test_one_persons_messages_are_answered_in_their_order_and_others_need_not_wait(
    application: NianbaoApplication, telegram: FakeTelegram
) -> None:
    await application.start()
    await take(application, *(question(application, f"问{n}", n, user=5 + n % 3) for n in range(30)))
    await until(lambda: len(telegram.sent()) == 30)
    await application.stop()
    for user in (5, 6, 7):
        said = [int(call.text.split("→问")[1]) for call in telegram.sent(user)]
        assert said == sorted(said)


async def test_a_call_that_the_network_swallows_is_made_again(
    person: Person, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "RETRY_WAITS", (0, 0, 0))
    telegram.fail("sendMessage", (500, {"description": "Internal Server Error"}), NetworkError("cut"))
    answers = await person.say("一")
    assert len(answers) == 3
    assert answers[-1].text.endswith("→一")


async def test_an_answer_that_cannot_be_sent_for_long_is_sent_later(
    application: NianbaoApplication, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "RETRY_WAITS", ())
    monkeypatch.setattr(delivery, "LATER", 0.01)
    telegram.fail("sendMessage", *[NetworkError("cut")] * 2)
    await application.start()
    await take(application, question(application, "一", 1))
    await until(lambda: len(telegram.sent(5)) == 3)
    await application.stop()
    assert application.memory.inbox.waiting() == []


async def test_flood_control_is_obeyed_and_the_answer_arrives(person: Person, telegram: FakeTelegram) -> None:
    telegram.fail("sendMessage", (429, {"description": "Too Many Requests", "parameters": {"retry_after": 1}}))
    answers = await person.say("一")
    assert len(answers) == 2
    assert answers[-1].text.endswith("→一")


async def test_a_stop_leaves_what_takes_too_long_for_the_next_start(
    application: NianbaoApplication, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 0.05)
    telegram.fail("sendMessage", (429, {"description": "Too Many Requests", "parameters": {"retry_after": 60}}))
    await application.start()
    await take(application, question(application, "一", 1))
    await until(lambda: telegram.sent(5))
    await asyncio.wait_for(application.stop(), 3)
    assert [number for number, _ in application.memory.inbox.waiting()] == [1]


async def test_the_words_of_an_answered_update_are_forgotten(
    application: NianbaoApplication, telegram: FakeTelegram
) -> None:
    await application.start()
    await take(application, question(application, "我的话", 1))
    await until(lambda: telegram.sent(5))
    await application.stop()
    assert "我的话" not in str(application.memory._db.rows("SELECT * FROM inbox"))


async def test_the_token_reaches_no_log(capsys: pytest.CaptureFixture[str]) -> None:
    from bot.chat.redact import Redact

    handler = logging.StreamHandler()
    handler.addFilter(Redact([TOKEN, TOKEN.partition(":")[2]]))
    logger = logging.getLogger("test.redact")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except RuntimeError:
        logger.exception("asking %s", f"/bot{TOKEN.replace(':', '%3A')}/x", stack_info=True)
    said = capsys.readouterr().err
    assert "RuntimeError" in said
    assert "SECRET" not in said


async def test_a_second_poller_is_explained_in_one_sentence(
    application: NianbaoApplication, caplog: pytest.LogCaptureFixture
) -> None:
    from telegram.error import Conflict

    for _ in range(5):
        await application.process_error(None, Conflict("terminated by other getUpdates request"))
    assert caplog.text.count("409") == 1
    assert "Traceback" not in caplog.text


async def test_somebody_who_blocked_the_bot_is_no_error(
    person: Person, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendMessage", (403, {"description": "Forbidden: bot was blocked by the user"}))
    await person.say("一")
    assert "ERROR" not in caplog.text


async def test_an_update_nobody_understands_does_not_keep_back_the_others(
    application: NianbaoApplication, telegram: FakeTelegram
) -> None:
    message = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}
    strange = {"update_id": 7, "message": {**message, "poll": {"id": "1", "question": "秘密"}}}
    plain = {"update_id": 8, "message": {**message, "text": "问"}}
    telegram.fail("getUpdates", (200, {"ok": True, "result": [strange, plain]}))
    found = await application.bot.get_updates()
    assert [(each.update_id, each.message is None) for each in found] == [(7, True), (8, False)]
    await application.process_update(found[0])
    assert not telegram.sent()


async def test_a_full_disk_makes_updates_wait_at_telegram(
    application: NianbaoApplication, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.delivery.FULL_WAITS", (0.01,))
    inbox, tries = application.memory.inbox, []
    keep = inbox.put

    def put(number: int, body: str) -> bool:
        tries.append(number)
        if len(tries) < 3:
            raise IndexUnwritable("full")
        return keep(number, body)

    monkeypatch.setattr(inbox, "put", put)
    person = Person(application, telegram)
    update = Update.de_json({"update_id": 9, "message": person.message(text="问")}, application.bot)
    await application.update_queue.put(update)
    assert tries == [9, 9, 9]
    assert application.update_queue.qsize() == 1


def test_the_librarys_own_complaints_quote_nobody() -> None:
    for said, left in (
        ("Error while parsing updates! Received data was [{'text': '秘密'}]", "Error while parsing updates! "),
        ("*not* so. Received data was *not* processed! Received data was: {'text': '秘密'}", None),
    ):
        record = logging.LogRecord("telegram.Bot", logging.CRITICAL, "", 0, "%s", (said,), None)
        assert Redact(()).filter(record)
        assert "秘密" not in record.getMessage()
        assert record.getMessage() == left or "*not* processed" in record.getMessage()
