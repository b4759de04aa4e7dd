"""The sample reports, so that a newcomer can ask before loading anything."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from index.load import load_paths
from index.store import Index

SAMPLES_IN_SOURCE = Path(__file__).resolve().parents[1] / "data" / "samples"
SAMPLES_INSTALLED = Path(sysconfig.get_path("data")) / "share" / "nianbao" / "samples"
"""pyproject.toml installs data/samples here, since a volume mounted over data/ would hide them."""


def sample_folder() -> Path | None:
    """Where the sample reports lie, or None where neither the source tree nor the installation has them."""
    return next((folder for folder in (SAMPLES_IN_SOURCE, SAMPLES_INSTALLED) if folder.is_dir()), None)


def load_samples(index: Index) -> int:
    """Load the sample reports into an index; returns how many were stored."""
    folder = sample_folder()
    if folder is None:
        return 0
    results = load_paths([folder], index, loaded_by="示例")
    return sum(result.status in ("loaded", "replaced") for result in results)
