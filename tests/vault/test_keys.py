import base64
import json
import os
from pathlib import Path

import pytest

from app.vault import keys
from app.vault.problems import StoreError, StoreProblem
from models.codes import CodeError, make_recovery_code
from models.text import persian_digits


@pytest.fixture
def folder(data_dir: Path) -> Path:
    return data_dir


def problem_of(error: pytest.ExceptionInfo[StoreError]) -> tuple[StoreProblem, str]:
    return error.value.problem, error.value.detail


def test_a_key_is_loaded_as_it_was_made_and_no_two_are_alike(folder: Path, tmp_path: Path) -> None:
    key, _ = keys.create_key(folder)
    assert len(key) == 32
    assert keys.load_key(folder) == key
    assert keys.create_key(tmp_path / "other")[0] != key


def test_the_recovery_code_gives_the_same_key_in_any_digits_and_without_this_machine(folder: Path) -> None:
    key, code = keys.create_key(folder)
    (folder / keys.SECRET_FILE).unlink()
    assert len(code.replace("-", "")) == 40
    for typed in (code, persian_digits(code), code.replace("-", " "), f" {code.replace('-', '')} "):
        assert keys.load_key_by_recovery(folder, typed) == key


def test_a_mistyped_recovery_code_is_told_from_that_of_another_desk(folder: Path) -> None:
    _, code = keys.create_key(folder)
    wrong_digit = str((int(code[0]) + 1) % 10) + code[1:]
    with pytest.raises(CodeError, match="bad_check_digit"):
        keys.load_key_by_recovery(folder, wrong_digit)
    with pytest.raises(StoreError) as error:
        keys.load_key_by_recovery(folder, make_recovery_code(bytes(16)))
    assert problem_of(error) == (StoreProblem.wrong_key, "")


def test_after_recovery_the_machine_opens_the_store_by_itself_again(folder: Path) -> None:
    key, code = keys.create_key(folder)
    (folder / keys.SECRET_FILE).unlink()
    assert keys.recover(folder, code) == key
    assert keys.load_key(folder) == key
    assert keys.load_key_by_recovery(folder, code) == key


def test_neither_key_nor_code_lies_open_in_the_folder(folder: Path) -> None:
    key, code = keys.create_key(folder)
    number = int(code.replace("-", "")[:-1]).to_bytes(16)
    for path in folder.iterdir():
        content = path.read_bytes()
        for secret in (key, number):
            for form in (secret, secret.hex().encode(), base64.b64encode(secret), base64.urlsafe_b64encode(secret)):
                assert form not in content
        assert code.encode() not in content
        assert code.replace("-", "").encode() not in content


@pytest.mark.skipif(os.name == "nt", reason="rights are lists there")
def test_folder_and_files_are_for_one_user_alone(folder: Path) -> None:
    before = os.umask(0)
    try:
        keys.create_key(folder)
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="rights are lists there")
@pytest.mark.parametrize("name", [keys.KEY_FILE, keys.SECRET_FILE])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o602])
def test_a_key_that_others_can_read_or_write_is_refused(folder: Path, name: str, mode: int) -> None:
    keys.create_key(folder)
    (folder / name).chmod(mode)
    with pytest.raises(StoreError) as error:
        keys.load_key(folder)
    assert problem_of(error) == (StoreProblem.no_key, "readable_by_others")


@pytest.mark.parametrize(
    ("name", "detail"), [(keys.KEY_FILE, ""), (keys.SECRET_FILE, "secret_missing")], ids=["key", "secret"]
)
def test_a_missing_file_is_said_to_be_missing(folder: Path, name: str, detail: str) -> None:
    keys.create_key(folder)
    (folder / name).unlink()
    with pytest.raises(StoreError) as error:
        keys.load_key(folder)
    assert problem_of(error) == (StoreProblem.no_key, detail)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1]", b'{"format": 2}'])
def test_a_key_file_that_makes_no_sense_is_damaged(folder: Path, content: bytes) -> None:
    keys.create_key(folder)
    (folder / keys.KEY_FILE).write_bytes(content)
    with pytest.raises(StoreError) as error:
        keys.load_key(folder)
    assert problem_of(error) == (StoreProblem.no_key, "key_file_damaged")


NO_VALUE: tuple[object, ...] = (None, 2, "؟", [], {}, {"nonce": "AA==", "sealed": 1})
FIELDS = ("format", "kept_in", "by_secret", "salt", "by_recovery")
WRONG = [*((field, value) for field in FIELDS for value in NO_VALUE), ("name", None), ("name", 2), ("name", [])]


@pytest.mark.parametrize(("field", "other"), WRONG)
def test_a_key_file_with_anything_else_in_a_field_is_damaged(folder: Path, field: str, other: object) -> None:
    keys.create_key(folder)
    path = folder / keys.KEY_FILE
    said = json.loads(path.read_bytes())
    for content in ({**said, field: other}, {name: value for name, value in said.items() if name != field}):
        path.write_text(json.dumps(content))
        with pytest.raises(StoreError) as error:
            keys.load_key(folder)
        assert problem_of(error) == (StoreProblem.no_key, "key_file_damaged")


@pytest.mark.parametrize("secret", [b"", b"00" * 32, b"not hex", b"\xff" * 64])
def test_another_secret_does_not_open_the_key(folder: Path, secret: bytes) -> None:
    keys.create_key(folder)
    (folder / keys.SECRET_FILE).write_bytes(secret)
    with pytest.raises(StoreError) as error:
        keys.load_key(folder)
    assert problem_of(error) == (StoreProblem.wrong_key, "")


def test_the_two_seals_cannot_stand_in_for_each_other(folder: Path) -> None:
    keys.create_key(folder)
    path = folder / keys.KEY_FILE
    content = json.loads(path.read_bytes())
    content["by_secret"] = content["by_recovery"]
    path.write_text(json.dumps(content))
    with pytest.raises(StoreError) as error:
        keys.load_key(folder)
    assert problem_of(error) == (StoreProblem.wrong_key, "")


def test_there_is_never_a_second_key_where_a_database_is(folder: Path) -> None:
    keys.create_key(folder)
    before = (folder / keys.KEY_FILE).read_bytes()
    (folder / "desk.db").touch()
    with pytest.raises(StoreError) as error:
        keys.create_key(folder)
    assert problem_of(error) == (StoreProblem.exists, "")
    assert (folder / keys.KEY_FILE).read_bytes() == before


def test_a_key_whose_database_was_carried_away_is_kept_beside_the_new_one(folder: Path) -> None:
    first, code = keys.create_key(folder)
    second, _ = keys.create_key(folder)
    keys.create_key(folder)
    assert first != second
    (folder / f"{keys.KEY_FILE}.old1").replace(folder / keys.KEY_FILE)
    assert keys.load_key_by_recovery(folder, code) == first


def test_it_can_be_told_where_the_secret_is(folder: Path) -> None:
    keys.create_key(folder)
    assert keys.kept_in(folder) == "file"
