"""The engine behind the desk: the only module here that knows the answering side's own types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot import render
from bot.answers import Answer, Conversation, Engine, Turn
from bot.answers.actions import decode
from bot.chart import Bar, Chart
from bot.chat.callbacks import Press, pack
from bot.chat.cell import Cell, Located
from bot.chat.codes import agency_of, code_of
from bot.chat.examples import example_rows, examples
from bot.chat.reply import Reply
from bot.chat.send import Outgoing, Row
from bot.render.heading import is_single
from bot.wording.chat import Language, say
from index import forms
from index.store import Index

SHORT = 6
"""Characters of a label that leave room beside it."""
FLAGGED = ("answer", "not_in_report", "no_report")
"""Outcomes that may be wrong in a way that an administrator can mend."""


class EngineAnswering:
    """Turns questions and presses into replies. Actions of the engine travel as `1:q…`, with agencies by identity."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.engine = Engine(index)

    def ask(self, text: str, conversation: dict[str, Any] | None, today: date, tongue: Language = "zh") -> Reply:
        """Answer a question."""
        return self._reply(self.engine.ask(text, Conversation.from_json(conversation), today), tongue)

    def press(
        self, press: Press, question: str, conversation: dict[str, Any] | None, today: date, tongue: Language = "zh"
    ) -> Reply | None:
        """Answer a button; a pick whose conversation is forgotten is taken up again from its question."""
        action = self._action(press)
        if action is None:
            return None
        turn = self.engine.act(action, Conversation.from_json(conversation), today)
        if turn.answer.verdict == "stale" and question:
            again = self.engine.ask(question, Conversation(), today)
            turn = self.engine.act(action, again.conversation, today)
        return None if turn.answer.verdict == "stale" else self._reply(turn, tongue)

    def located(self, press: Press) -> Located | None:
        """The one printed cell a button is about; None for sums, rates and prose."""
        action = decode(self._action(press) or "")
        if (
            action is None
            or action.item is None
            or action.item.kind != "field"
            or action.item.code not in forms.all_fields()
        ):
            return None
        agency = self.engine.directory.by_id(action.agency)
        if agency is None or self._index.source(action.agency, action.year) is None:
            return None
        label = forms.field(action.item.code).label
        return Located(agency.id, agency.name, action.year, action.item.code, label)

    def _action(self, press: Press) -> str | None:
        """Press('qf', (code, 2024, item)) → '1f|12|2024|item'."""
        if len(press.kind) != 2 or press.kind[0] != "q" or not press.parts:
            return None
        agency = agency_of(self._index, press.parts[0])
        return None if agency is None else "|".join((f"1{press.kind[1]}", str(agency.id), *press.parts[1:]))

    def _data(self, action: str) -> str | None:
        """'1f|12|2024|item' → '1:qf:code:2024:item'; None where it does not fit a button."""
        head, number, *rest = action.split("|")
        agency = self.engine.directory.by_id(int(number))
        if agency is None:
            return None
        try:
            return pack(f"q{head[1:]}", code_of(agency), *rest)
        except ValueError:
            return None

    def _reply(self, turn: Turn, tongue: Language) -> Reply:
        answer = turn.answer
        message = render.message(answer, tongue)
        rows = tuple(row for row in (self._row(buttons) for buttons in message.buttons) if row)
        if answer.outcome in FLAGGED:
            rows = _flagged(rows, tongue)
        if answer.outcome == "help":
            rows = example_rows(examples(self._index), tongue)
        wanted = answer.verdict == "source"
        return Reply(
            Outgoing(message.text, rows),
            answer.outcome,
            turn.conversation.to_json(),
            render.to_json(answer),
            single=is_single(answer),
            cells=tuple(self._cells(answer)) if wanted else (),
            table=None if wanted else render.table(answer, tongue),
            chart=None if wanted else _chart(answer, tongue),
        )

    def _cells(self, answer: Answer) -> Iterator[Cell]:
        """Printed cells; of prose the report it stands in, without a cell."""
        for figure in answer.figures:
            codes = [code for code, _ in figure.parts] or [figure.code]
            for code in codes:
                yield Cell(figure.agency_id, figure.agency, figure.year, code, figure.file, figure.sha256)
        query = answer.query
        for agency_id in query.agencies if query and answer.quotes and not answer.figures else ():
            for year in sorted({quote.year for quote in answer.quotes}):
                source = self._index.source(agency_id, year)
                if source is not None:
                    yield Cell(agency_id, source.agency, year, "", source.file, source.sha256)

    def _row(self, buttons: Any) -> Row:
        pairs = ((button.label, self._data(button.action)) for button in buttons)
        return tuple((label, data) for label, data in pairs if data is not None)


def _flagged(rows: tuple[Row, ...], tongue: Language) -> tuple[Row, ...]:
    """🚩 at the end of the last row, or below where that row is a choice or full."""
    last = rows[-1] if rows else ()
    if len(last) == 4:
        return (*rows[:-1], (*last, (say("button.flag_short", tongue), pack("f"))))
    if 1 < len(last) < 4 or (last and len(last[0][0]) <= SHORT):
        return (*rows[:-1], (*last, (say("button.flag", tongue), pack("f"))))
    return (*rows, ((say("button.flag", tongue), pack("f")),))


def _chart(answer: Answer, tongue: Language) -> Chart | None:
    picture = render.chart(answer, tongue)
    if picture is None:
        return None
    bars = tuple(Bar(label, value, text) for label, value, text in picture.bars)
    return Chart(picture.title, bars, picture.note, picture.upright)
