"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from resources.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

LONGEST = 400
LONGER_FOR_A_REASON: dict[str, str] = {}

MADE_UP_PATHS = {
    "tests/test_house.py": "the pattern itself",
    "tests/vault/test_place.py": "tables of mounts as vectors",
}

MACHINE = re.compile(r"(?<![\w.~$}-])/(?:home|root|work|Users)/\w|(?<!emit-)index-url[ =]\S|https?://\S*/simple/?\b")


def committed() -> list[Path]:
    """Every file under version control, and every new one that is not ignored."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts(*suffixes: str) -> list[tuple[str, str]]:
    found = []
    for path in committed():
        if not suffixes or path.suffix in suffixes:
            data = path.read_bytes()
            if b"\0" not in data:
                found.append((path.relative_to(ROOT).as_posix(), data.decode()))
    return found


def packages() -> list[Path]:
    return sorted({path.parent for path in committed() if path.suffix == ".py"} - {ROOT})


def test_no_file_knows_a_machine_or_a_package_index() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line) and name not in MADE_UP_PATHS
    ]
    assert found == []


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{name}: {link}"
        for name, text in texts(".md")
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
        if not ((ROOT / name).parent / link).exists()
    ]
    assert broken == []


def test_a_file_is_short_enough_to_read_or_says_why_not() -> None:
    lengths = {name: text.count("\n") for name, text in texts(".py")}
    too_long = {name for name, length in lengths.items() if length > LONGEST}
    assert too_long == set(LONGER_FOR_A_REASON)


def test_every_package_has_its_place_among_the_layers() -> None:
    roots = {path.relative_to(ROOT).parts[0] for path in packages()}
    assert roots == set(PROJECT["tool"]["importlinter"]["root_packages"])
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    placed = {name.partition(".")[0] for layer in layers for name in re.split(r" [|:] ", layer)}
    assert placed == roots
    # import-linter sees no folder that lacks it.
    assert [path for path in packages() if not (path / "__init__.py").exists()] == []


def test_the_program_has_one_door_and_no_logic_in_it() -> None:
    doors = {path.name: ast.parse(path.read_text()) for path in ROOT.glob("*.py")}
    imports = {
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(doors["main.py"])
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert list(doors) == ["main.py"]
    assert imports == {"sys", "app.cli.door"}


def test_every_dependency_says_why_it_is_here() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    start, end = lines.index("dependencies = ["), lines.index("[dependency-groups]")
    for number in range(start, end):
        if lines[number].startswith('  "'):
            assert lines[number - 1].startswith("  #"), lines[number]


def locked(name: str) -> dict[str, str]:
    """Package to version; raises where a line is neither pinned nor hashed."""
    pins = {}
    for block in re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text().strip()):
        pin = re.match(r"([a-z0-9.-]+)==([\w.+!-]+)", block)
        assert pin is not None, block[:80]
        assert "--hash=sha256:" in block, block[:80]
        pins[pin[1]] = pin[2]
    return pins


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("run.lock", PROJECT["project"]["dependencies"]),
        ("test.lock", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"]),
        ("bench.lock", PROJECT["dependency-groups"]["bench"]),
    ],
)
def test_a_lock_holds_what_the_project_asks_for(lock: str, wanted: list[str]) -> None:
    pins = locked(lock)
    for requirement in map(Requirement, wanted):
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        assert requirement.specifier.contains(pins[name]), f"{requirement}: ./run lock"


def test_what_runs_is_what_was_tested() -> None:
    assert locked("run.lock").items() <= locked("test.lock").items()


def test_no_test_types_letters_that_a_simulated_keyboard_lacks() -> None:
    """QTest.keyClicks drops what is not ASCII and says nothing: a Persian text is set, or sent as an input method's."""
    found = []
    for name, text in texts(".py"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "keyClicks":
                typed = [constant for constant in ast.walk(node) if isinstance(constant, ast.Constant)]
                if any(isinstance(constant.value, str) and not constant.value.isascii() for constant in typed):
                    found.append(f"{name}:{node.lineno}")
    assert found == []


def test_the_program_calls_itself_what_the_project_does() -> None:
    assert PROJECT["project"]["version"] == VERSION
