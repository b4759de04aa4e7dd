"""Loading, replacing, taking out and bringing back: nothing is lost, and the same bytes change nothing."""

import pytest

from index.errors import IndexUnreadable, StoreError
from index.store import Index
from tests.index.store.reports import AGENCY, RECEIVED, full_report, make_report, put


def received(index: Index, agency_id: int, year: int = 2024) -> object:
    found = index.figures([agency_id], [year], [RECEIVED])
    return found[0].value if found else None


def test_the_same_bytes_twice_change_nothing(index: Index) -> None:
    first = put(index, full_report(), b"file")
    version = index.version()
    again = put(index, full_report(), b"file")
    assert (first.status, again.status) == ("loaded", "unchanged")
    assert again.source == first.source
    assert index.version() == version


def test_another_file_for_the_same_year_is_a_new_revision(index: Index) -> None:
    first = put(index, make_report(values={RECEIVED: 30}), b"one").source
    second = put(index, make_report(values={RECEIVED: 31}), b"two")
    assert (second.status, second.source.revision) == ("replaced", 2)
    assert received(index, first.agency_id) == 31
    assert index.original(first.sha256).read_bytes() == b"one"


def test_two_files_of_one_report_loaded_again_do_not_take_turns(index: Index) -> None:
    for content, value in ((b"one", 30), (b"two", 31)):
        put(index, make_report(values={RECEIVED: value}), content)
    statuses = [put(index, make_report(values={RECEIVED: 30}), content).status for content in (b"one", b"two")]
    assert statuses == ["unchanged", "unchanged"]
    assert received(index, index.agencies()[0].id) == 31


def test_a_report_taken_out_stays_in_the_history_and_can_be_loaded_again(index: Index) -> None:
    source = put(index, make_report(), b"file").source
    index.remove(source.agency_id, 2024, by="管理员", reason="重复")
    assert index.source(source.agency_id, 2024) is None
    assert index.agencies() == ()
    assert index.known(source.sha256) is None
    assert [(event.what, event.reason) for event in index.history(source.agency_id, 2024)][-1] == ("removed", "重复")
    assert put(index, make_report(), b"file").status == "loaded"
    assert received(index, source.agency_id) == 30


def test_undo_goes_back_step_by_step(index: Index) -> None:
    agency_id = put(index, make_report(values={RECEIVED: 30}), b"one").source.agency_id
    put(index, make_report(values={RECEIVED: 31}), b"two")
    index.remove(agency_id, 2024)
    assert index.undo(agency_id, 2024) is not None
    assert received(index, agency_id) == 31
    index.undo(agency_id, 2024)
    assert received(index, agency_id) == 30
    assert index.undo(agency_id, 2024) is None
    assert index.source(agency_id, 2024) is None
    with pytest.raises(StoreError, match="没有可以撤销"):
        index.undo(agency_id, 2024)


def test_what_was_undone_can_be_loaded_again(index: Index) -> None:
    agency_id = put(index, make_report(values={RECEIVED: 30}), b"one").source.agency_id
    put(index, make_report(values={RECEIVED: 31}), b"two")
    index.undo(agency_id, 2024)
    assert put(index, make_report(values={RECEIVED: 31}), b"two").status == "replaced"
    assert received(index, agency_id) == 31


def test_an_earlier_revision_can_be_restored(index: Index) -> None:
    agency_id = put(index, make_report(values={RECEIVED: 30}), b"one").source.agency_id
    put(index, make_report(values={RECEIVED: 31}), b"two")
    assert index.restore(agency_id, 2024, 1).revision == 1
    assert received(index, agency_id) == 30
    index.undo(agency_id, 2024)
    assert received(index, agency_id) == 31
    with pytest.raises(StoreError, match="第9版"):
        index.restore(agency_id, 2024, 9)


def test_what_is_not_loaded_cannot_be_removed(index: Index) -> None:
    with pytest.raises(StoreError, match="没有载入"):
        index.remove(1, 2024)


def test_printed_names_of_one_body_are_one_agency_under_its_fullest_name(index: Index) -> None:
    first = put(index, make_report("示例市甲区人民政府", 2023)).source
    second = put(index, make_report("示例市甲区 人民政府", 2024)).source
    assert first.agency_id == second.agency_id
    [agency] = index.agencies()
    assert agency.years == (2023, 2024)
    assert set(agency.printed) == {"示例市甲区人民政府", "示例市甲区 人民政府"}


def test_agencies_and_sources_are_listed_in_order(index: Index) -> None:
    for name, year in (("乙", 2024), ("丙", 2024), ("丙", 2022)):
        put(index, make_report(f"示例市{name}区人民政府", year))
    names = [agency.name for agency in index.agencies()]
    assert names == sorted(names)
    assert [agency.years for agency in index.agencies()] == [(2022, 2024), (2024,)]
    assert len(index.sources()) == 3
    assert [source.year for source in index.sources(index.agencies()[0].id)] == [2022, 2024]


def test_an_original_that_is_gone_is_said_in_a_sentence(index: Index) -> None:
    source = put(index, make_report()).source
    index.original(source.sha256).unlink()
    with pytest.raises(IndexUnreadable, match="原件"):
        index.original(source.sha256)


def test_a_reread_of_the_same_bytes_is_a_new_revision(index: Index) -> None:
    put(index, make_report(values={RECEIVED: 30}), b"file")
    saved = put(index, make_report(values={RECEIVED: 33}), b"file", reread=True)
    assert saved.source.revision == 2
    assert received(index, saved.source.agency_id) == 33


def test_another_reader_sees_what_was_saved_and_that_it_changed(index: Index) -> None:
    with Index.open(index.path) as other:
        version = other.version()
        put(index, make_report())
        assert other.version() != version
        assert [agency.name for agency in other.agencies()] == [AGENCY]


def test_the_list_of_agencies_is_the_same_object_until_one_changes(index: Index) -> None:
    put(index, make_report("示例市甲区人民政府"))
    listed = index.agencies()
    put(index, make_report("示例市甲区人民政府", values={RECEIVED: 31}), b"new file")
    assert index.agencies() is listed
    put(index, make_report("示例市乙区人民政府"))
    assert [agency.name for agency in index.agencies()] == ["示例市乙区人民政府", "示例市甲区人民政府"]
    put(index, make_report("示例市甲区人民政府", 2023))
    assert [agency.years for agency in index.agencies()] == [(2024,), (2023, 2024)]
    with Index.open(index.path) as other:
        assert other.agencies() == index.agencies()
        other.remove(other.agencies()[0].id, 2024)
    assert len(index.agencies()) == 1


def test_an_agency_of_a_report_that_was_not_stored_is_not_listed(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    put(index, make_report("示例市甲区人民政府"))
    monkeypatch.setattr("index.store.write.Saved", None)
    with pytest.raises(TypeError):
        put(index, make_report("示例市乙区人民政府"))
    monkeypatch.undo()
    assert len(index.agencies()) == 1
    put(index, make_report("示例市丙区人民政府"))
    assert len(index.agencies()) == 2
