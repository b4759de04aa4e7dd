"""The memory keeps what it must, forgets what it should, and fails in one sentence."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from bot.memory import Memory, memory_path
from bot.memory.inbox import TRIES
from index.errors import IndexTooNew, IndexUnreadable, IndexUnwritable


@pytest.fixture
def memory(tmp_path: Path):
    memory = Memory(tmp_path / "m.db")
    yield memory
    memory.close()


def age(memory: Memory, table: str, column: str, days: float) -> None:
    memory._db.write(f"UPDATE {table} SET {column} = ?", (time.time() - days * 86400,))


def test_it_lies_beside_the_index() -> None:
    assert memory_path(Path("data/index.db")) == Path("data/index-memory.db")


class TestInbox:
    def test_a_second_delivery_is_known_even_when_the_first_is_done(self, memory: Memory) -> None:
        assert memory.inbox.put(1, "{}")
        assert not memory.inbox.put(1, "{}")
        memory.inbox.finish(1)
        assert not memory.inbox.put(1, "{}")

    def test_what_waits_comes_back_oldest_first(self, memory: Memory) -> None:
        for number in (3, 1, 2):
            memory.inbox.put(number, str(number))
        memory.inbox.finish(2)
        assert memory.inbox.waiting() == [(1, "1"), (3, "3")]

    def test_after_enough_tries_it_is_given_up(self, memory: Memory) -> None:
        memory.inbox.put(1, "{}")
        assert [memory.inbox.begin(1) for _ in range(TRIES + 1)] == [True] * TRIES + [False]
        assert memory.inbox.waiting() == []

    def test_an_update_that_was_never_put_may_be_handled(self, memory: Memory) -> None:
        assert memory.inbox.begin(99)

    def test_the_words_go_when_it_is_answered_and_the_number_after_two_days(self, memory: Memory) -> None:
        memory.inbox.put(1, "的话")
        memory.inbox.finish(1)
        assert "的话" not in str(memory._db.rows("SELECT * FROM inbox"))
        age(memory, "inbox", "received_at", 3)
        memory.forget_old()
        assert memory._db.rows("SELECT * FROM inbox") == []


class TestForgetting:
    def test_a_conversation_ends_after_an_hour(self, memory: Memory) -> None:
        memory.conversations.put("a", {"x": 1})
        assert memory.conversations.get("a") == {"x": 1}
        age(memory, "conversations", "updated_at", 0.05)
        assert memory.conversations.get("a") is None

    def test_words_of_people_stay_at_most_thirty_days(self, memory: Memory) -> None:
        memory.misses.add("a", "问", "out_of_scope", "")
        memory.flags.add("a", 1, 2, {"text": "x"})
        memory.pages.put("a", ["x"])
        age(memory, "misses", "asked_at", 31)
        age(memory, "flags", "created_at", 31)
        age(memory, "pages", "created_at", 31)
        memory.forget_old()
        for table in ("misses", "flags", "pages"):
            assert memory._db.rows(f"SELECT * FROM {table}") == []

    def test_forget_reaches_every_chat_of_a_person_and_nobody_else(self, memory: Memory) -> None:
        for user, chat in ((5, 5), (5, -1), (6, 6)):
            memory.conversations.put(memory.person(user, chat), {"x": 1})
            memory.follows.add(memory.person(user, chat), chat, "k", "示例市")
        assert memory.forget(5) == 4
        assert memory.conversations.get(memory.person(6, 6)) == {"x": 1}
        assert len(memory.follows.followers("k")) == 1

    def test_a_person_is_a_hash_that_stays_the_same_and_differs_from_file_to_file(
        self, memory: Memory, tmp_path: Path
    ) -> None:
        again = Memory(tmp_path / "m.db")
        other = Memory(tmp_path / "n.db")
        assert memory.person(5, 5) == again.person(5, 5) != other.person(5, 5)
        again.close()
        other.close()


class TestUploads:
    def test_bytes_are_kept_under_their_hash_until_decided(self, memory: Memory) -> None:
        sha256 = memory.uploads.keep(b"x")
        upload = memory.uploads.add("b", sha256, "../../a.pdf", 1, 1)
        assert memory.uploads.path(sha256).read_bytes() == b"x"
        assert memory.uploads.add("b", sha256, "a.pdf", 1, 1).id == upload.id
        assert [each.id for each in memory.uploads.unfinished()] == [upload.id]

    def test_one_of_two_presses_wins(self, memory: Memory) -> None:
        upload = memory.uploads.add("b", "0" * 64, "a", 1, 1)
        memory.uploads.set_summary(upload.id, "pending", {})
        assert memory.uploads.move(upload.id, "pending", "stored")
        assert not memory.uploads.move(upload.id, "pending", "dropped")

    def test_what_waits_for_a_decision_is_not_swept(self, memory: Memory) -> None:
        sha256 = memory.uploads.keep(b"x")
        memory.uploads.add("b", sha256, "a", 1, 1)
        age(memory, "uploads", "created_at", 100)
        memory.forget_old()
        assert memory.uploads.path(sha256).exists()


class TestBadFiles:
    def test_what_is_no_database_is_said_so(self, tmp_path: Path) -> None:
        (tmp_path / "m.db").write_text("not a database at all, but long enough to be one" * 100)
        with pytest.raises(IndexUnreadable, match="记忆文件"):
            Memory(tmp_path / "m.db")

    def test_a_folder_that_cannot_be_made_is_said_so(self, tmp_path: Path) -> None:
        (tmp_path / "f").write_text("")
        with pytest.raises(IndexUnwritable):
            Memory(tmp_path / "f" / "m.db")

    def test_a_newer_memory_is_not_touched(self, tmp_path: Path) -> None:
        Memory(tmp_path / "m.db").close()
        with sqlite3.connect(tmp_path / "m.db") as db:
            db.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('nianbao-memory', 'm999', '')"
            )
        db.close()
        with pytest.raises(IndexTooNew):
            Memory(tmp_path / "m.db")


def test_a_backup_can_be_opened(memory: Memory, tmp_path: Path) -> None:
    memory.notes.put("a", "b")
    memory.backup(tmp_path / "copy.db")
    copy = Memory(tmp_path / "copy.db")
    assert copy.notes.get("a") == "b"
    copy.close()
