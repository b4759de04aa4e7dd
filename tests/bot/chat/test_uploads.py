"""Administrators load reports by dropping files; nobody else does, and nothing counts before ✅."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.chat.delivery import NianbaoApplication
from bot.chat.files import LARGEST, shown_name
from bot.chat.upload_buttons import name_and_year
from bot.samples import load_samples
from index.store import Index
from tests.bot.chat.conftest import OWNER
from tests.fake_telegram import Call, FakeTelegram, Person
from tests.index.pages import page


def report(agency: str = "示例市甲区", year: int = 2024, received: int = 30) -> bytes:
    return page(agency, year, received).encode()


async def give(person: Person, content: bytes, name: str = "年报.html", **more) -> Call:
    """Send a file and wait until it is read; the newest state of its message."""
    await person.give(content, name, **more)
    await settled(person)
    return person.telegram.sent(person.chat)[-1]


async def settled(person: Person) -> None:
    for stop in person.application.stoppers:
        if hasattr(stop.__self__, "settle"):
            await stop.__self__.settle()


def loaded(application: NianbaoApplication) -> dict[tuple[str, int], int]:
    with Index.open(application.room.settings.index) as index:
        return {(source.agency, source.year): source.revision for source in index.sources()}


async def test_a_file_is_shown_before_it_counts_and_stored_by_a_tap(
    owner: Person, application: NianbaoApplication
) -> None:
    shown = await give(owner, report())
    assert "示例市甲区 · 2024年度" in shown.text
    assert "全部成立" in shown.text
    assert loaded(application) == {}
    (stored,) = await owner.tap("✅")
    assert stored.method == "editMessageText"
    assert "已存入" in stored.text
    assert not stored.buttons
    assert loaded(application) == {("示例市甲区", 2024): 1}


async def test_the_sample_reports_leave_when_the_first_report_of_ones_own_is_stored(
    owner: Person, application: NianbaoApplication
) -> None:
    with Index.open(application.room.settings.index) as index:
        load_samples(index)
        count = len(index.sources())
    await give(owner, report("样板市甲区"))
    (stored,) = await owner.tap("✅")
    assert f"{count} 份示例年报已撤下" in stored.text
    assert loaded(application) == {("样板市甲区", 2024): 1}
    await owner.say("/undo")
    assert len(loaded(application)) == count
    assert ("样板市甲区", 2024) not in loaded(application)


async def test_dropping_leaves_the_index_as_it_was(owner: Person, application: NianbaoApplication) -> None:
    await give(owner, report())
    (dropped,) = await owner.tap("❌")
    assert "已丢弃" in dropped.text
    assert loaded(application) == {}


async def test_anyone_elses_file_is_refused_without_being_fetched(person: Person, telegram: FakeTelegram) -> None:
    (refused,) = await person.give(report())
    assert "只有管理员" in refused.text
    assert not telegram.downloads
    assert not [call for call in telegram.calls if call.method == "getFile"]


async def test_a_forwarded_button_does_nothing_for_others(
    application: NianbaoApplication, telegram: FakeTelegram, owner: Person, person: Person
) -> None:
    shown = await give(owner, report())
    await person.say("一")
    for button in shown.buttons:
        await person.press(button["callback_data"])
    notices = [call.text for call in telegram.calls if call.method == "answerCallbackQuery"]
    assert len(notices) == 3
    assert all("管理员" in notice for notice in notices)
    assert loaded(application) == {}


async def test_buttons_work_after_a_restart(build, telegram: FakeTelegram) -> None:
    first = build()
    async with first:
        await give(Person(first, telegram, OWNER), report())
    first.memory.close()
    second = build()
    async with second:
        (stored,) = await Person(second, telegram, OWNER).tap("✅")
    assert "已存入" in stored.text
    second.memory.close()


async def test_a_file_whose_reading_was_cut_short_is_read_after_the_restart(build, telegram: FakeTelegram) -> None:
    first = build()
    async with first:
        await Person(first, telegram, OWNER).give(report())
        for stop in first.stoppers:
            await stop()
    first.memory.close()
    second = build()
    async with second:
        await second.resume()
        await settled(Person(second, telegram, OWNER))
    assert "示例市甲区 · 2024年度" in telegram.sent(OWNER)[-1].text
    second.memory.close()


async def test_a_second_press_of_the_same_button_changes_nothing(
    owner: Person, application: NianbaoApplication, telegram: FakeTelegram
) -> None:
    shown = await give(owner, report())
    await owner.tap("✅")
    await owner.press(shown.buttons[0]["callback_data"])
    assert "已经处理" in telegram.calls[-1].text
    assert loaded(application) == {("示例市甲区", 2024): 1}


async def test_a_new_version_shows_what_differs_and_undo_brings_the_old_one_back(
    owner: Person, application: NianbaoApplication
) -> None:
    await give(owner, report(received=30))
    await owner.tap("✅")
    shown = await give(owner, report(received=31))
    assert "30 → 31" in shown.text
    await owner.tap("✅")
    assert loaded(application) == {("示例市甲区", 2024): 2}
    (undone,) = await owner.say("/undo")
    assert "恢复" in undone.text
    assert loaded(application) == {("示例市甲区", 2024): 1}
    (undone,) = await owner.say("/undo")
    assert "撤下" in undone.text
    assert loaded(application) == {}
    (nothing,) = await owner.say("/undo")
    assert "没有可以撤销" in nothing.text


async def test_the_same_file_again_says_so(owner: Person) -> None:
    await give(owner, report())
    await owner.tap("✅")
    assert "不会变" in (await give(owner, report())).text


async def test_the_administrator_may_say_whose_report_it_is(
    owner: Person, application: NianbaoApplication, telegram: FakeTelegram
) -> None:
    await give(owner, report())
    (asked,) = await owner.tap("✏️")
    assert asked.parameters["reply_markup"]["force_reply"]
    question = next(reversed(telegram.messages.values()))
    await owner.say("示例市乙区 2023年", reply_to_message=question)
    await settled(owner)
    assert "示例市乙区 · 2023年度" in telegram.sent(OWNER)[-1].text
    await owner.tap("✅")
    assert loaded(application) == {("示例市乙区", 2023): 1}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("示例市甲区 2024", ("示例市甲区", 2024)),
        ("2024年度，示例市甲区", ("示例市甲区", 2024)),
        ("2024", (None, 2024)),
        ("示例市甲区", ("示例市甲区", None)),
        ("?", (None, None)),
    ],
)
def test_name_and_year_are_found_in_what_an_administrator_writes(
    text: str, wanted: tuple[str | None, int | None]
) -> None:
    assert name_and_year(text) == wanted


class TestBadFiles:
    async def test_a_file_of_thirty_megabytes_is_refused_before_the_download(
        self, owner: Person, telegram: FakeTelegram
    ) -> None:
        (refused,) = await owner.give(b"x", size=30 * 1024 * 1024)
        assert "20 MB" in refused.text
        assert not telegram.downloads

    async def test_a_file_larger_than_it_claims_is_not_kept(self, owner: Person, telegram: FakeTelegram) -> None:
        (refused,) = await owner.give(b"x" * (LARGEST + 1), size=100)
        assert "20 MB" in refused.text
        assert not telegram.downloads

    @pytest.mark.parametrize(
        "content", [b"%PDF-1.4 broken", b"\x00\x01\x02", "今天天气不错".encode(), b"PK\x03\x04broken"]
    )
    async def test_what_is_no_report_gets_one_sentence(self, owner: Person, content: bytes) -> None:
        shown = await give(owner, content, "x.pdf")
        assert "没有装入" in shown.text
        assert "Traceback" not in shown.text

    async def test_an_empty_file_is_said_to_be_empty(self, owner: Person) -> None:
        (refused,) = await owner.give(b"")
        assert "空文件" in refused.text

    async def test_a_truncated_download_is_tried_again_and_then_told(
        self, owner: Person, telegram: FakeTelegram
    ) -> None:
        telegram.fail("FILE", *[(404, {"description": "Not Found"})] * 3)
        (refused,) = await owner.give(report())
        assert "再发一次" in refused.text

    async def test_a_file_name_is_never_a_path(self, owner: Person, application: NianbaoApplication) -> None:
        shown = await give(owner, report(), "../../etc/pass\u202ewd\x00.html")
        assert "..&" not in shown.text
        folder = application.memory.uploads.folder
        assert [len(path.name) for path in folder.iterdir()] == [64]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (None, "未命名"),
        ("", "未命名"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\x\\年报.pdf", "年报.pdf"),
        ("a\nb\x00.pdf", "ab.pdf"),
        ("...", "未命名"),
    ],
)
def test_a_file_name_is_cleaned_before_it_is_shown(name: str | None, wanted: str) -> None:
    assert shown_name(name) == wanted


def test_an_endless_file_name_is_cut_but_keeps_its_type() -> None:
    assert shown_name("长" * 300 + ".pdf").endswith(".pdf")
    assert len(shown_name("长" * 300 + ".pdf")) <= 80


class TestSeveral:
    async def test_an_album_is_one_message(
        self, owner: Person, application: NianbaoApplication, telegram: FakeTelegram
    ) -> None:
        await owner.give(report("示例市甲区"), "甲.html", media_group_id="7")
        await owner.give(report("示例市乙区"), "乙.html", media_group_id="7")
        await owner.give(b"nothing", "丙.txt", media_group_id="7")
        await settled(owner)
        last = telegram.sent(OWNER)[-1]
        assert len([call for call in telegram.sent(OWNER) if call.method == "sendMessage"]) == 1
        assert "3 个文件" in last.text
        assert "丙.txt" in last.text
        await owner.tap("没有疑问的 2 份")
        assert set(loaded(application)) == {("示例市甲区", 2024), ("示例市乙区", 2024)}

    async def test_a_zip_is_opened_and_doubtful_files_get_a_button(
        self, owner: Person, application: NianbaoApplication
    ) -> None:
        await give(owner, report("示例市甲区", received=1))
        await owner.tap("✅")
        shown = await give(
            owner, zipped({"甲.html": report("示例市甲区", received=2), "乙.html": report("示例市乙区")}), "全部.zip"
        )
        assert "2 个文件" in shown.text
        (look,) = await owner.tap("🔎")
        assert "1 → 2" in look.text
        (back,) = await owner.tap("回到全部")
        assert "2 个文件" in back.text
        await owner.tap("没有疑问的 1 份")
        assert loaded(application) == {("示例市甲区", 2024): 1, ("示例市乙区", 2024): 1}
        (dropped,) = await owner.tap("全部丢弃")
        assert not dropped.buttons


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


async def test_cells_of_a_failed_check_are_shown_as_they_are_printed(owner: Person, telegram: FakeTelegram) -> None:
    wrong = report().decode().replace("<td>30</td>", "<td>31</td>", 1).encode()
    await owner.give(wrong, "年报.html")
    await settled(owner)
    shown, *drawn = telegram.sent(OWNER)[1:]
    assert "不成立" in shown.text
    assert 1 <= len(drawn) <= 3
    assert all(each.method == "sendPhoto" and "存疑" in each.text for each in drawn)
    ((_, png),) = drawn[0].files.values()
    assert png.startswith(b"\x89PNG")
    (again, *_) = await owner.tap("看存疑的格")
    assert again.method == "sendPhoto"
