"""Programs of the system that some formats need, run with a time limit and ended with everything they started."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

__all__ = ["Failed", "antiword_xml", "has_antiword", "has_office", "office_to_docx"]

OFFICE_SECONDS = 90
ANTIWORD_SECONDS = 20


class Failed(Exception):
    """The program ended without a result, or did not end in time."""


def has_office() -> bool:
    return _office() is not None


def has_antiword() -> bool:
    return shutil.which("antiword") is not None


def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def office_to_docx(data: bytes, suffix: str) -> bytes:
    """The file as DOCX, converted by LibreOffice in a profile of its own, so that one that is open is not disturbed."""
    program = _office()
    if program is None:
        raise Failed("no LibreOffice")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        source, made = Path(folder) / f"source{suffix}", Path(folder) / "made"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir", str(made)]
        _run([program, profile, *options, str(source)], OFFICE_SECONDS)
        result = made / "source.docx"
        if not result.is_file():
            raise Failed("nothing was converted")
        return result.read_bytes()


def antiword_xml(data: bytes) -> bytes:
    """The file as DocBook XML, in UTF-8."""
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        source = Path(folder) / "source.doc"
        source.write_bytes(data)
        return _run(["antiword", "-m", "UTF-8.txt", "-x", "db", str(source)], ANTIWORD_SECONDS)


def _run(command: list[str], seconds: float) -> bytes:
    """What it prints; LibreOffice starts programs of its own, so the whole group is ended when time is up."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_lift_memory_limit,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Failed("time is up") from None
    if process.returncode:
        raise Failed(f"ended with {process.returncode}")
    return output


def _lift_memory_limit() -> None:
    """An office reserves far more addresses than it uses; the limit of the process that reads a file is not its own."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
