"""Which matches are believed. A row is strong where its label stands on its values' own row; the rest needs more.

A label on the lines before its values is believed too, where labels and values alternate as they should. Where any
values stand without a label before them, labels have come apart from values, and then only order tells: between two
strong rows, values are read in order when they are exactly as many as the form's rows between, and else not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from index.reading.align import LEAST, PIECE, Match
from index.reading.layout import Line, heads, lines
from index.reading.likeness import likeness, likenesses, own_likenesses
from index.reading.stream import Fragment, Item, Run, fragments

REVIEW = "review"
STRONG = 0.6
SOLID = 0.5
SURE = 0.88
FOREIGN = 0.4
"""So much of another row's label before the values, and they may be that row's."""


def believed(matches: tuple[Match, ...], items: tuple[Item, ...]) -> list[Match]:
    """The matches whose labels say enough."""
    strong = [match for match in matches if _strong(match, items)]
    if not any(match.line.code == REVIEW for match in matches):
        # Suits as one row need the reviews as another: otherwise they may be a row of both that has lost cells.
        strong = [match for match in strong if match.line.blocks != 2]
    clean = [
        match for match in matches if match not in strong and match.line.blocks == 1 and _clean(match, matches, items)
    ]
    if _come_apart(strong, matches, items):
        clean = [match for match in clean if match.line.table != "requests"]
    return sorted([*strong, *clean], key=lambda match: match.item)


def _strong(match: Match, items: tuple[Item, ...]) -> bool:
    """Whether the label, or most of it, stands on the row of the values."""
    run = run_at(items, match.item)
    if match.line.blocks > 1:
        return bool(match.labels) or len(run.tokens) in match.line.widths
    own = own_keys(run)
    return bool(own) and own_likenesses(own)[lines().index(match.line)] >= STRONG and _own(match, own)


def _own(match: Match, own: tuple[str, ...]) -> bool:
    """Whether the texts on the row speak for this row of the form, and for no other."""
    likes = own_likenesses(own)
    position = lines().index(match.line)
    rivals = max(like for at, like in enumerate(likes) if at != position and lines()[at].blocks == 1)
    return likes[position] >= SOLID and rivals < likes[position]


def _clean(match: Match, matches: tuple[Match, ...], items: tuple[Item, ...]) -> bool:
    """Whether the label, perhaps over several lines, stands right before the values, and no other row's does."""
    own = own_keys(run_at(items, match.item))
    if own and _own(match, own):
        return True
    start = max((at for at in range(match.item) if _counts(items[at])), default=-1)
    spoken = [each.key for at in match.labels if at > start for each in fragments(items[at])]
    before = [each.key for at in match.labels if start < at < match.item for each in fragments(items[at])]
    if not (before or own):
        return False
    like = _joined(match.line, [*before, *own], spoken, own)
    rivals = [line for line in lines() if line.blocks == 1 and line is not match.line]
    if like < SOLID or any(likeness("".join([*before, *own]), line) >= like for line in rivals):
        return False
    return not _stacked(match, matches, items) and not _parted(match, items)


def _parted(match: Match, items: tuple[Item, ...]) -> bool:
    """Whether a text that is nobody's stands between label and values: a misprinted label of another row, perhaps."""
    last = max((at for at in match.labels if at < match.item), default=match.item)
    between = [item for item in items[last + 1 : match.item] if isinstance(item, Fragment)]
    return any(
        len(each.key) >= 4 and each.key not in heads() and likeness(each.key, match.line) < LEAST for each in between
    )


def _come_apart(strong: list[Match], matches: tuple[Match, ...], items: tuple[Item, ...]) -> bool:
    """Whether in the table of requests values stand without any label, or with that of a row already passed."""
    requests = [line for line in lines() if line.table == "requests"]
    width = max(requests[0].widths)
    places = [match.item for match in matches if match.line.table == "requests"]
    anchors = {match.item: requests.index(match.line) for match in strong if match.line.table == "requests"}
    first = max((match.item for match in strong if match.item < min(places, default=0)), default=-1)
    passed, since = -1, first
    for at in range(first + 1, max(places, default=-1) + 1):
        item = items[at]
        if at in anchors:
            passed, since = max(passed, anchors[at]), at
        elif isinstance(item, Run) and not item.all_empty and width - 1 <= len(item.tokens) <= width + 1:
            texts = [each for place in range(since + 1, at + 1) for each in fragments(items[place])]
            if not texts or any(_of_passed(each, requests[: passed + 1]) for each in texts):
                return True
            if since == first and not any(_of_table(each, requests) for each in texts):
                return True
            since = at
    return False


def _of_table(fragment: Fragment, requests: list[Line]) -> bool:
    return not fragment.prose and any(likeness(fragment.key, line) >= LEAST for line in requests)


def _of_passed(fragment: Fragment, passed: list[Line]) -> bool:
    return (
        not fragment.prose and len(fragment.key) >= 4 and any(likeness(fragment.key, line) >= 0.75 for line in passed)
    )


def child(match: Match, items: tuple[Item, ...]) -> Match:
    """（六）其他处理 over 3.其他: where the label of one of its rows stands at the values, the group is not the row."""
    children = [line for line in lines() if line.code.startswith(f"{match.line.code}.")]
    if not children:
        return match
    own = own_keys(run_at(items, match.item))
    if own:
        named = [line for line in children if _ends_as(own, line, match.line)]
        return Match(named[0], match.item, match.labels) if len(named) == 1 else match
    start = match.item
    while start and isinstance(items[start - 1], Fragment):
        start -= 1
    for at in range(match.item - 1, start - 1, -1):
        text = "".join(each.key for item in items[at : match.item] for each in fragments(item) if not each.prose)
        meant = [line for line in children if likeness(text, line) >= SURE and not _is_label(text, match.line)]
        if len(meant) == 1:
            return Match(meant[0], match.item, tuple(range(at, match.item)))
    return match


def _is_label(text: str, line: Line) -> bool:
    return any(text.endswith(label) for label in line.labels)


def _ends_as(own: tuple[str, ...], line: Line, group: Line) -> bool:
    """Whether the last text beside the values is the row's label or, cut by the end of a page, its beginning."""
    joined = "".join(own)
    if any(joined.endswith(name + label) for label in line.labels for name in group.labels):
        return True
    return len(own) > 1 and len(own[-1]) >= 3 and any(label.startswith(own[-1]) for label in line.labels)


def run_at(items: tuple[Item, ...], at: int) -> Run:
    item = items[at]
    assert isinstance(item, Run)
    return item


def own_keys(run: Run) -> tuple[str, ...]:
    return tuple(each.key for each in run.own if not each.prose and each.key)


def _joined(line: Line, before: list[str], spoken: list[str], own: tuple[str, ...]) -> float:
    """Likeness of all the pieces of a wrapped label together, or of the part before the values."""
    after = "".join(spoken[len(before) - len(own) :])
    whole = "".join(before)
    return max(likeness(whole, line), likeness(whole + after, line), *(likeness(piece, line) for piece in before))


def _stacked(match: Match, matches: tuple[Match, ...], items: tuple[Item, ...]) -> bool:
    """Whether labels of other rows, still without values, stand before these values too."""
    others = {other.item for other in matches}
    start = max((at for at in range(match.item) if at in others or _counts(items[at])), default=-1)
    previous = {other.line.code for other in matches if other.item == start}
    for at in range(start + 1, match.item):
        item = items[at]
        if at in match.labels or not isinstance(item, Fragment) or item.prose or len(item.key) < 4:
            continue
        for line, like in zip(lines(), likenesses(item.key), strict=True):
            tail = line.code in previous and like < PIECE
            if line.table != match.line.table or line.blocks > 1 or tail:
                continue
            if like >= FOREIGN and line.code != match.line.code and not match.line.code.startswith(f"{line.code}."):
                return True
    return False


def _counts(item: Item) -> bool:
    return isinstance(item, Run) and not item.all_empty and len(item.tokens) > 1


def forced(solid: list[Match], items: tuple[Item, ...]) -> Iterator[Match]:
    """Rows of the table of requests between two solid ones, or at its ends, where there are as many runs as rows."""
    requests = [line for line in lines() if line.table == "requests"]
    known = {match.line.code for match in solid}
    width = max(requests[0].widths)
    for (first, lower), (last, upper) in pairwise(_anchors(solid, requests, len(items))):
        between = requests[first + 1 : last]
        runs = [at for at in range(lower + 1, upper) if _bare(items[at], width)]
        if not between or not runs or any(_own_label(items[at]) for at in runs):
            continue
        if last == len(requests) and any(_of_disputes(item) for item in items[lower + 1 : runs[-1]]):
            continue  # the numbers of reviews and suits, some of their cells empty
        texts = [each.key for item in items[lower + 1 : upper] for each in fragments(item) if not each.prose]
        choices = [choice for choice in _choices(between, known, texts) if len(choice) == len(runs)]
        if len(choices) == 1:
            yield from (Match(line, at, ()) for line, at in zip(choices[0], runs, strict=True))


def _anchors(solid: list[Match], requests: list[Line], end: int) -> list[tuple[int, int]]:
    """(row of the table, position in the stream) of the solid rows, and of where the table begins and ends."""
    rows = [(requests.index(match.line), match.item) for match in solid if match.line.table == "requests"]
    if not rows:
        return []
    before = [match.item for match in solid if match.line.table == "disclosure" and match.item < rows[0][1]]
    after = [match.item for match in solid if match.line.table == "disputes" and match.item > rows[-1][1]]
    return [(-1, max(before, default=-1)), *rows, (len(requests), min(after, default=end))]


def _of_disputes(item: Item) -> bool:
    blocks = [line for line in lines() if line.table == "disputes" and line.blocks == 1]
    texts = [each.key for each in fragments(item) if not each.prose]
    return any(likeness(text, line) >= SURE for text in texts for line in blocks)


def _bare(item: Item, width: int) -> bool:
    return isinstance(item, Run) and not item.all_empty and item.trimmed(width) is not None


def _own_label(item: Item) -> bool:
    return isinstance(item, Run) and any(len(text) > 6 for text in own_keys(item))


def _choices(between: list[Line], known: set[str], texts: list[str]) -> list[list[Line]]:
    """The rows of either edition: a group printed as one row, or its rows."""
    groups = {line.code for line in between if any(each.code.startswith(f"{line.code}.") for each in lines())}
    if not groups:
        parents = {code for line in lines() for code in known if line.code.startswith(f"{code}.")}
        return [[line for line in between if not any(line.code.startswith(f"{code}.") for code in parents)]]
    split = [line for line in between if line.code not in groups]
    whole = [line for line in between if not any(line.code.startswith(f"{code}.") for code in groups)]
    parts = [line for line in between if any(line.code.startswith(f"{group}.") for group in groups)]
    printed = any(likeness(text, line) >= LEAST for text in texts for line in parts)
    if printed or any(code.startswith(f"{group}.") for group in groups for code in known):
        return [split]
    return [split, whole]
