"""The words stay few enough for a cold start of half a second: each spelling costs about ten microseconds."""

from __future__ import annotations

from bot.wording import lexicon


def test_there_are_no_more_spellings_than_a_cold_start_can_bear() -> None:
    assert len(lexicon().entries) <= 25_000
