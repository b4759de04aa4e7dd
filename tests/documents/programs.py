"""Debian programs and fonts that some test documents need; without them a test is skipped, in CI it fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

NAMES = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "office": ("soffice", "libreoffice")}
FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")


def missing(what: str) -> str | None:
    """Why a program, font or extra cannot be used here; None when it is there."""
    if what == "font":
        return None if FONT.exists() else "fonts-wqy-microhei is not installed"
    if what == "ocr":
        return None if _has_module("rapidocr") else "the extra [ocr] is not installed"
    return None if find(what) else f"{what} is not installed"


def need(*what: str) -> None:
    """Skips the test unless all are there; in CI (CI=true) a skip is a failure."""
    reasons = [reason for reason in map(missing, what) if reason]
    if reasons and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"in CI nothing may be skipped: {'; '.join(reasons)}")
    if reasons:
        pytest.skip("; ".join(reasons))


@cache
def find(what: str) -> str | None:
    return next((path for name in NAMES.get(what, (what,)) if (path := shutil.which(name))), None)


@cache
def _has_module(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


def convert(data: bytes, suffix: str, to: str) -> bytes:
    """A file converted by LibreOffice: convert(docx, ".docx", "pdf")."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source{suffix}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [str(find("office")), profile, "--headless", "--convert-to", to, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return source.with_suffix(f".{to}").read_bytes()


def print_page(html: str) -> bytes:
    """A web page printed to PDF by Chromium, without a network."""
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
        options = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", "--no-pdf-header-footer"]
        command = [str(find("chromium")), "--headless", *quiet, *options, page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return made.read_bytes()
