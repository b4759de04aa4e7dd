"""Whatever is typed gets an answer: cut, joined and scrambled questions, in conversations, never break the program."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import render
from bot.answers import Engine
from bot.question import Conversation
from tests.golden import corpus
from tests.golden.ask import TODAY
from tests.golden.questions import OUTCOMES, questions

TYPED = [text for question in questions() for text in question.turns]
SLIPS = "的和与，、里中在年区局市比占了吗呢第个三0a都%到"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path: Path = tmp_path_factory.mktemp("typed") / "index.db"
    index = corpus.build(path)
    yield Engine(index)
    index.close()


def _cut(dice: random.Random, text: str) -> str:
    return text[dice.randrange(len(text)) :] if dice.random() < 0.5 else text[: dice.randint(1, len(text))]


def _joined(dice: random.Random, text: str) -> str:
    return _cut(dice, text) + _cut(dice, dice.choice(TYPED))


def _slipped(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text))
    return text[:at] + dice.choice(SLIPS) + text[at + dice.randint(0, 1) :]


def _scrambled(dice: random.Random, text: str) -> str:
    return "".join(dice.sample(text, len(text)))[: dice.randint(1, 12)]


@pytest.mark.parametrize("slip", [_cut, _joined, _slipped, _scrambled])
def test_whatever_is_typed_gets_an_answer(engine: Engine, slip: Callable[[random.Random, str], str]) -> None:
    dice = random.Random(slip.__name__)
    conversation = Conversation()
    for number in range(250):
        conversation = conversation if number % 3 else Conversation()
        text = slip(dice, dice.choice(TYPED))
        turn = engine.ask(text, conversation, TODAY)
        conversation = turn.conversation
        assert turn.answer.outcome in OUTCOMES, text
        assert render.text(turn.answer).strip(), text


def test_a_name_alone_gets_an_answer_also_with_its_last_letter_cut(engine: Engine) -> None:
    for agency in engine.directory.agencies:
        for text in (agency.name, agency.name[:-1], f"{agency.name}和", f"2024年{agency.name[:-1]}"):
            assert engine.ask(text, Conversation(), TODAY).answer.outcome in OUTCOMES, text
