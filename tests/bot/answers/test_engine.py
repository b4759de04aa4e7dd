"""What an answer says and never says, over the project's invented corpus."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

from bot.answers import Answer, Conversation, Engine
from bot.answers.actions import LONGEST, decode, encode
from bot.chat.callbacks import pack
from bot.question import Item, form
from bot.render import message, text, to_json
from bot.wording import data
from index.forms import fields
from tests.golden import corpus
from tests.golden.questions import questions

TODAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with corpus.build(tmp_path_factory.mktemp("answers") / "index.db") as index:
        yield Engine(index)


def last(engine: Engine, turns: tuple[str, ...]) -> Answer:
    conversation = Conversation()
    for turn in turns:
        found = engine.ask(turn, conversation, TODAY)
        conversation = found.conversation
    return found.answer


NUMBER = re.compile(r"\d+(?:\.\d+)?")
ASKED = [each for each in questions() if each.corpus == "invented"][::7]


@pytest.mark.parametrize("question", ASKED, ids=lambda each: each.id)
def test_every_number_said_has_a_source(question: object, engine: Engine) -> None:
    turns: tuple[str, ...] = question.turns  # type: ignore[attr-defined]
    answer = last(engine, turns)
    if answer.outcome != "answer":
        return
    known = set(_known(engine, answer)) | set(NUMBER.findall(" ".join(turns)))
    strange = [number for number in NUMBER.findall(_said(answer)) if number not in known]
    assert not strange, (turns, text(answer))


def _said(answer: Answer) -> str:
    """The text without what is quoted: titles, files, sentences of a report."""
    plain = re.sub(
        r"不足10件|第\d+(?:页|行)|表格\d+|《[^》]*》|（[^（）]*\.html）|“[^”]*”|⚠ .*|· .*：.*≠.*|等\d+份报告",
        "",
        text(answer),
    )
    return re.sub(r"(?m)^\s*\d+\. ", "", plain)


def _change(now: float, then: float) -> list[str]:
    """Both figures are printed beside the change and its percentage."""
    percent = (now - then) / then * 100 if then else 0
    return NUMBER.findall(f"{abs(round(now - then, 2)):g} {abs(round(percent, 2)):g}")


def _known(engine: Engine, answer: Answer) -> Iterator[str]:
    """Cells, their parts, years, counts, and arithmetic that is printed with its formula."""
    for each in (answer, *answer.parts):
        for figure in each.figures:
            yield from NUMBER.findall(f"{figure.value}")
            for _, value in figure.parts:
                yield from NUMBER.findall(f"{value}")
        for figure in [figure for result in each.beside for figure in result.figures]:
            yield from NUMBER.findall(f"{figure.value}")
        for result in (*each.results, *each.beside):
            yield from NUMBER.findall(f"{result.year} {result.value} {round(float(result.value or 0), 2):g}")
        if each.kind == "growth":
            for now, then in zip(each.results[::2], each.results[1::2], strict=True):
                yield from _change(float(now.value or 0), float(then.value or 0))
        values = [each.value, *each.facts.values()] if each.facts else [each.value]
        for value in values:
            if isinstance(value, (int, float)) or hasattr(value, "as_tuple"):
                yield from NUMBER.findall(f"{value} {abs(round(float(value), 2)):g} {abs(round(float(value), 2)):.2f}")  # type: ignore[arg-type]
        for quote in each.quotes:
            yield from NUMBER.findall(f"{quote.year} {quote.page} {quote.text}")
        if each.kind == "collection":
            yield str(len(each.facts.get("agencies", ())))
        if each.kind == "ranking":
            yield str(len(each.results))  # a tie at the last place: 共列出 3 家
        if each.coverage:
            yield from map(str, (each.coverage.covered, each.coverage.total))
            lost = [named for _, named in each.coverage.missing_of]
            for named in (each.coverage.missing, each.coverage.blank, each.coverage.flagged, *lost):
                yield str(named.count)
        if each.query:
            yield from map(str, (*each.query.years, *each.query.skipped))
            for condition in each.query.conditions:
                yield from NUMBER.findall(f"{condition.low or 0:g} {condition.high or 0:g}")
    for agency in engine.index.agencies():
        yield from map(str, agency.years)


@pytest.mark.parametrize("question", ASKED, ids=lambda each: each.id)
def test_answers_travel_as_json_and_as_messages(question: object, engine: Engine) -> None:
    answer = last(engine, question.turns)  # type: ignore[attr-defined]
    assert json.loads(json.dumps(to_json(answer), ensure_ascii=False))["text"]
    sent = message(answer)
    assert sent.plain
    assert len(sent.text) < 4096
    for row in sent.buttons:
        for button in row:
            assert button.label
            assert len(button.action.encode()) <= LONGEST
            assert engine.act(button.action, Conversation(), TODAY).answer.outcome in (
                "answer",
                "not_in_report",
                "help",
            )


def test_a_conversation_survives_json(engine: Engine) -> None:
    for turns in (
        ("示例市2024年收到多少申请", "那2023年呢"),
        ("甲区2024年收到多少申请",),
        ("2024年收到申请最多的三家",),
    ):
        conversation = Conversation()
        for turn in turns:
            conversation = engine.ask(turn, conversation, TODAY).conversation
            assert Conversation.from_json(json.loads(json.dumps(conversation.to_json()))) == conversation


@pytest.mark.parametrize("broken", [{"query": {"kind": 3, "nonsense": 1}}, {"pending": {}}, {"query": 5}, [], None])
def test_an_unreadable_conversation_is_an_empty_one(broken: object) -> None:
    assert Conversation.from_json(broken) == Conversation()  # type: ignore[arg-type]


def test_every_field_and_measure_fits_a_button() -> None:
    items = [Item("field", code) for code in form.codes()] + [
        Item("measure", code) for code in data("measures.toml")["measure"]
    ]
    for item in items:
        payload = encode("figure", 123456, 2024, item)
        assert payload is not None
        found = decode(payload)
        assert found is not None
        assert found.item == item


def test_every_share_of_its_natural_whole_fits_a_button_of_the_chat() -> None:
    for code in form.codes():
        item = form.share(code)
        if item is None or item.kind != "share":
            continue
        payload = encode("figure", 123456, 2024, item)
        assert payload is not None
        assert len(pack("qf", "ABCDEFGH", *payload.split("|")[2:])) <= LONGEST
        found = decode(payload)
        assert found is not None
        assert found.item == item


def test_a_share_offers_its_other_years_where_there_are_some(engine: Engine) -> None:
    answer = last(engine, ("示例市2024年行政诉讼占行政复议的比例",))
    assert answer.outcome == "answer"
    assert [each.item.kind for each in answer.results] == ["share"]
    offers = {each.kind: each.action for each in answer.offers}
    assert {"previous", "years"} <= offers.keys()
    before = engine.act(offers["previous"], Conversation(), TODAY).answer
    assert [(each.year, each.item) for each in before.results] == [(2023, answer.results[0].item)]
    trend = engine.act(offers["years"], Conversation(), TODAY).answer
    assert trend.kind == "trend"
    assert {each.item for each in trend.results} == {answer.results[0].item}


@pytest.mark.parametrize(
    "item", ["R", "R@", "Rl.total@", "Rl.total@nothing", "Rd.fees.amount@l.total", "Rnothing@l.total"]
)
def test_a_share_that_no_button_offers_is_not_made_of_a_forged_one(item: str) -> None:
    assert decode(f"1f|1|2024|{item}") is None


@pytest.mark.parametrize(
    "payload", ["", "1f", "1f|x|y|z", "9f|1|2024|q.received.total", "1f|1|2024|nothing", "1p|", "\x00"]
)
def test_a_payload_that_is_not_ours_does_nothing(payload: str, engine: Engine) -> None:
    assert engine.act(payload, Conversation(), TODAY).answer.outcome == "help"


@pytest.mark.parametrize("text_", ["", "   ", "\n"])
def test_an_empty_question_gets_a_sentence(text_: str, engine: Engine) -> None:
    assert "空" in text(engine.ask(text_, Conversation(), TODAY).answer)


def test_a_question_of_ten_thousand_characters_gets_a_sentence(engine: Engine) -> None:
    answer = engine.ask("示例市2024年收到多少申请" * 800, Conversation(), TODAY).answer
    assert answer.outcome == "out_of_scope"
    assert "太长" in text(answer)


def test_an_agency_taken_out_since_is_forgotten(engine: Engine) -> None:
    conversation = engine.ask("示例市2024年收到多少申请", Conversation(), TODAY).conversation
    stale = json.loads(json.dumps(conversation.to_json()).replace(f"[{conversation.query.agencies[0]}]", "[987654]"))  # type: ignore[union-attr]
    answer = engine.ask("那2023年呢", Conversation.from_json(stale), TODAY).answer
    assert answer.outcome != "answer"


def test_every_label_of_every_field_is_words(engine: Engine) -> None:
    assert engine
    for code in fields():
        from bot.question.names import label

        assert "." not in label(code)
