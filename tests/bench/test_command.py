"""`bench` says what it measured, in the shape that machines read."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.door import enter
from tests.bench import (
    counter,
    crowd,
    finding,
    following,
    growth,
    leaving,
    newcomer,
    paper,
    pushing,
    replicas,
    screen,
    showing,
    windows,
)
from tests.bench.command import MEASURES
from tests.bench.measuring import Beside, Figure, median, p95


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Sizes that show the way and no figure worth reading; nothing is left in the environment."""
    monkeypatch.setenv("MIZ_KEYSTORE", "file")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    for module in (showing, paper, screen, windows):
        monkeypatch.setattr(module, "TIMES", 1)
    for name, value in (("TYPED", 2), ("VISITS", 4), ("LOOKED_AT", 1)):
        monkeypatch.setattr(counter, name, value)
    monkeypatch.setattr(leaving, "PAPERS", 2)
    monkeypatch.setattr(windows, "COLD_TIMES", 1)
    for name, value in (("PEOPLE", 10), ("SCANS", 5), ("FIRST", 2)):
        monkeypatch.setattr(finding, name, value)
    monkeypatch.setattr(paper, "PAPERS", 5)
    monkeypatch.setattr("tests.bench.ground.MOST_SAMPLES", 40)
    for module in (pushing, following, replicas):
        monkeypatch.setattr(module, "TURNS", 1)
    monkeypatch.setattr(pushing, "VISITS", 150)
    monkeypatch.setattr(following, "VISITS", 50)
    monkeypatch.setattr(pushing, "LOADS", (pushing.Load(1, 100, 100), pushing.Load(2, 5, 20)))
    monkeypatch.setattr(following, "LINES", 100)
    monkeypatch.setattr(crowd, "LINES", 6)
    monkeypatch.setattr(newcomer, "AFTERWARDS", 1)
    monkeypatch.setattr(growth, "SIZES", (60, 120))
    monkeypatch.setattr(growth, "PUSHED", ((10, 1), (5, 1)))
    monkeypatch.setattr(growth, "LOOKS", 2)
    monkeypatch.setattr(replicas, "FETCHES", False)


def bench(out: Path, *arguments: str) -> list[dict[str, Any]]:
    assert enter(["bench", "--clients", "150", "--json", str(out), *arguments]) == 0
    figures: list[dict[str, Any]] = json.loads(out.read_text("utf-8"))["figures"]
    return figures


CENTRE = {"push", "offline", "pull", "writers", "newdesk", "growth"}


@pytest.mark.parametrize("rooms", [set(MEASURES) - CENTRE - {"replicas"}, CENTRE], ids=["desk", "centre"])
def test_every_figure_has_a_value_and_most_a_ratio(
    rooms: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = bench(tmp_path / "figures.json", *rooms)
    names = [figure["name"] for figure in figures]
    assert {name.partition(".")[0] for name in names} - {"wire"} == rooms
    for figure in figures:
        beside = figure.get("floor") or figure.get("peer")
        assert set(figure) == {"name", "value", "unit", "ratio", "target", "peer" if "peer" in figure else "floor"}
        assert figure["value"] > 0
        if beside is None:
            assert figure["ratio"] is None
        else:
            assert figure["ratio"] == pytest.approx(figure["value"] / beside["value"], rel=0.02)
    shown = capsys.readouterr().out
    assert all(name in shown for name in names)
    assert not list(tmp_path.glob("bench-*"))


def test_only_what_was_named_is_measured(tmp_path: Path) -> None:
    assert [figure["name"] for figure in bench(tmp_path / "f.json", "log")] == ["log", "log.totals", "log.window"]


def test_a_folder_that_was_given_keeps_the_desk(tmp_path: Path) -> None:
    data = tmp_path / "kept"
    bench(tmp_path / "f.json", "--data", str(data), "show")
    before = (data / "desk-150-150" / "desk.db").stat().st_ino
    bench(tmp_path / "f.json", "--data", str(data), "show")
    assert [path.name for path in data.iterdir()] == ["desk-150-150"]
    assert (data / "desk-150-150" / "desk.db").stat().st_ino == before


def test_an_unknown_name_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert enter(["bench", "register", "speed", "--json", str(tmp_path / "f.json")]) == 2
    assert "speed" in capsys.readouterr().err
    assert not (tmp_path / "f.json").exists()


def test_p95_is_passed_by_one_in_twenty() -> None:
    assert p95([float(n) for n in range(1, 101)]) == 95
    assert p95([3.0]) == 3
    assert p95([float(n) for n in range(20)]) == 18
    assert median([1.0, 9.0, 2.0]) == 2


def test_a_figure_says_its_peer_by_role() -> None:
    said = Figure(name="start", value=150.04, unit="ms", beside=Beside("empty", 100, "peer"), target="ratio ≤ 1.5")
    assert said.as_said() == {
        "name": "start",
        "value": 150.0,
        "unit": "ms",
        "peer": {"name": "empty", "value": 100.0},
        "ratio": 1.5,
        "target": "ratio ≤ 1.5",
    }
