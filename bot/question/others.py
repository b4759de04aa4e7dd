"""其他处理里的其他, 复议结果为其他的, 其他处理中的第三项: which row or column of a group is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.question import form
from bot.question.tokens import Token
from bot.wording import Entry

_OTHER_OF = {
    "requests.other": Entry("row", "requests.other.miscellaneous"),
    **{row: Entry("column", "other") for row in form.DISPUTES},
    "organisations": Entry("column", "other_org"),
}
"""What 其他 means beside the row or column of a group."""
_ROWS = ("项", "小项", "种", "类", "条", "行", "栏", "点")
_PASSED = Entry("filler", "words")


def pointed_out(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with every 其他 and 第三项 as what it points to; as unknown words where they point to nothing."""
    return _others(_ordinals(list(tokens)))


def _others(tokens: list[Token]) -> tuple[Token, ...]:
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        if last is not None and last.text == "其" and token.text in ("他", "它") and last.end == token.start:
            found[-1] = Token(last.start, token.end, last.text + token.text, "unknown")
        else:
            found.append(token)
    for place, token in enumerate(found):
        if token.text in ("其他", "其它") and token.kind == "unknown":
            _resolve(found, place)
    return tuple(found)


def _resolve(tokens: list[Token], place: int) -> None:
    """By the nearest group before it, else behind it."""
    for at in (*range(place - 1, -1, -1), *range(place + 1, len(tokens))):
        codes = [entry.code for entry in tokens[at].entries if entry.kind in ("row", "column", "field", "measure")]
        if not codes:
            continue
        entry = next((_OTHER_OF[code] for code in codes if code in _OTHER_OF), None)
        if entry is not None:
            tokens[place] = replace(tokens[place], kind="word", entries=(entry,))
            if entry.code == "other_org":
                tokens[at] = replace(tokens[at], entries=(_PASSED,))
            _pass_links(tokens, place)
            return
        if at < place and not set(codes) & {"requests.received", "requests.handled"}:
            return  # of this row there is no 其他


_LINKS = frozenset(["归", "归类", "划", "列", "算", "落", "格", "一"])
"""归到其他的, “其他”那一格: what only leads to 其他 or to its cell."""


def _pass_links(tokens: list[Token], place: int) -> None:
    for at in (*range(max(0, place - 2), place), *range(place + 1, min(len(tokens), place + 5))):
        if tokens[at].text in _LINKS:
            tokens[at] = replace(tokens[at], kind="word", entries=(_PASSED,))


def _ordinals(tokens: list[Token]) -> list[Token]:
    """不予公开的第三项: the third row of the group named before it."""
    for place, token in enumerate(tokens):
        after = "".join(each.text for each in tokens[place + 1 : place + 3])
        if token.kind != "nth" or not after.startswith(_ROWS):
            continue
        rows = _rows_of_group(tokens[:place])
        number = int(token.value or 0)
        named = {code for each in tokens[place + 1 :] for code in each.codes("row")} & set(rows)
        if 0 < number <= len(rows) and named <= {rows[number - 1]}:
            tokens[place] = replace(token, kind="word", entries=(Entry("row", rows[number - 1]),))
            size = 1 if tokens[place + 1].text.startswith(_ROWS) else 2
            for at in range(place + 1, place + 1 + size):
                tokens[at] = replace(tokens[at], kind="word", entries=(_PASSED,))
        else:
            tokens[place] = replace(token, kind="unknown", entries=())
    return tokens


def _rows_of_group(tokens: Sequence[Token]) -> list[str]:
    group = next((code for each in reversed(tokens) for code in each.codes("row") if code in form.GROUPS), "")
    codes = sorted(form.codes(), key=form.position)
    return [
        each.rpartition(".")[0]
        for each in codes
        if group and each.startswith(group + ".") and each.endswith(".total") and each.count(".") == 3
    ]
