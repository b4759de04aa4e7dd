"""The sample reports, so that a newcomer can ask before loading anything; they leave when reports of one's own come."""

from __future__ import annotations

import sysconfig
from collections.abc import Collection
from pathlib import Path

from index.load import load_paths
from index.store import Index

SAMPLES_IN_SOURCE = Path(__file__).resolve().parents[1] / "data" / "samples"
SAMPLES_INSTALLED = Path(sysconfig.get_path("data")) / "share" / "nianbao" / "samples"
"""pyproject.toml installs data/samples here, since a volume mounted over data/ would hide them."""

LOADER = "示例"
"""In whose name they are loaded."""


def sample_folder() -> Path | None:
    """Where the sample reports lie, or None where neither the source tree nor the installation has them."""
    return next((folder for folder in (SAMPLES_IN_SOURCE, SAMPLES_INSTALLED) if folder.is_dir()), None)


def load_samples(index: Index) -> int:
    """Load the sample reports into an index; returns how many were stored."""
    folder = sample_folder()
    if folder is None:
        return 0
    results = load_paths([folder], index, loaded_by=LOADER)
    return sum(result.status in ("loaded", "replaced") for result in results)


Gone = tuple[int, int, int]
"""Agency, year and revision of a sample that was taken out."""


def give_way(index: Index, named: Collection[tuple[str | None, int | None]] = ()) -> tuple[Gone, ...]:
    """Take the samples out as soon as another report is loaded; returns those that went.

    Figures of bodies that do not exist must stand in no ranking and no sum. `named`: (agency, year) of reports that
    were just named to be loaded, and stay even if they are samples.
    """
    samples = index.sources_by(LOADER)
    total = sum(len(agency.years) for agency in index.agencies()) if samples else 0
    going = [each for each in samples if (each.agency, each.year) not in named]
    if total == len(samples) or not going:
        return ()
    for each in going:
        index.remove(each.agency_id, each.year, by=LOADER, reason="装入了自己的年报")
    return tuple((each.agency_id, each.year, each.revision) for each in going)


def come_back(index: Index, gone: Collection[Gone]) -> None:
    """Let those that went count again, where the load for which they went is taken back."""
    for agency_id, year, revision in gone:
        if index.source(agency_id, year) is None:
            index.restore(agency_id, year, revision, by=LOADER)
