"""What is said round a question and asks nothing: 老师好，打扰一下，…，急用."""

from __future__ import annotations

import re

from bot.question import scope
from bot.question.tokens import Token, tokenise
from bot.wording import data
from index.agencies import Directory

_MARKS = re.compile(r"([，。！；]+)")
_DATED = re.compile(r"[\d年月季周]")
_LIMITS = re.compile(
    r"^(?:关于|对|就|在|按|从|由|以|除|若|如果|假如|其中|仅|只|不|涉及|针对|因|经|被|向|那|换|再)|(?:的|方面|类|中|里|上|内|期间|时|呢)$"
)
"""How a clause begins or ends that says of what the question is asked."""
_SPEAKER = re.compile(r"^(?:我|本人|俺|咱|偶|在下|家里)")
_IDLE = frozenset({"asks", "said", "follow", "origin", "separator", "and", "negation", "reports", "loaded", "fast"})
"""Operations that a remark may hold without asking anything."""


def without_asides(text: str, directory: Directory) -> str:
    """The text without the remarks before its question and the closing words behind it."""
    pieces = _MARKS.split(text)
    while len(pieces) > 2 and _opens(pieces[0], directory):
        pieces = pieces[2:]
    while len(pieces) > 2 and (not pieces[-1] or _closes(pieces[-1], directory)):
        pieces = pieces[:-2]
    return "".join(pieces)


def _opens(piece: str, directory: Directory) -> bool:
    """A clause in front with unknown words, but no agency, year, number, item, wish or limit."""
    if not piece:
        return True
    if _LIMITS.search(piece) or not _asks_nothing(piece, directory):
        return False
    tokens = tokenise(piece, ())
    if _SPEAKER.match(piece):
        return True
    unknown = any(token.kind == "unknown" for token in tokens)
    return unknown and not any(token.narrows for token in tokens)


def _closes(piece: str, directory: Directory) -> bool:
    """A clause behind that holds one of the known closing words; a new noun there might limit the question."""
    closing = any(re.search(pattern, piece) for pattern in data("scope.toml")["closing"]["pattern"])
    return closing and _asks_nothing(piece, directory) and not any(token.narrows for token in tokenise(piece, ()))


def _asks_nothing(piece: str, directory: Directory) -> bool:
    outside = scope.out_of_scope(piece)
    if _DATED.search(piece) or (outside and outside.reason != "chat"):
        return False
    return all(_is_idle(token) for token in tokenise(piece, ())) and not directory.recognise(piece)


def _is_idle(token: Token) -> bool:
    if token.kind not in ("word", "unknown", "mark"):
        return False
    return all(
        entry.kind in ("filler", "narrowing", "unit") or (entry.kind == "operation" and entry.code in _IDLE)
        for entry in token.entries
    )
