"""Figures, and how they are taken."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

ROOT = Path(__file__).resolve().parent.parent.parent

T = TypeVar("T")


class Beside(msgspec.Struct, frozen=True):
    """What a figure is measured against, in the figure's unit: a `floor` that nothing could pass, or a `peer`."""

    name: str
    value: float
    role: str = "floor"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A measured value. `target` says in words what the program holds itself to; empty where it is only reported."""

    name: str
    value: float
    unit: str
    beside: Beside | None = None
    target: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Value by floor or peer; None where there is neither."""
        return self.value / self.beside.value if self.beside and self.beside.value else None

    def as_said(self) -> dict[str, Any]:
        """The figure as `bench --json` writes it, with three significant digits."""
        said: dict[str, Any] = {"name": self.name, "value": _rounded(self.value), "unit": self.unit}
        if self.beside is None:
            said["floor"] = None
        else:
            said[self.beside.role] = {"name": self.beside.name, "value": _rounded(self.beside.value)}
        return said | {"ratio": None if self.ratio is None else _rounded(self.ratio), "target": self.target}


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def p95(values: Sequence[float]) -> float:
    """The value that 95 of a hundred do not pass."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def timed(act: Callable[..., T], *given: object) -> tuple[float, T]:
    """How many milliseconds an act takes with what it is given, and its answer."""
    start = time.perf_counter()
    answer = act(*given)
    return (time.perf_counter() - start) * 1_000, answer


def milliseconds(act: Callable[..., object], *given: object) -> float:
    """How many milliseconds an act takes with what it is given."""
    return timed(act, *given)[0]


def program(*arguments: str) -> float:
    """Milliseconds from starting a Python program to its end. Raises `CalledProcessError` if it fails."""
    command = [sys.executable, *arguments]
    run = partial(subprocess.run, cwd=ROOT, env=environment(), check=True, capture_output=True)
    return milliseconds(run, command)


def environment() -> dict[str, str]:
    """For programs that are measured: no screen, no key store, words in Persian."""
    return os.environ | {"QT_QPA_PLATFORM": "offscreen", "MIZ_KEYSTORE": "file", "MIZ_LANG": "fa"}
