"""The look's own promises: contrast in both themes, sizes that follow the screen, and a paper that stays light."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from ui import icons, theme
from ui.colours import DARK, EDGE_ON, LIGHT, TEXT_ON, contrast
from ui.preferences import Preferences

ROOT = Path(__file__).resolve().parent.parent.parent
THEMES = {"light": LIGHT, "dark": DARK}


@pytest.fixture(autouse=True)
def _undressed_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp)


def test_the_contrast_of_black_and_white_is_the_largest_there_is() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_the_grounds_it_stands_on(name: str) -> None:
    table = THEMES[name]
    pale = {
        f"{ink} on {ground}": round(contrast(table[ink], table[ground]), 2)
        for ground, inks in TEXT_ON.items()
        for ink in inks
        if contrast(table[ink], table[ground]) < 4.5
    }
    assert pale == {}


@pytest.mark.parametrize("name", THEMES)
def test_every_edge_that_means_something_is_seen(name: str) -> None:
    table = THEMES[name]
    pale = {
        f"{edge} on {ground}": round(contrast(table[edge], table[ground]), 2)
        for ground, edges in EDGE_ON.items()
        for edge in edges
        if contrast(table[edge], table[ground]) < 3.0
    }
    assert pale == {}


def test_both_themes_know_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()
    assert {*TEXT_ON, *EDGE_ON} <= LIGHT.keys()


def test_the_paper_stays_light_in_the_dark() -> None:
    assert contrast(DARK["paper"], "#FFFFFF") < 1.2
    assert contrast(DARK["ink"], DARK["paper"]) > 15


def test_a_colour_follows_the_theme_and_belongs_to_whoever_asked(qapp: QApplication) -> None:
    theme.use(dark=False, scale=1)
    light = theme.colour("surface")
    theme.use(dark=True, scale=1)
    assert theme.colour("surface").name().upper() == DARK["surface"]
    assert light.name().upper() == LIGHT["surface"]
    theme.colour("surface").setAlpha(3)
    assert theme.colour("surface").alpha() == 255


def test_a_preferred_theme_dresses_the_whole_application(qapp: QApplication) -> None:
    theme.apply(qapp, Preferences(theme="dark", scale=150))
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK["canvas"]
    assert qapp.font().pixelSize() == 22
    assert theme.px(40) == 60
    theme.apply(qapp, Preferences(theme="light", scale=100))
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT["canvas"]
    assert theme.px(40) == 40


def test_where_the_desktop_decides_its_scheme_is_asked(qapp: QApplication) -> None:
    asked = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.wants_dark(qapp, Preferences(theme="system")) == asked
    assert theme.wants_dark(qapp, Preferences(theme="dark"))
    assert not theme.wants_dark(qapp, Preferences(theme="light"))


@pytest.mark.parametrize(("height", "scale"), [(720, 1.0), (768, 1.0), (999, 1.0), (1000, 1.15), (1080, 1.15)])
def test_the_text_grows_by_itself_on_a_screen_with_room(height: int, scale: float) -> None:
    assert theme.scale_for(height) == scale


def test_a_chosen_size_is_not_second_guessed(qapp: QApplication) -> None:
    assert theme.wanted_scale(qapp, Preferences(scale=125)) == 1.25
    assert theme.wanted_scale(qapp, Preferences(scale=0)) == theme.scale_for(qapp.primaryScreen().size().height())


@pytest.mark.parametrize(("asked", "milliseconds"), [("0", 0), ("1", 160)])
def test_nothing_moves_for_somebody_who_asked_for_that(
    asked: str, milliseconds: int, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIZ_MOTION", asked)
    theme.use(dark=False, scale=1)
    assert theme.duration(160) == milliseconds


def named(value: ast.AST) -> Iterator[str]:
    """The words that an expression may come to; none of those it is put together from or compared with."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from named(value.body)
        yield from named(value.orelse)


def icons_in(source: str) -> Iterator[str]:
    """Words given by the name of an icon, or to what paints one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            painted = ast.unparse(node.func) == "icons.paint"
            for value in (*(word.value for word in node.keywords if word.arg == "icon"), *node.args[1 : 1 + painted]):
                yield from named(value)


def test_every_icon_that_is_asked_for_is_there() -> None:
    wanted = {name for file in (ROOT / "ui").rglob("*.py") for name in icons_in(file.read_text(encoding="utf-8"))}
    there = {file.stem for file in (ROOT / "resources" / "icons").glob("*.svg")}
    assert len(wanted) > 20
    assert wanted - there == set()
    assert there >= icons.MIRRORED
