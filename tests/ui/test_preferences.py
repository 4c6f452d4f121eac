"""What a window likes to look like is kept beside the store, and no broken file keeps a desk shut."""

from pathlib import Path

import pytest

from ui.preferences import NAME, Preferences, read, write


def test_what_was_chosen_is_there_at_the_next_start(tmp_path: Path) -> None:
    chosen = Preferences(theme="dark", scale=125, guide_seen=True)
    write(tmp_path, chosen)
    assert read(tmp_path) == chosen
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"theme": "pink"}',
        b'{"scale": 300}',
        b'{"guide_seen": "yes"}',
        b'{"guide_seen": 1}',
        b"7",
    ],
)
def test_a_missing_or_broken_file_means_the_defaults(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / NAME).write_bytes(content)
    assert read(tmp_path) == Preferences()


def test_what_a_newer_program_wrote_besides_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"theme": "dark", "sound": true}')
    assert read(tmp_path).theme == "dark"


def test_a_folder_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    write(tmp_path / "missing", Preferences(theme="dark"))
    assert read(tmp_path / "missing") == Preferences()
