"""Wording as data: what people call the fields, how they ask, and how the program answers."""

from bot.wording.lexicon import Entry, Lexicon, data, lexicon

__all__ = ["Entry", "Lexicon", "data", "lexicon"]
