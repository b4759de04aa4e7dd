"""A name that does not tell whose report it is never makes one agency of two."""

from pathlib import Path

import pytest

from index import load
from index.errors import AgencyUnknown
from index.load import LoadResult, load_paths
from index.store import Index
from tests.index.pages import write_page


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "read_isolated", load.read_content)


def loaded(folder: Path, *reports: tuple[str, int, int], agency: str | None = None) -> list[LoadResult]:
    """The reports (agency, year, received), loaded one after another."""
    paths = [
        write_page(folder, f"{agency or ''}{number}-{received}.html", name, year, received)
        for number, (name, year, received) in enumerate(reports)
    ]
    with Index.open(folder / "i.db") as store:
        return list(load_paths(paths, store, agency=agency))


@pytest.mark.parametrize("year", [2023, 2024])
def test_a_second_report_of_a_bare_区统计局_is_asked_for_its_full_name(tmp_path: Path, year: int) -> None:
    first, second = loaded(tmp_path, ("区统计局", 2024, 5), ("区统计局", year, 6))
    assert (first.status, second.status) == ("loaded", "rejected")
    assert "--agency" in str(second.error)
    with Index.open(tmp_path / "i.db") as store:
        assert [(each.name, each.years) for each in store.agencies()] == [("区统计局", (2024,))]


def test_with_its_full_name_it_stands_beside_the_other(tmp_path: Path) -> None:
    loaded(tmp_path, ("区统计局", 2024, 5))
    [named] = loaded(tmp_path, ("区统计局", 2024, 6), agency="示例市甲区统计局")
    assert (named.status, named.agency) == ("loaded", "示例市甲区统计局")


def test_the_same_bytes_again_are_no_rival(tmp_path: Path) -> None:
    loaded(tmp_path, ("区统计局", 2024, 5))
    assert loaded(tmp_path, ("区统计局", 2024, 5))[0].status == "unchanged"


def test_a_township_of_a_common_name_keeps_its_years_but_none_replaces_another(tmp_path: Path) -> None:
    name = "太平镇人民政府"
    results = loaded(tmp_path, (name, 2024, 5), (name, 2023, 4), (name, 2024, 6))
    assert [result.status for result in results] == ["loaded", "loaded", "rejected"]
    [vouched] = loaded(tmp_path, (name, 2024, 6), agency=name)
    assert vouched.status == "replaced"


def test_names_of_one_body_are_one_agency(tmp_path: Path) -> None:
    loaded(tmp_path, ("洪泽区人民政府", 2023, 5), ("淮安市洪泽区人民政府", 2024, 6))
    loaded(tmp_path, ("上海市科委", 2024, 5), ("上海市科学技术委员会", 2023, 6))
    with Index.open(tmp_path / "i.db") as store:
        assert [each.years for each in store.agencies()] == [(2023, 2024), (2023, 2024)]


@pytest.mark.parametrize("name", ["", "  ", "我局", "区统计局", "县人民政府"])
def test_an_agency_given_by_hand_must_be_one(tmp_path: Path, name: str) -> None:
    with Index.open(tmp_path / "i.db") as store, pytest.raises(AgencyUnknown):
        list(load_paths([], store, agency=name))
