"""When names are understood better, reports go to the agency that they mean."""

import pytest

from index.errors import StoreError
from index.store import Index
from tests.index.store.reports import RECEIVED, full_report, make_report, put

FULL, SHORT = "示例省示例市甲区人民政府", "甲区人民政府"


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What each name means; a test may change it in the middle."""
    meant: dict[str, str] = {}
    for module in ("write", "grouping"):
        monkeypatch.setattr(f"index.store.{module}.key_of", lambda name: meant.get(name, name))
    return meant


def test_two_agencies_that_turn_out_to_be_one_are_joined(index: Index, keys: dict[str, str]) -> None:
    put(index, full_report(FULL, 2023))
    put(index, make_report(SHORT, 2024))
    assert len(index.agencies()) == 2
    keys[SHORT] = FULL
    assert index.regroup() == (SHORT,)
    [agency] = index.agencies()
    assert (agency.name, agency.years, set(agency.printed)) == (FULL, (2023, 2024), {FULL, SHORT})
    assert {source.agency for source in index.sources(agency.id)} == {FULL, SHORT}
    assert index.regroup() == ()


def test_of_two_reports_of_one_year_the_one_loaded_last_counts(index: Index, keys: dict[str, str]) -> None:
    put(index, make_report(FULL, 2024, {RECEIVED: 1}))
    put(index, make_report(SHORT, 2024, {RECEIVED: 2}))
    keys[SHORT] = FULL
    index.regroup()
    [figure] = index.figures(None, [2024], [RECEIVED])
    assert (figure.value, figure.source.revision) == (2, 2)


def test_one_agency_that_turns_out_to_be_two_is_parted(index: Index, keys: dict[str, str]) -> None:
    keys[SHORT] = FULL
    put(index, make_report(FULL, 2023))
    agency_id = put(index, make_report(SHORT, 2024)).source.agency_id
    index.correct(agency_id, 2024, RECEIVED, 29, author="管理员", reason="")
    del keys[SHORT]
    index.regroup()
    assert sorted((agency.name, agency.years) for agency in index.agencies()) == [(SHORT, (2024,)), (FULL, (2023,))]
    assert index.figures(None, [2024], [RECEIVED])[0].value == 29


def test_a_key_that_only_changed_its_form_moves_nothing(index: Index, keys: dict[str, str]) -> None:
    agency_id = put(index, make_report(FULL)).source.agency_id
    assert index.agencies()[0].key == FULL
    keys[FULL] = "630000|人民政府"
    assert index.regroup() == ()
    assert [(agency.id, agency.key) for agency in index.agencies()] == [(agency_id, "630000|人民政府")]


def test_a_report_that_moved_cannot_be_undone_where_it_was(index: Index, keys: dict[str, str]) -> None:
    put(index, make_report(FULL, 2023))
    old = put(index, make_report(SHORT, 2024)).source.agency_id
    keys[SHORT] = FULL
    index.regroup()
    with pytest.raises(StoreError, match="没有可以撤销"):
        index.undo(old, 2024)
    assert len(index.sources()) == 2


def test_names_are_settled_again_once_when_the_program_reads_them_otherwise(
    index: Index, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(index, full_report(FULL, 2023))
    put(index, make_report(SHORT, 2024))
    assert index.refresh_names() == ()
    keys[SHORT] = FULL
    assert index.refresh_names() == ()
    monkeypatch.setattr("index.store.grouping.names_version", lambda: "a later program")
    assert index.refresh_names() == (SHORT,)
    version = index.version()
    assert index.refresh_names() == ()
    assert index.version() == version


def test_what_an_administrator_taught_follows_a_key_that_changed(index: Index, keys: dict[str, str]) -> None:
    put(index, make_report(FULL))
    index.add_alias("甲区办", "agency", FULL, author="管理员")
    keys[FULL] = "630000|人民政府"
    index.regroup()
    assert [alias.target for alias in index.aliases()] == ["630000|人民政府"]
