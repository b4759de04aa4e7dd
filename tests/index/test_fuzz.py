"""Damaged and hostile files: whatever comes, a report or one sentence; never a hang, a crash, or half a report."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.samples import SAMPLES_IN_SOURCE
from index.load import LoadResult, load_paths
from index.store import Index

VICTIMS = ("geermu-2024.pdf", "geermu-dongcheng-2024.docx", "hongze-2023.html", "shanghai-kewei-2024.txt")
DAMAGED_EACH = 8
HOSTILE = {
    "entities.html": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body>&a;</body></html>',
    "laughs.xml": b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;&b;&b;&b;</l>',
    "nested.html": b"<table><tr><td>" * 3000,
    "deep.html": b"<div>" * 60_000,
    "spans.html": b'<table><tr><td colspan="2000000000" rowspan="2000000000">1</td></tr></table>' * 5,
    "zeros.pdf": b"%PDF-1.7\n" + bytes(50_000),
    "loop.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
    b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj trailer<</Root 1 0 R>>",
    "half.zip": b"PK\x03\x04" + bytes(300),
    "digits.txt": b"1 " * 400_000,
    "line.txt": "政府信息公开工作年度报告".encode() * 40_000,
    "pipes.txt": b"|" * 300_000,
    "nul.txt": bytes(10_000),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a piece cut off, taken out, doubled, or some bytes changed."""
    at, to = sorted(chance.randrange(len(data)) for _ in range(2))
    kind = chance.choice(["end", "hole", "twice", "bytes"])
    if kind == "end":
        return data[: max(at, 1)]
    if kind == "hole":
        return data[:at] + data[to:]
    if kind == "twice":
        return data[:to] + data[at:]
    out = bytearray(data)
    for _ in range(chance.randrange(1, 60)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def files(folder: Path) -> Iterator[Path]:
    for name in VICTIMS:
        data = (SAMPLES_IN_SOURCE / name).read_bytes()
        for seed in range(DAMAGED_EACH):
            path = folder / f"{seed}-{name}"
            path.write_bytes(damaged(data, random.Random(f"{seed}{name}")))
            yield path
    for name, data in HOSTILE.items():
        path = folder / name
        path.write_bytes(data)
        yield path


@pytest.fixture
def results(tmp_path: Path) -> tuple[Index, list[LoadResult]]:
    index = Index.open(tmp_path / "index.db")
    return index, list(load_paths(list(files(tmp_path)), index))


def test_each_file_becomes_a_report_or_one_sentence_and_nothing_is_half_stored(
    results: tuple[Index, list[LoadResult]],
) -> None:
    index, outcomes = results
    with index:
        assert len(outcomes) == DAMAGED_EACH * len(VICTIMS) + len(HOSTILE)
        rejected = [outcome for outcome in outcomes if outcome.status == "rejected"]
        assert all(outcome.error and "\n" not in outcome.error for outcome in rejected)
        assert {Path(outcome.file).name for outcome in rejected} >= set(HOSTILE)
        for source in index.sources():
            assert index.original(source.sha256).exists()
            assert index.figures([source.agency_id], [source.year], ["requests.received.total"])
