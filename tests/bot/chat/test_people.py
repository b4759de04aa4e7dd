"""Following, flagging, forgetting, and the commands of administrators."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.chat.codes import agency_of, code_of
from bot.chat.delivery import NianbaoApplication
from bot.chat.follow import Follow
from bot.chat.publish import Publish
from index.load import load_paths
from index.store import Index
from tests.bot.chat.conftest import OWNER
from tests.fake_telegram import FakeTelegram, Person
from tests.index.pages import write_page


@pytest.fixture
def load(settings, tmp_path):
    """Put reports into the index as `nianbao load` would."""

    def load(agency: str, year: int = 2024, received: int = 30) -> None:
        path = write_page(tmp_path / "in", f"{agency}{year}{received}.html", agency, year, received)
        with Index.open(settings.index) as index:
            assert [result.status for result in load_paths([path], index)] != ["rejected"]

    return load


def watch(application: NianbaoApplication) -> Follow:
    return next(start.__self__ for start in application.starters if isinstance(start.__self__, Follow))


class TestFollowing:
    async def test_a_follower_hears_of_a_new_report_and_stops_with_a_tap(
        self, application: NianbaoApplication, telegram: FakeTelegram, person: Person, load
    ) -> None:
        load("示例市甲区", 2023)
        (started,) = await person.say("/follow 示例市甲区")
        assert "已关注" in started.text
        assert await watch(application).tell(application.bot) == 0
        load("示例市甲区", 2024)
        load("示例市乙区", 2024)
        assert await watch(application).tell(application.bot) == 1
        assert "2024年度" in telegram.sent(5)[-1].text
        await person.tap("不再关注")
        load("示例市甲区", 2024, received=31)
        assert await watch(application).tell(application.bot) == 0

    async def test_a_changed_report_is_told_as_such(self, application, telegram, person: Person, load) -> None:
        load("示例市甲区")
        await person.say("/follow 示例市甲区")
        await watch(application).tell(application.bot)
        load("示例市甲区", received=31)
        await watch(application).tell(application.bot)
        assert "新的一版" in telegram.sent(5)[-1].text
        assert "30 → 31" in telegram.sent(5)[-1].text

    async def test_a_name_that_fits_several_is_asked_back(self, person: Person, load) -> None:
        load("示例市东城区")
        load("样板市东城区")
        (choice,) = await person.say("/follow 东城区")
        assert len(choice.buttons) == 2
        (started,) = await person.tap("样板市")
        assert "样板市东城区" in started.text

    async def test_an_unknown_name_is_said_to_be_unknown(self, person: Person, load) -> None:
        load("示例市甲区")
        (answer,) = await person.say("/follow 某某某")
        assert "没有找到" in answer.text

    async def test_one_who_blocked_the_bot_is_not_told_again(self, application, telegram, person: Person, load) -> None:
        load("示例市甲区", 2023)
        await person.say("/follow 示例市甲区")
        await watch(application).tell(application.bot)
        load("示例市甲区", 2024)
        telegram.fail("sendMessage", (403, {"description": "Forbidden: bot was blocked by the user"}))
        await watch(application).tell(application.bot)
        assert application.memory.follows.of(application.memory.person(5, 5)) == []


class TestFlags:
    async def test_administrators_see_question_and_answer_and_the_asker_hears_the_end(
        self, person: Person, owner: Person, telegram: FakeTelegram
    ) -> None:
        await person.say("flag")
        await person.tap("🚩")
        notice = telegram.sent(OWNER)[-1]
        assert "flag" in notice.text
        await owner.tap("已改正")
        assert "已经改正" in telegram.sent(5)[-1].text

    async def test_a_second_flag_on_one_answer_is_not_sent_again(self, person: Person, telegram: FakeTelegram) -> None:
        await person.say("flag")
        await person.tap("🚩")
        await person.tap("🚩")
        assert len(telegram.sent(OWNER)) == 1

    async def test_an_administrator_who_never_opened_the_chat_is_asked_once_only(
        self, application: NianbaoApplication, person: Person, owner: Person, telegram: FakeTelegram
    ) -> None:
        for _ in range(2):
            await person.say("flag")
            telegram.failures["sendMessage"] = [(400, {"description": "Bad Request: chat not found"})]
            await person.tap("🚩")
        assert len(telegram.sent(OWNER)) == 1
        telegram.failures.clear()
        await owner.say("你好")
        assert application.room.administrators() == [OWNER]

    async def test_nobody_else_can_settle_a_flag(self, person: Person, telegram: FakeTelegram) -> None:
        await person.say("flag")
        await person.tap("🚩")
        data = telegram.sent(OWNER)[-1].buttons[0]["callback_data"]
        await person.press(data)
        assert "管理员" in telegram.calls[-1].text


class TestForgetting:
    async def test_forget_deletes_what_is_kept_about_a_person(self, application, person: Person) -> None:
        await person.say("一")
        await person.say("天气如何")
        assert application.memory.misses.questions() == ["天气如何"]
        (done,) = await person.say("/forget")
        assert "已删除" in done.text
        assert application.memory.misses.questions() == []
        (answer,) = await person.say("二")
        assert "一→" not in answer.text

    async def test_privacy_says_what_is_kept(self, person: Person) -> None:
        (text,) = await person.say("/privacy")
        assert "30 天" in text.text

    async def test_misses_of_groups_are_not_kept(self, application, telegram) -> None:
        await Person(application, telegram, 5, -1001).say("/ask 天气如何")
        assert application.memory.misses.questions() == []

    async def test_no_user_id_stands_in_what_is_kept_of_questions(self, application, person: Person) -> None:
        await person.say("天气如何")
        assert "5" not in str(application.memory._db.rows("SELECT person FROM misses")[0][0]).split(".")


class TestAdministration:
    @pytest.mark.parametrize(
        "command", ["coverage", "status", "misses", "export", "backup", "loader", "dismiss", "undo"]
    )
    async def test_citizens_are_refused(self, person: Person, command: str) -> None:
        (refused,) = await person.say(f"/{command}")
        assert "只有" in refused.text

    async def test_an_owner_names_a_loader_who_may_load_but_not_name_others(
        self, owner: Person, person: Person
    ) -> None:
        await owner.say("/loader 5")
        (status,) = await person.say("/status")
        assert "版本" in status.text
        (refused,) = await person.say("/loader 6")
        assert "机主" in refused.text
        await owner.say("/dismiss 5")
        (refused,) = await person.say("/status")
        assert "只有管理员" in refused.text

    async def test_misses_are_grouped_and_crossed_off(self, owner: Person, person: Person) -> None:
        for text in ("天气如何", "天气如何", "天气好吗"):
            await person.say(text)
        (listed,) = await owner.say("/misses")
        assert "1. 天气如何（2 次" in listed.text
        (left,) = await owner.tap("✓ 1")
        assert "天气如何" not in left.text
        assert "天气好吗" in left.text

    async def test_coverage_lists_agencies_and_years(self, owner: Person, load) -> None:
        for year in (2021, 2022, 2024):
            load("示例市甲区", year)
        (listed,) = await owner.say("/coverage")
        assert "示例市甲区：2021–2022、2024" in listed.text

    async def test_the_export_is_a_table_with_every_figure(self, owner: Person, load) -> None:
        load("示例市甲区")
        (sent,) = await owner.say("/export")
        ((name, content),) = sent.files.values()
        assert name.endswith(".csv")
        assert content.startswith(b"\xef\xbb\xbf")
        assert "示例市甲区,2024,requests.received.total," in content.decode()

    async def test_the_backup_holds_index_originals_and_memory(self, owner: Person, load) -> None:
        load("示例市甲区")
        (sent,) = await owner.say("/backup")
        ((_, content),) = sent.files.values()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
        assert "index.db" in names
        assert "index-memory.db" in names
        assert len(names) == 3


async def test_commands_are_published_per_audience_and_language(application, telegram: FakeTelegram) -> None:
    application.memory.roles.name_loader(6, OWNER)
    for user in (6, OWNER):
        await Person(application, telegram, user).say("你好")
    publish = next(start.__self__ for start in application.starters if isinstance(start.__self__, Publish))
    await publish.publish(application.bot)
    lists = {}
    for call in telegram.calls:
        if call.method == "setMyCommands":
            scope = call.parameters["scope"]
            names = {each["command"] for each in call.parameters["commands"]}
            lists[scope["type"], scope.get("chat_id"), call.parameters.get("language_code")] = names
    assert "undo" not in lists["all_private_chats", None, "zh"]
    assert lists["all_group_chats", None, None] == {"ask", "help"}
    assert "undo" in lists["chat", 6, None]
    assert "backup" not in lists["chat", 6, None]
    assert "backup" in lists["chat", OWNER, None]
    assert lists["chat", OWNER, "zh"] == lists["chat", OWNER, None] >= {"misses", "alias", "aliases"}


def test_an_agency_keeps_its_code_when_the_index_is_rebuilt(settings, load) -> None:
    load("示例市甲区")
    with Index.open(settings.index) as index:
        (agency,) = index.agencies()
        code = code_of(agency)
        assert agency_of(index, code) == agency
        assert agency_of(index, "AAAAAAAA") is None
    assert len(code) == 8
