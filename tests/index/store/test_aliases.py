"""Words that administrators taught."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import StoreError
from index.store import Index


def test_a_taught_word_is_kept_and_forgotten_by_its_number(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i.db") as index:
        before = index.version()
        alias = index.add_alias("琼台", "agency", "~示例市|人民政府", author="7")
        assert index.version() != before
    with Index.open(tmp_path / "i.db") as index:
        assert index.aliases() == (alias,)
        assert index.drop_alias(alias.id) == alias
        assert index.drop_alias(alias.id) is None
        assert index.add_alias("琼台", "agency", "~示例市|人民政府", author="7").id != alias.id


def test_a_word_means_one_thing_only(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i.db") as index:
        index.add_alias("琼台", "agency", "~示例市|人民政府", author="7")
        with pytest.raises(StoreError, match="琼台"):
            index.add_alias("琼台", "field", "requests.received", author="7")


def test_an_index_from_before_is_brought_up_to_date(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i.db") as index, index.writing() as connection:
        connection.execute("DROP TABLE aliases")
    with Index.open(tmp_path / "i.db") as index:
        index.connection.execute("DROP TABLE names")
        index.connection.execute("PRAGMA user_version=3")
        assert index.aliases() == ()
    with Index.open(tmp_path / "i.db") as index:
        assert index.add_alias("琼台", "agency", "~示例市|人民政府", author="7").spelling == "琼台"
