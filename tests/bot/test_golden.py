"""The project's own questions: each is answered as written in tests/golden/questions, or listed in open.txt."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from bot.answers import Engine
from bot.question import Conversation
from index import forms
from tests.golden import corpus
from tests.golden.ask import TODAY, ask
from tests.golden.generated import generated
from tests.golden.judge import judge
from tests.golden.questions import OUTCOMES, Question, open_ids, questions

QUESTIONS = questions()
OPEN = open_ids()


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Engine]]:
    made: dict[str, Engine] = {}
    indexes = []

    def engine(name: str) -> Engine:
        if name not in made:
            path: Path = tmp_path_factory.mktemp("golden") / f"{name}.db"
            indexes.append(corpus.BUILDERS[name](path))
            made[name] = Engine(indexes[-1])
        return made[name]

    yield engine
    for index in indexes:
        index.close()


@pytest.mark.parametrize("kind", sorted({question.kind for question in QUESTIONS}))
def test_golden_questions_are_answered_as_written(kind: str, engines: Callable[[str], Engine]) -> None:
    """A kind at a time: two thousand tests would take a minute to set up."""
    problems = []
    for question in QUESTIONS:
        if question.kind == kind:
            given = ask(engines(question.corpus), question)
            problems += _problem(question, judge(question, given), given)
    assert not problems, "\n" + "\n".join(problems)


def _problem(question: Question, verdict: str, given: Mapping[str, object]) -> list[str]:
    turns = " ‖ ".join(question.turns)
    if question.id in OPEN and verdict not in ("right", "wrong"):
        return []
    if question.id in OPEN and verdict == "right":
        return [f"{question.id} is right now, take it out of open.txt: {turns}"]
    expected = f"{question.outcome} {question.value} {[(c.agency, c.year, c.code, c.value) for c in question.figures]}"
    got = f"{given['outcome']} {given.get('value')} {str(given.get('text'))[:100]!r}"
    return [] if verdict == "right" else [f"{verdict}: {question.id} {turns}\n  expected {expected}\n  got {got}"]


QUALIFIERS = tomllib.loads((Path(corpus.__file__).parent / "qualifiers.toml").read_text(encoding="utf-8"))


def test_a_qualifier_that_the_form_does_not_have_is_never_overlooked(engines: Callable[[str], Engine]) -> None:
    engine = engines("invented")
    given = {
        text: engine.ask(text, Conversation(), TODAY).answer for word in QUALIFIERS["words"] for text in _with(word)
    }
    assert {text: answer.value for text, answer in given.items() if answer.outcome == "answer"} == {}


def _with(word: str) -> list[str]:
    """Four of the sentences with that word in it, other ones for the next word."""
    texts, first = QUALIFIERS["questions"], QUALIFIERS["words"].index(word)
    return [texts[(first + step) % len(texts)].format(word) for step in range(4)]


@pytest.mark.parametrize("seed", range(4))
def test_generated_questions_get_the_computed_value(seed: int, engines: Callable[[str], Engine]) -> None:
    wrong = [
        (each.text, each.value, answer.value)
        for each in generated(seed, 250)
        if (answer := engines("invented").ask(each.text, Conversation(), TODAY).answer).outcome != "answer"
        or answer.value is None
        or abs(abs(float(answer.value)) - abs(each.value)) > (0.5 if each.kind == "growth" else 0.01)
    ]
    assert wrong == []


def test_every_question_has_an_id_of_its_own_and_a_known_outcome() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert all({question.outcome, *question.also_ok} <= OUTCOMES for question in QUESTIONS)


def test_no_conversation_is_asked_twice_of_one_corpus() -> None:
    assert len({(question.corpus, question.turns) for question in QUESTIONS}) == len(QUESTIONS)


def test_open_questions_exist() -> None:
    assert {question.id for question in QUESTIONS} >= OPEN


def test_there_are_hundreds_of_questions_and_a_quarter_of_them_expect_no_figure() -> None:
    assert len(QUESTIONS) >= 450
    assert sum(question.outcome != "answer" for question in QUESTIONS) >= len(QUESTIONS) / 5


def test_every_expected_figure_stands_in_the_corpus() -> None:
    """Written out in the questions, so that they can be read; compared here, so that the two cannot drift apart."""
    printed = {(r.agency, r.year): {c: f.value for c, f in r.figures.items()} for r in corpus.reports()}
    for question in QUESTIONS:
        for cell in question.figures if question.corpus == "invented" else ():
            report = printed[cell.agency, cell.year]
            assert _value(report, cell.code) == pytest.approx(cell.value), (question.id, cell)


def test_an_answer_that_gives_what_is_written_is_right() -> None:
    assert [question.id for question in QUESTIONS if judge(question, _as_written(question)) != "right"] == []


def test_a_figure_that_is_off_by_one_is_wrong() -> None:
    asked = [question for question in QUESTIONS if question.value is not None and question.figures]
    assert all(judge(question, _as_written(question, off_by=1)) == "wrong" for question in asked)


def test_a_figure_where_none_was_to_be_given_is_wrong() -> None:
    told = {"outcome": "answer", "value": 3, "figures": [], "text": "3件"}
    assert all(judge(question, told) == "wrong" for question in QUESTIONS if question.outcome != "answer")


def test_asking_back_where_the_question_was_clear_is_unneeded() -> None:
    clear = [question for question in QUESTIONS if "clarify" not in (question.outcome, *question.also_ok)]
    assert all(judge(question, {"outcome": "clarify"}) == "unneeded" for question in clear)


def _as_written(question: Question, off_by: float = 0) -> dict[str, object]:
    cells = [{"agency": c.agency, "year": c.year, "field": c.code, "value": c.value} for c in question.figures]
    value = None if question.value is None else question.value + off_by
    text = "、".join((*question.text_contains, *question.candidates))
    return {"outcome": question.outcome, "figures": cells, "value": value, "text": text, "notes": ["原文如此"]}


def _value(report: dict[str, object], code: str) -> float:
    if code in report:
        return float(report[code])  # type: ignore[arg-type]
    return sum(_value(report, part) for part in forms.sums()[code].parts)
