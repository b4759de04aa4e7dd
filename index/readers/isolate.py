"""Untrusted files are read in a child process with limits on time and memory: what they break is not the program."""

from __future__ import annotations

import atexit
import multiprocessing
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from index.errors import FileUnreadable, NianbaoError

__all__ = ["Limits", "close_children", "read_in_child", "run_in_child"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost. A scan of thirty pages takes a minute; a text PDF a tenth of a second."""

    seconds: float = 300.0
    memory_mb: int = 4096
    """Addresses the child may reserve; OCR reserves about twice what it uses."""
    reuse: int = 200
    """Files after which a child is replaced, so that leaks of format libraries do not add up."""


DEFAULT = Limits()


def read_in_child(path: Path, work: Callable[[Path], T], *, limits: Limits = DEFAULT) -> T:
    """`work(path)` done in a child process."""
    return run_in_child(path.name, work, path, limits=limits)


def run_in_child(name: str, work: Callable[..., T], *arguments: Any, limits: Limits = DEFAULT) -> T:
    """`work(*arguments)` done in a child; `name` is the file the sentences speak of.

    `work`, its arguments and its result must pickle (a function of a module, or a partial). Errors of the program's
    own come through as they were raised. A crash, a hang, exhausted memory or any error of a format library becomes
    FileUnreadable. The child stays for the next file unless it had to be ended.
    """
    from pebble import ProcessExpired

    future = _pool(limits).schedule(_guarded, args=(work, *arguments), timeout=limits.seconds)
    try:
        outcome: T | _Failure = future.result()
    except FutureTimeout:
        raise FileUnreadable(
            f"读取“{name}”超过 {limits.seconds:.0f} 秒，已停止：文件可能过于复杂或已损坏，请另存为 PDF 或拆分后再试。"
        ) from None
    except ProcessExpired:
        raise FileUnreadable(f"读取“{name}”时程序异常退出：文件可能已损坏，请重新导出后再试。") from None
    if isinstance(outcome, _Failure):
        raise FileUnreadable(outcome.sentence(name))
    return outcome


@dataclass(frozen=True, slots=True)
class _Failure:
    """An error that is not the program's own: told by name, for many exceptions of libraries do not pickle."""

    kind: str
    detail: str

    def sentence(self, name: str) -> str:
        if self.kind in ("MemoryError", "RecursionError"):
            return f"读取“{name}”所需内存过多，已停止：文件可能已损坏，请另存为 PDF 或拆分后再试。"
        return f"文件“{name}”无法读取，可能已损坏（{self.kind}）：请重新导出或另存为其他格式后再试。"


def _guarded(work: Callable[..., Any], *arguments: Any) -> Any:
    """Runs in the child: a library's exception becomes a value, the program's own are raised."""
    try:
        return work(*arguments)
    except NianbaoError:
        raise
    except Exception as error:
        return _Failure(type(error).__name__, str(error)[:500])


@cache
def _pool(limits: Limits) -> Any:
    """Started at the first file; one child at a time. Spawned, for the parent may run threads (the bot does)."""
    from pebble import ProcessPool

    pool = ProcessPool(
        max_workers=1,
        max_tasks=limits.reuse,
        context=multiprocessing.get_context("spawn"),
        initializer=_limit_memory,
        initargs=(limits.memory_mb,),
    )
    atexit.register(_stop, pool)
    _POOLS.append(pool)
    return pool


_POOLS: list[Any] = []


def _stop(pool: Any) -> None:
    pool.stop()
    pool.join()


def close_children() -> None:
    """Ends the children; the next file starts a new one."""
    while _POOLS:
        pool = _POOLS.pop()
        atexit.unregister(_stop)
        _stop(pool)
    _pool.cache_clear()


def _limit_memory(megabytes: int) -> None:
    """Soft limits: programs the child starts (LibreOffice) may lift theirs. Nothing on systems that have none."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
