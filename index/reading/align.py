"""Rows of the form ↔ runs of values in the document: the best match in order, by one dynamic programme.

States are the form's rows, each entered without its label, with (part of) its label seen, or with its run taken.
Items come one by one; a fragment may speak for a row, a run may be a row's values, and anything may be noise.
Order is the form's own: what stands out of order is noise to this row, which costs nothing but its own praise.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.reading.layout import Line, lines
from index.reading.likeness import likenesses, own_likenesses
from index.reading.stream import Fragment, Item, Run, fragments

ENTERED, LABELLED, TAKEN = range(3)
LABEL = 10.0
LETTER = 0.15
TAIL = 5.0
HEAD = 0.2
"""What a head is worth to a row of several blocks: there are many heads, and they stand over single blocks too."""
WITH_LABEL = {15: 40.0, 10: 25.0}
BARE = {15: 30.0, 7: 5.0}
"""What a run of the right number of cells is worth: much where so many numbers stand in no other row."""
PADDING = 3
PIECE = 0.6
LEAST = 0.12
"""Less of a label than this is noise."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the form and the run that is read as it."""

    line: Line
    item: int
    """Position of the run in the stream."""
    labels: tuple[int, ...]
    """Positions of the fragments that spoke for the row."""


def align(items: tuple[Item, ...]) -> tuple[Match, ...]:
    """The best matches, in order."""
    rows = lines()
    size = len(rows) * 3
    scores = [0.0 if state % 3 == ENTERED else float("-inf") for state in range(size)]
    history: list[list[tuple[int, bool]]] = []
    for item in items:
        scores, steps = _step(item, rows, scores)
        history.append(steps)
    return _trace(
        items,
        rows,
        history,
        max((state for state in range(size) if state % 3 != LABELLED), key=lambda state: scores[state]),
    )


def _step(item: Item, rows: tuple[Line, ...], old: list[float]) -> tuple[list[float], list[tuple[int, bool]]]:
    """Scores after one more item; for each state, where it came from and whether the item spoke for it."""
    new = list(old)
    steps = [(state, False) for state in range(len(old))]
    best, source = float("-inf"), 0
    likes = _likes(item)
    for at, row in enumerate(rows):
        base = at * 3
        like = likes[at] if likes else 0.0
        for state, score, came in _moves(item, row, like, base, old, best, source):
            if score > new[state]:
                new[state], steps[state] = score, (came, True)
        # Entering a row is free, so that a state may always be left for a later one.
        if best > new[base + ENTERED]:
            new[base + ENTERED], steps[base + ENTERED] = best, (source, False)
        for state in (base + ENTERED, base + TAKEN):  # a label without values is worth nothing
            if old[state] > best:
                best, source = old[state], state
    return new, steps


def _moves(
    item: Item, row: Line, like: float, base: int, old: list[float], best: float, source: int
) -> list[tuple[int, float, int]]:
    """(state, score, origin) that this item offers within one row."""
    entered, labelled, taken = old[base + ENTERED], old[base + LABELLED], old[base + TAKEN]
    start, origin = (best, source) if best > entered else (entered, base + ENTERED)
    if isinstance(item, Fragment):
        if like < LEAST:
            return []
        # Pieces of a label add up; a whole one stands for itself, however often it is printed.
        before, came = (labelled, base + LABELLED) if labelled >= start and like < PIECE else (start, origin)
        gain = HEAD if row.blocks > 1 else like * (LABEL + LETTER * len(row.labels[0]))
        moves = [(base + LABELLED, before + gain, came)]
        # A label is printed before its values; only the end of a wrapped one may follow them.
        return [*moves, (base + TAKEN, taken + TAIL * like, base + TAKEN)] if like < PIECE else moves
    with_label, bare = _praise(item, row)
    if item.own:
        if like < LEAST:
            crumb = with_label and _crumb(item, row)
            return [(base + TAKEN, labelled + with_label, base + LABELLED)] if crumb else []
        before, came = (labelled, base + LABELLED) if labelled >= start and like < PIECE else (start, origin)
        return (
            [(base + TAKEN, before + like * (LABEL + LETTER * len(row.labels[0])) + with_label, came)]
            if with_label
            else []
        )
    moves = []
    if with_label:
        moves.append((base + TAKEN, labelled + with_label, base + LABELLED))
    if bare:
        moves.append((base + TAKEN, start + bare, origin))
    return moves


def _crumb(run: Run, row: Line) -> bool:
    """Whether the text beside the values is the last letter or two of a label broken over lines."""
    text = "".join(each.key for each in run.own)
    return 0 < len(text) <= 3 and any(text in label for label in row.labels)


def _likes(item: Item) -> tuple[float, ...] | None:
    """How well the item's text speaks for each row."""
    texts = tuple(each.key for each in fragments(item) if not each.prose and each.key)
    if not texts:
        return None
    return likenesses(texts[0]) if isinstance(item, Fragment) else own_likenesses(texts)


def _praise(run: Run, row: Line) -> tuple[float, float]:
    """What a run is worth as the values of a row whose label has been seen, and without its label."""
    if run.all_empty:
        return 1.0, 0.0
    count, widest = len(run.tokens), max(row.widths)
    if fits(run, row):
        return WITH_LABEL.get(widest, 6.0), BARE.get(widest, 0.0)
    if row.blocks > 1:
        return (20.0, 0.0) if widest - 2 <= count < widest else (0.0, 0.0)
    if count < widest:
        missing = min(width - count for width in row.widths if width > count)
        return max(0.5, 4.0 - missing), 2.0 if count >= 5 and missing == 1 else 0.0
    return (2.0, 0.0) if run.exact or (run.single and count - 1 in row.widths) else (0.0, 0.0)


def fits(run: Run, row: Line) -> bool:
    """Whether a run has the row's number of cells, empty ones at its end not counted.

    Reviews and suits are printed as one row or as several, so there empty cells may well be cells.
    """
    spare = PADDING if row.table == "disputes" or not run.exact else len(run.tokens)
    return any(len(run.tokens) - width <= spare and run.starts(width) for width in row.widths)


def _trace(
    items: tuple[Item, ...], rows: tuple[Line, ...], history: list[list[tuple[int, bool]]], state: int
) -> tuple[Match, ...]:
    matches: list[Match] = []
    spoken: dict[int, list[int]] = {}
    runs: dict[int, int] = {}
    for at in range(len(items) - 1, -1, -1):
        came, spoke = history[at][state]
        if spoke:
            row = state // 3
            if isinstance(items[at], Run):
                runs[row] = at
            else:
                spoken.setdefault(row, []).append(at)
        state = came
    for row in sorted(runs):
        matches.append(Match(rows[row], runs[row], tuple(reversed(spoken.get(row, [])))))
    return tuple(matches)
