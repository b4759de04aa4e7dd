"""Every field, group and measure is reached by its form wording and by two everyday wordings, and by no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest

from bot.question import Item, form
from bot.question.items import ask_items, label
from bot.question.normalise import normalise
from bot.question.tokens import tokenise
from bot.wording import data
from bot.wording.expand import expand
from index.forms import edition, fields, sums

TODAY = date(2025, 6, 1)


def items_of(text: str) -> tuple[Item, ...]:
    tokens = tokenise(normalise(text), ())
    unknown = [token.text for token in tokens if token.kind == "unknown" or token.narrows]
    asked = ask_items(tokens)
    return () if unknown or asked.misfits else asked.items


def wordings(section: dict[str, list[str]], key: str) -> list[str]:
    return [spelling for pattern in section.get(key, ()) for spelling in expand(pattern)]


def spoken(kind: str, code: str) -> tuple[list[str], list[str]]:
    """Form wordings, and everyday ones: of each pattern its shortest and its longest spelling."""
    section = data("fields.toml")[kind][code]
    everyday = []
    for pattern in section.get("say", ()):
        found = sorted(expand(pattern), key=len)
        everyday += [found[0], found[-1]]
    return wordings(section, "form"), everyday


def phrases(row: str, column: str) -> Iterator[tuple[str, bool]]:
    """Ways to ask for the cell of a row and a column, and whether in the words of the form."""
    row_form, row_say = spoken("row", row)
    if form.default_columns(row) == (column,):
        for words in row_form:
            yield f"{words}有多少", True
        for words in row_say:
            yield f"{words}有多少", False
        return
    column_form, column_say = spoken("column", column)
    for words, mine in [(w, True) for w in row_form] + [(w, False) for w in row_say]:
        for column_words, own in [(w, True) for w in column_form] + [(w, False) for w in column_say]:
            order = f"{column_words}的{words}" if column in form.APPLICANTS else f"{words}{column_words}"
            yield f"{order}有多少", mine and own


CODES = sorted({*fields(), *sums()}, key=lambda code: (form.position(code), code))


def row_and_column(code: str) -> tuple[str, str]:
    row, column = form.split_code(code)
    return row, column


@pytest.mark.parametrize("code", CODES)
def test_every_field_is_reached_by_the_form_and_by_two_everyday_wordings(code: str) -> None:
    row, column = row_and_column(code)
    wanted = (Item("field", code),)
    reached: dict[bool, set[str]] = {True: set(), False: set()}
    for phrase, by_form in islice(phrases(row, column), 400):
        if items_of(phrase) == wanted:
            reached[by_form].add(phrase)
        if reached[True] and len(reached[False]) > 1:
            return
    assert reached[True], f"{code}: no form wording reaches it"
    assert len(reached[False]) >= 2, f"{code}: only {reached[False]}"


@pytest.mark.parametrize("code", sorted(data("measures.toml")["measure"]))
def test_every_measure_is_reached_by_its_name_and_by_two_everyday_wordings(code: str) -> None:
    section = data("measures.toml")["measure"][code]
    named = [words for words in wordings(section, "form") if items_of(f"{words}是多少") == (Item("measure", code),)]
    said = [words for words in wordings(section, "say") if items_of(f"{words}是多少") == (Item("measure", code),)]
    assert named
    assert len(said) >= 2, said


STATISTICS = data("statistics.toml")


@pytest.mark.parametrize("code", sorted(edition("statistics").fields))
def test_every_field_of_the_statistics_table_is_reached_by_its_form_wording(code: str) -> None:
    reached = [
        words
        for words in wordings(STATISTICS["field"][code], "form")
        if items_of(f"{words}是多少") == (Item("field", code),)
    ]
    assert reached
    assert label(code) != code


def test_every_older_item_is_of_the_statistics_table() -> None:
    for code, older in STATISTICS["older"].items():
        assert code in form.codes()
        assert older
        assert set(older) <= set(edition("statistics").fields)


ROWS = sorted(data("fields.toml")["row"])


@pytest.mark.parametrize("row", ROWS)
def test_no_wording_of_a_row_asks_for_another_row(row: str) -> None:
    wrong = []
    form_words, everyday = spoken("row", row)
    for words in form_words + everyday:
        for item in items_of(f"{words}有多少"):
            if item.kind == "field" and not _within(item.code, row):
                wrong.append((words, item.code))
    assert not wrong


def _within(code: str, row: str) -> bool:
    return code.startswith(row + ".")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("不予公开多少件", "requests.refused.total"),
        ("予以公开多少件", "requests.granted.total"),
        ("部分公开多少件", "requests.partly_granted.total"),
        ("部份公开多少件", "requests.partly_granted.total"),
        ("复议后起诉多少件", "litigation.after_review.total"),
        ("行政复议多少件", "review.total"),
        ("未经复议直接起诉多少件", "litigation.direct.total"),
        ("上年结转多少件", "requests.carried_in.total"),
        ("结转下年多少件", "requests.carried_out.total"),
        ("不予处理多少件", "requests.rejected.total"),
        ("其他处理多少件", "requests.other.total"),
        ("行政复议其他结果多少件", "review.other"),
        ("现行有效规章多少件", "disclosure.rules.in_force"),
        ("有几个人来申请", "requests.received.total"),
        ("没同意公开几件", "requests.refused.total"),
    ],
)
def test_look_alikes_are_kept_apart(text: str, code: str) -> None:
    assert items_of(text) == (Item("field", code),)


@pytest.mark.parametrize(
    "text",
    [
        "信访件数是多少",
        "行政处分多少件",
        "行政收入多少",
        "网上申请多少件",
        "延期答复多少件",
        "女性申请人有多少",
        "自然人被复议几件",
        "企业败诉几件",
        "罚款金额多少",
    ],
)
def test_what_the_form_does_not_have_reaches_nothing(text: str) -> None:
    assert items_of(text) == ()
