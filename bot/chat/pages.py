"""Long HTML messages cut into pages that Telegram accepts, each with its tags closed."""

from __future__ import annotations

import html
import re

PAGE = 3600
"""Characters as Telegram counts them (UTF-16 units, tags away); its limit is 4096, a page number comes on top."""
_TAG = re.compile(r"<(/?)([a-z]+)([^<>]*)>")


def length(markup: str) -> int:
    """How long a text is once its tags are read."""
    return len(html.unescape(_TAG.sub("", markup)).encode("utf-16-le")) // 2


def plain(markup: str) -> str:
    """The text without its markup, for when Telegram refuses it."""
    return html.unescape(_TAG.sub("", markup))


def pages(markup: str, limit: int = PAGE) -> list[str]:
    """Cut at line ends; a line longer than a page is cut within, never inside a tag or an entity."""
    if length(markup) <= limit:
        return [markup]
    done: list[str] = []
    page: list[str] = []
    used = 0
    open_tags: list[str] = []
    for line in markup.splitlines():
        for piece in _pieces(line, limit):
            size = length(piece) + 1
            if page and used + size > limit:
                done.append(_close(page, open_tags))
                page, used = ["".join(open_tags)] if open_tags else [], 0
            page.append(piece)
            used += size
            open_tags = _still_open(open_tags, piece)
    return [*done, _close(page, open_tags)]


def _pieces(line: str, limit: int) -> list[str]:
    if length(line) <= limit:
        return [line]
    atoms = re.findall(r"<[^<>]*>|&[a-z#0-9]+;|.", line)
    pieces, piece, used = [], "", 0
    for atom in atoms:
        size = length(atom)
        if used + size > limit:
            pieces.append(piece)
            piece, used = "", 0
        piece += atom
        used += size
    return [*pieces, piece]


def _still_open(before: list[str], piece: str) -> list[str]:
    tags = list(before)
    for match in _TAG.finditer(piece):
        if not match[1]:
            tags.append(match[0])
        elif tags:
            tags.pop()
    return tags


def _close(lines: list[str], open_tags: list[str]) -> str:
    body = "\n".join(lines)
    return body + "".join(f"</{tag[1:-1].split()[0]}>" for tag in reversed(open_tags))
