"""A message in a conversation → an answer and the conversation after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from bot.answers.actions import decode
from bot.answers.context import Context
from bot.answers.glossary import Glossary
from bot.answers.kinds import TABLE
from bot.answers.model import Answer, Turn
from bot.answers.offers import offers_of
from bot.answers.picks import bare_pick, by_number, other_candidate, wants_all
from bot.question import Clarification, Conversation, Item, Pending, Query, Refusal, Understood, similar, understand
from bot.question.normalise import LONGEST, normalise
from bot.question.query import followed
from bot.wording import data
from index.agencies import Directory
from index.store import Index
from index.store.records import Agency

EXTRA = 1500
"""Characters of a message that are looked at when it is longer than a question can be."""


MOST_PICKED = 5
"""Candidates that may all be asked for at once."""

_NEXT = re.compile("(?:那|再看|换)?第[一二三四五六七八九十0-9]{1,2}(?:个|家)?(?:的)?呢")
"""第一个呢 after the second was picked: another of the same list."""


class Engine:
    """Answers from one index. Threads may share it; what it remembers is only what the index holds."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._directory: tuple[tuple[Agency, ...], Directory] | None = None
        self._glossary: tuple[int, Glossary] | None = None

    @property
    def directory(self) -> Directory:
        """The loaded agencies; renewed when one of them has changed, not when only figures have."""
        agencies = self.index.agencies()
        known = self._directory
        if known is None or known[0] is not agencies:
            known = agencies, (known[1].renewed(agencies) if known else Directory(agencies))
            self._directory = known
        return known[1]

    @property
    def glossary(self) -> Glossary:
        """What administrators taught; built again when the index has changed."""
        version = self.index.version()
        if self._glossary is None or self._glossary[0] != version:
            self._glossary = (version, Glossary(self.index.aliases(), self.directory))
        return self._glossary[1]

    def prepare(self) -> None:
        """Builds now what the first questions would wait for; for programs that keep running."""
        similar.prepare()
        self.directory.prepare()

    def ask(self, text: str, conversation: Conversation, today: date) -> Turn:
        """Always an answer; what cannot be answered is a refusal that says why."""
        if not text.strip():
            return Turn(Answer("help", "empty", verdict="empty"), conversation)
        if len(normalise(text[: LONGEST * 2])) > LONGEST or len(text) > EXTRA:
            return Turn(
                Answer("out_of_scope", verdict="too_long", facts={"length": len(text), "most": LONGEST}), conversation
            )
        context = Context(self.index, self.directory, today)
        conversation = _still_loaded(conversation, context.directory)
        picked = self._pick(text, conversation, context)
        if picked:
            return picked
        text = self.glossary.applied(text)
        return self._answered(text, understand(text, conversation, context.directory, today), conversation, context)

    def act(self, action: str, conversation: Conversation, today: date) -> Turn:
        """A button press: answered from its payload alone; a pick settles the conversation's question."""
        context = Context(self.index, self.directory, today)
        press = decode(action)
        known = {agency.id for agency in context.directory.agencies}
        if press is None or press.agency not in known:
            return Turn(Answer("help", "stale", verdict="stale"), conversation)
        if press.verb == "pick":
            conversation = _still_loaded(conversation, context.directory)
            return self._settle(press.agency, conversation, context) or Turn(
                Answer("help", "stale", verdict="stale"), conversation
            )
        assert press.item is not None
        query = self._pressed(press.verb, press.agency, press.year, press.item, context)
        answer = self._run(query, context, {"action": action})
        if press.verb == "source":
            return Turn(replace(answer, verdict="source"), conversation)
        return Turn(answer, Conversation(query))

    def _pressed(self, verb: str, agency: int, year: int, item: Item, context: Context) -> Query:
        years = context.agency(agency).years
        when = year or max(years)
        if verb == "trend":
            return Query("trend", (agency,), tuple(years), (item,), over="years", years_from="all")
        if verb == "compare":
            members = tuple(sorted({*context.directory.siblings(agency), agency}))
            return Query("ranking", members, (when,), (item,))
        return Query(
            "prose" if item.kind in ("section", "count") else "figures",
            (agency,),
            (when,),
            (item,),
            years_from="named" if year else "default",
        )

    # ── clarifications ──────────────────────────────────────────

    def _pick(self, text: str, conversation: Conversation, context: Context) -> Turn | None:
        """第二个, 2, 南京的, a full name: the candidate of a pending clarification that the message picks."""
        pending = conversation.pending
        if pending is None or not pending.candidates:
            return None
        if not pending.settled and len(pending.candidates) <= MOST_PICKED and wants_all(text, pending.candidates):
            return self._settle_all(conversation, context)
        next_one = pending.settled and _NEXT.fullmatch(text.strip("。？! ")) is not None
        chosen = None if pending.settled and not next_one else by_number(text, pending.candidates)
        if pending.settled and not next_one and not other_candidate(text, conversation, context):
            return None
        if chosen is None:
            bare = bare_pick(text)
            level = bare[0] if bare in data("pair.toml")["levels"]["words"] else ""
            ends = [each for each in pending.candidates if context.name(each).removesuffix("人民政府").endswith(level)]
            if level and len(ends) == 1:
                return self._settle(ends[0], conversation, context)
            if denied := re.match("(?:而?不是|不要|不选)(.+)", bare):
                wrong = context.directory.pick(denied[1], pending.candidates)
                left = [each for each in pending.candidates if each not in wrong]
                return self._settle(left[0], conversation, context) if wrong and len(left) == 1 else None
            if bare in data("pair.toml")["levels"]["none"]:
                return Turn(Answer("clarify", "clarify", conversation.query, verdict="none"), conversation)
            chosen = tuple(context.directory.pick(bare, pending.candidates)) if bare and len(bare) <= 25 else ()
            if not chosen and bare:
                chosen = tuple(each for each in pending.candidates if bare in context.name(each))
        if chosen == () and not pending.settled and by_number(text, pending.candidates) == ():
            named = tuple((each, context.name(each)) for each in pending.candidates)
            again = Answer(
                "clarify", "clarify", candidates=named, verdict="candidates", facts={"mention": text.strip()}
            )
            return Turn(replace(again, offers=offers_of(again, context)), conversation)
        if len(chosen) > 1:
            chosen = self._of_mention(chosen, pending, context)  # 南京的, of 鼓楼区和玄武区
        if len(chosen) != 1:
            return None
        return self._settle(chosen[0], conversation, context)

    def _of_mention(self, chosen: Sequence[int], pending: Pending, context: Context) -> tuple[int, ...]:
        """Those of the picked that the first of two doubtful names may mean; the other name is read beside it."""
        mentions = context.directory.recognise(normalise(pending.text))
        named = mentions[pending.mention].agency_ids if pending.mention < len(mentions) else ()
        return tuple(each for each in chosen if each in named)

    def _settle(self, agency: int, conversation: Conversation, context: Context) -> Turn | None:
        pending = conversation.pending
        if pending is None or agency not in pending.candidates:
            return None
        before = replace(conversation, pending=None)
        understood = understand(pending.text, before, context.directory, context.today, {pending.mention: agency})
        turn = self._answered(pending.text, understood, before, context)
        if turn.conversation.pending is None:
            kept = replace(turn.conversation, pending=replace(pending, settled=True))
            turn = replace(turn, conversation=kept)
        return turn

    def _settle_all(self, conversation: Conversation, context: Context) -> Turn | None:
        """两个都要: the question of each of them, in one answer where it is the same."""
        pending = conversation.pending
        assert pending is not None
        before = replace(conversation, pending=None)
        each = [
            understand(pending.text, before, context.directory, context.today, {pending.mention: agency})
            for agency in pending.candidates
        ]
        queries = [one[0].outcome for one in each if len(one) == 1 and isinstance(one[0].outcome, Query)]
        alike = {(query.kind, query.items, query.years, query.over) for query in queries}
        if len(queries) == len(each) and len(alike) == 1 and queries[0].kind == "figures":
            whole = replace(queries[0], agencies=tuple(query.agencies[0] for query in queries))
            return self._answered(pending.text, [replace(each[0][0], outcome=whole)], before, context)
        return self._answered(pending.text, [part for one in each for part in one], before, context)

    # ── answering ───────────────────────────────────────────────

    def _answered(
        self, text: str, understood: Sequence[Understood], conversation: Conversation, context: Context
    ) -> Turn:
        answers: list[Answer] = []
        for each in understood:
            answer, conversation = self._one(each, conversation, context)
            answers.append(answer)
        if len(answers) == 1:
            return Turn(answers[0], conversation)
        best = next((outcome for outcome in _FIRST if any(each.outcome == outcome for each in answers)), "out_of_scope")
        figures = tuple(figure for each in answers if each.outcome == "answer" for figure in each.figures)
        quotes = tuple(quote for each in answers for quote in each.quotes)
        whole = Answer(
            best,  # type: ignore[arg-type]
            "several",
            None,
            figures=figures,
            quotes=quotes,
            candidates=next((each.candidates for each in answers if each.candidates), ()),
            parts=tuple(answers),
            trace={"text": text, "questions": [dict(each.trace) for each in answers]},
        )
        return Turn(whole, conversation)

    def _one(self, understood: Understood, conversation: Conversation, context: Context) -> tuple[Answer, Conversation]:
        outcome = understood.outcome
        if isinstance(outcome, Query):
            answer = self._run(outcome, context, understood.trace)
            winner = tuple({each.agency_id for each in answer.results}) if outcome.kind == "ranking" else ()
            return answer, replace(
                followed(conversation, understood.whole or outcome), first=winner if len(winner) == 1 else ()
            )
        if isinstance(outcome, Clarification):
            return self._clarify(understood, outcome, conversation, context)
        answer = _with_names(_refused(outcome, understood.trace), context)
        answer = replace(answer, offers=offers_of(answer, context))
        return answer, Conversation(outcome.keeps or conversation.query)

    def _run(self, query: Query, context: Context, trace: dict[str, Any]) -> Answer:
        answer = _with_names(TABLE[query.kind](query, context), context)
        cells = [
            {"agency": f.agency, "year": f.year, "code": f.code, "value": _plain(f.value), "status": f.state}
            for f in answer.figures
        ]
        told = {**trace, "query": _told(query), "cells": cells[:60]}
        return replace(answer, offers=offers_of(answer, context), trace=told)

    def _clarify(
        self, understood: Understood, asked: Clarification, conversation: Conversation, context: Context
    ) -> tuple[Answer, Conversation]:
        named = sorted(((each, context.name(each)) for each in asked.candidates), key=lambda pair: pair[1])
        answer = Answer(
            "clarify", "clarify", asked.query,
            candidates=tuple(named), verdict="candidates" if named else asked.mention,
            facts={"mention": asked.mention}, trace=understood.trace,
        )  # fmt: skip
        answer = replace(answer, offers=offers_of(answer, context))
        if not named:
            return answer, Conversation(asked.query or conversation.query)
        mention = _mention_index(understood, named)
        pending = Pending(understood.text, tuple(each for each, _ in named), mention)
        return answer, Conversation(conversation.query, pending)


def _still_loaded(conversation: Conversation, directory: Directory) -> Conversation:
    """Without what speaks of agencies that have been taken out since."""
    query, pending = conversation.query, conversation.pending
    named = (*query.agencies, *(query.group.members if query.group else ())) if query else ()
    if any(directory.by_id(each) is None for each in named):
        query = None
    if pending and any(directory.by_id(each) is None for each in pending.candidates):
        pending = None
    gone = query is None or any(directory.by_id(each) is None for each in (*conversation.earlier, *conversation.first))
    if gone:
        return Conversation(query, pending)
    return replace(conversation, query=query, pending=pending)


_FIRST = ("answer", "clarify", "not_in_report", "no_report", "help", "out_of_scope")


def _mention_index(understood: Understood, named: Sequence[tuple[int, str]]) -> int:
    """Which mention of the question the clarification is about."""
    agencies = understood.trace.get("agencies", [])
    names = {name for _, name in named}
    for position, mention in enumerate(agencies):
        candidates = {each["agency"] for each in mention["candidates"]}
        if mention["kind"] == "agency" and candidates & names:
            return position
    return 0


def _with_names(answer: Answer, context: Context) -> Answer:
    """A refusal names the agency, the years asked and the years there are."""
    query = answer.query
    if answer.outcome not in ("no_report", "not_in_report") or query is None:
        return answer
    if not query.agencies:
        group = query.group if query.group and query.group.kind != "all" else None
        return replace(answer, facts={**({"agency_names": group.label} if group else {}), **answer.facts})
    agencies = query.agencies
    if answer.outcome == "no_report":
        agencies = tuple(a for a in agencies if not set(query.years) <= set(context.agency(a).years)) or agencies
    names = "、".join(context.name(each) for each in agencies)
    have = context.agency(query.agencies[0]).years if len(query.agencies) == 1 else ()
    facts = {"agency_names": names, "asked_years": query.years, "have": have, **answer.facts}
    return replace(answer, facts=facts)


def _refused(refusal: Refusal, trace: dict[str, Any]) -> Answer:
    query = refusal.keeps or Query("figures", refusal.agencies, refusal.years, refusal.items)
    facts = {
        "names": refusal.names,
        "years": refusal.years,
        "agencies": refusal.agencies,
        "unknown": refusal.unknown,
        "nearest": refusal.nearest,
    }
    return Answer(refusal.outcome, "refusal", query, verdict=refusal.reason, facts=facts, trace=trace)


def _told(query: Query) -> dict[str, Any]:
    alone = asdict(replace(query, group=None))  # asdict copies every member of a group
    told = {key: value for key, value in alone.items() if value not in ((), None, "", False)}
    if query.group:
        told["group"] = {"label": query.group.label, "members": len(query.group.members)}
    return told


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int) else float(value)  # type: ignore[arg-type]
