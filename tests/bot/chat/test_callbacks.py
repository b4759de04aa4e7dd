"""What buttons and links carry: short, versioned, and never trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import Press, pack, unpack
from bot.chat.links import link, unlink


def test_what_is_packed_is_unpacked() -> None:
    assert unpack(pack("qf", "AbC-_123", 2024, "q.received.total")) == Press(
        "qf", ("AbC-_123", "2024", "q.received.total")
    )


@pytest.mark.parametrize("parts", [("机关",), ("a:b",), ("x" * 60,), ("a b",)])
def test_what_a_button_cannot_carry_is_refused(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="callback data"):
        pack("qf", *parts)


@given(st.text(max_size=80))
def test_any_text_is_either_understood_or_nothing(text: str) -> None:
    press = unpack(text)
    assert press is None or pack(press.kind, *press.parts) == text
    found = unlink(text)
    assert found is None or link(found) in (text, None)


@pytest.mark.parametrize(
    "item", ["q.received.total", "l.after_review.corrected", "Mdisclosure_rate@person", "Sproblems"]
)
def test_a_link_reproduces_a_button(item: str) -> None:
    press = Press("qf", ("AbC-_123", "2024", item))
    payload = link(press)
    assert payload is not None
    assert len(payload) <= 64
    assert unlink(payload) == press


def test_what_no_link_can_carry_has_none() -> None:
    assert link(Press("p", ("x", "1"))) is None
    assert link(Press("qf", ("AbC-_123", "2024", "x" * 60))) is None
