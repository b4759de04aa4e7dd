"""Long answers become pages that Telegram accepts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.pages import length, pages, plain
from tests.fake_telegram import balanced

LINES = st.lists(
    st.text(alphabet="甲乙a<&>😀 ", max_size=60).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    max_size=30,
)


def test_a_short_text_is_one_page() -> None:
    assert pages("<b>甲</b>") == ["<b>甲</b>"]


@given(LINES, st.booleans())
def test_no_page_is_too_long_and_nothing_is_lost(lines: list[str], bold: bool) -> None:
    markup = "\n".join(f"<b>{line}</b>" if bold else line for line in lines)
    cut = pages(markup, 100)
    assert all(length(page) <= 100 for page in cut)
    assert all(balanced(page) for page in cut)
    letters = "".join(plain(page) for page in cut)
    assert "".join(letters.split()) == "".join(plain(markup).split())


def test_a_tag_open_across_pages_is_closed_and_opened_again() -> None:
    cut = pages("<b>" + "\n".join("甲" * 30 for _ in range(10)) + "</b>", 100)
    assert len(cut) > 2
    assert all(page.startswith("<b>") and page.endswith("</b>") for page in cut)


def test_length_counts_as_telegram_does() -> None:
    assert length("<b>甲</b>&lt;😀") == 4
