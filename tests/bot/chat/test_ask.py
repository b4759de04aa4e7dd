"""Questions over the real Application: follow-ups, edits, groups, long answers, failures."""

from __future__ import annotations

import pytest

from bot.chat.delivery import NianbaoApplication
from tests.fake_telegram import FakeTelegram, Person

GROUP = -1001


async def test_a_question_is_answered_without_quoting_it_in_private(person: Person) -> None:
    (answer,) = await person.say("甲区<2024>&收到多少申请")
    assert "甲区&lt;2024&gt;&amp;收到多少申请" in answer.text.replace(">", "&gt;").replace("→", "→")
    assert "reply_parameters" not in answer.parameters


async def test_a_follow_up_knows_what_was_said_before(person: Person) -> None:
    await person.say("一")
    (answer,) = await person.say("二")
    assert "一→二" in answer.text


async def test_two_people_do_not_share_a_conversation(
    application: NianbaoApplication, telegram: FakeTelegram, person: Person
) -> None:
    await person.say("一")
    (answer,) = await Person(application, telegram, 6).say("二")
    assert "一" not in answer.text


async def test_a_restart_does_not_forget_the_conversation(build, telegram: FakeTelegram) -> None:
    for text, wanted in (("一", "→一"), ("二", "一→二")):
        application = build()
        async with application:
            (answer,) = await Person(application, telegram).say(text)
        application.memory.close()
        assert wanted in answer.text


async def test_a_question_of_ten_thousand_characters_gets_one_sentence(person: Person) -> None:
    (answer,) = await person.say("多" * 4096)
    assert "太长" in answer.text


async def test_blanks_are_met_with_an_example(person: Person) -> None:
    (answer,) = await person.say("   ")
    assert "例如" in answer.text


async def test_an_edited_question_edits_its_answer(person: Person) -> None:
    question = person.message(text="一")
    await person.update(message=question)
    (answer,) = await person.update(edited_message={**question, "text": "二", "edit_date": question["date"] + 1})
    assert answer.method == "editMessageText"
    assert "二" in answer.text


async def test_a_choice_quotes_its_question_so_that_its_buttons_work_for_years(person: Person) -> None:
    (choice,) = await person.say("which")
    assert choice.parameters["reply_parameters"]
    (answer,) = await person.tap("甲")
    assert "chosen one for which" in answer.text


@pytest.mark.parametrize(
    "data", ["", "1:c", "2:c:one", "1:zz:1", "1:p:../../etc:1", "x" * 64, "1:p:nothing:9", "1:e:7"]
)
async def test_forged_or_old_buttons_get_one_sentence(person: Person, telegram: FakeTelegram, data: str) -> None:
    await person.say("which")
    before = len(telegram.calls)
    await person.press(data)
    answers = [call for call in telegram.calls[before:] if call.method == "answerCallbackQuery"]
    assert len(answers) == 1
    assert data == "1:c" or "失效" in answers[0].text


async def test_a_long_answer_is_turned_page_by_page(person: Person) -> None:
    (first,) = await person.say("long")
    assert "第 1/" in first.text
    (second,) = await person.tap("下一页")
    assert second.method == "editMessageText"
    assert "第 2/" in second.text
    (again,) = await person.tap("上一页")
    assert "第 1/" in again.text


async def test_a_failure_is_apologised_for_with_a_number_and_no_words_of_the_user(
    owner: Person, person: Person, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    await owner.say("你好")
    (apology,) = await person.say("boom")
    reference = apology.text.split("<code>")[1][:6]
    assert reference in caplog.text
    assert "words: boom" not in caplog.text
    told = telegram.sent(4242)[-1]
    assert reference in told.text
    assert "words" not in told.text


async def test_markup_that_telegram_refuses_is_sent_as_plain_text(person: Person, telegram: FakeTelegram) -> None:
    telegram.fail("sendMessage", (400, {"description": "Bad Request: can't parse entities: …"}))
    answers = await person.say("一<二")
    assert answers[-1].text.endswith("一<二")
    assert "parse_mode" not in answers[-1].parameters


async def test_too_many_questions_are_slowed_down(person: Person) -> None:
    answers = [(await person.say(f"{n}"))[0].text for n in range(65)]
    assert "太快" in answers[-1]
    assert "太快" not in answers[50]


class TestGroups:
    async def test_talk_is_neither_answered_nor_kept(
        self, application: NianbaoApplication, telegram: FakeTelegram
    ) -> None:
        member = Person(application, telegram, 5, GROUP)
        assert not await member.say("今天天气不错")
        assert not await member.send(photo=[{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}])
        assert not await member.say("/unknown")

    async def test_a_mention_is_answered_as_a_reply(
        self, application: NianbaoApplication, telegram: FakeTelegram
    ) -> None:
        member = Person(application, telegram, 5, GROUP)
        (answer,) = await member.say("@nianbao_bot 甲区多少")
        assert answer.text.endswith("→甲区多少")
        assert answer.parameters["reply_parameters"]

    async def test_a_bare_mention_is_told_how_to_ask(
        self, application: NianbaoApplication, telegram: FakeTelegram
    ) -> None:
        (answer,) = await Person(application, telegram, 5, GROUP).say("@nianbao_bot")
        assert "@nianbao_bot" in answer.text

    async def test_a_reply_to_the_bot_and_a_command_are_answered(
        self, application: NianbaoApplication, telegram: FakeTelegram
    ) -> None:
        member = Person(application, telegram, 5, GROUP)
        await member.say("/ask 一")
        said = next(reversed(telegram.messages.values()))
        (answer,) = await member.say("二", reply_to_message=said)
        assert "一→二" in answer.text

    async def test_members_have_their_own_conversations(
        self, application: NianbaoApplication, telegram: FakeTelegram
    ) -> None:
        await Person(application, telegram, 5, GROUP).say("/ask 一")
        (answer,) = await Person(application, telegram, 6, GROUP).say("/ask 二")
        assert "一" not in answer.text

    async def test_an_answer_stays_in_its_topic(self, application: NianbaoApplication, telegram: FakeTelegram) -> None:
        member = Person(application, telegram, 5, GROUP)
        (answer,) = await member.say("/ask 一", message_thread_id=9, is_topic_message=True)
        assert answer.parameters["message_thread_id"] == 9


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ({"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}, "照片"),
        ({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}}, "语音"),
        (
            {
                "sticker": {
                    "file_id": "s",
                    "file_unique_id": "s",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                    "type": "regular",
                }
            },
            "打字",
        ),
        ({"location": {"latitude": 1.0, "longitude": 1.0}}, "位置"),
        ({"contact": {"phone_number": "1", "first_name": "乙"}}, "联系方式"),
        (
            {
                "poll": {
                    "id": "1",
                    "question": "?",
                    "options": [],
                    "total_voter_count": 0,
                    "is_closed": False,
                    "is_anonymous": True,
                    "type": "regular",
                    "allows_multiple_answers": False,
                    "allows_revoting": False,
                    "members_only": False,
                }
            },
            "文字",
        ),
        ({"text": "/nothing", "entities": [{"type": "bot_command", "offset": 0, "length": 8}]}, "/help"),
    ],
)
async def test_everything_a_person_can_send_gets_something_useful(person: Person, content, wanted: str) -> None:
    (answer,) = await person.send(**content)
    assert wanted in answer.text


async def test_a_caption_and_a_forwarded_post_are_questions(person: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    (answer,) = await person.send(photo=photo, caption="一")
    assert answer.text.endswith("→一")
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "乙"}
    (answer,) = await person.say("二", forward_origin=origin)
    assert answer.text.endswith("二")


async def test_updates_of_no_concern_are_passed_over(person: Person) -> None:
    assert not await person.send(new_chat_title="新名")
    member = {"user": person.user, "status": "member"}
    changed = {"chat": {"id": 5, "type": "private"}, "from": person.user, "date": 1, "old_chat_member": member}
    assert not await person.update(my_chat_member={**changed, "new_chat_member": member})
    assert not await person.update(something_of_next_year={"id": 1})
