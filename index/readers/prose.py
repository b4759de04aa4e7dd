"""What tells a stretch of prose in a frame from a cell of a table."""

from __future__ import annotations


def is_prose(text: str) -> bool:
    """Several sentences, and longer than any cell of a form."""
    return len("".join(text.split())) > 300 and text.count("。") > 1
