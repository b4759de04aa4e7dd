"""Settings: one clear sentence for each that is missing or wrong, and the token never shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, settings_from

TOKEN = "123456:ABCdefABCdef"
INDEX = Path("index.db")


def read(**variables: str):
    return settings_from({"TELEGRAM_BOT_TOKEN": TOKEN, **variables}, INDEX)


@pytest.mark.parametrize("token", ["", "abc", "123456", "123456:", "123 456:ABC"])
def test_a_missing_or_broken_token_is_said_in_one_sentence(token: str) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN"):
        settings_from({"TELEGRAM_BOT_TOKEN": token}, INDEX)


def test_the_token_does_not_show_in_the_settings() -> None:
    assert "ABCdef" not in repr(read(TELEGRAM_WEBHOOK_SECRET="hush-hush"))
    assert "hush" not in repr(read(TELEGRAM_WEBHOOK_SECRET="hush-hush"))


def test_owners_are_numbers() -> None:
    assert read(NIANBAO_ADMINS="4242, 77，5").owners == {4242, 77, 5}
    with pytest.raises(SettingsError, match="NIANBAO_ADMINS"):
        read(NIANBAO_ADMINS="@boss")


@pytest.mark.parametrize("root", ["http://127.0.0.1:8081", "http://127.0.0.1:8081/", "http://127.0.0.1:8081/bot"])
def test_a_local_server_may_be_named_with_or_without_its_path(root: str) -> None:
    assert read(TELEGRAM_BASE_URL=root).base_url == "http://127.0.0.1:8081/bot"


def test_file_root() -> None:
    assert read(TELEGRAM_BASE_FILE_URL="http://h/file/bot").base_file_url == "http://h/file/bot"
    assert read(TELEGRAM_BASE_FILE_URL="http://h").base_file_url == "http://h/file/bot"


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_BASE_URL"):
        read(TELEGRAM_BASE_URL="127.0.0.1")


def test_a_webhook_secret_of_other_characters_is_refused() -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET"):
        read(TELEGRAM_WEBHOOK_SECRET="密")
