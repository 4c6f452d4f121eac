"""The key of a store: random, never typed, never stored open.

`key.json` beside the store holds it twice, sealed with AES-GCM (NIST SP 800-38D): under a secret that the operating
system's key store keeps, or else the file `key.secret`; and under the recovery code from the office's safe, by HKDF
(RFC 5869; the code is 128 random bits, so there is nothing to slow a guesser down for).
"""

from __future__ import annotations

import binascii
import json
import os
import sys
from pathlib import Path
from typing import Literal, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.vault import key_store
from app.vault.place import DATABASE, make_private_folder, new_private_file, sync_folder
from app.vault.problems import StoreError, StoreProblem, sort_error
from models.codes import make_recovery_code, parse_recovery_code

KEY_FILE = "key.json"
SECRET_FILE = "key.secret"  # noqa: S105  # a name
Keeper = Literal["key_store", "file"]

_LENGTH = 32


class _Sealed(NamedTuple):
    nonce: bytes
    sealed: bytes


class _KeyFile(NamedTuple):
    """`salt` is the recovery code's; `name` is the one under which the key store knows the secret."""

    kept_in: Keeper
    name: str
    by_secret: _Sealed
    salt: bytes
    by_recovery: _Sealed


def create_key(folder: Path) -> tuple[bytes, str]:
    """Makes the key of a new store: its 32 bytes, and the recovery code for the safe.

    A key file without a database is moved aside, not lost. `MIZ_KEYSTORE=file` in the environment leaves the operating
    system's key store alone. Raises StoreError: `exists` where a database is, whose only key must not be replaced.
    """
    if (folder / DATABASE).exists():
        raise StoreError(StoreProblem.exists, folder / DATABASE)
    make_private_folder(folder)
    key, code = os.urandom(_LENGTH), os.urandom(16)
    try:
        for name in (KEY_FILE, SECRET_FILE):
            _move_aside(folder / name)
        _write(folder, key, code)
    except OSError as error:
        raise sort_error(error, folder) or error from error
    return key, make_recovery_code(code)


def forget_key(folder: Path) -> None:
    """Removes the key of a store that never came to be."""
    if not (folder / DATABASE).exists():
        for name in (KEY_FILE, SECRET_FILE):
            (folder / name).unlink(missing_ok=True)


def load_key(folder: Path) -> bytes:
    """The 32 bytes of the key. Never waits longer than `key_store.DEADLINE`, never asks anybody.

    Raises StoreError: `no_key` (its detail says why), or `wrong_key` where the secret belongs to another key file.
    """
    key_file = _read(folder)
    if key_file.kept_in == "file":
        secret = _private_bytes(folder / SECRET_FILE, "secret_missing")
    else:
        secret = _from_key_store(key_file.name, folder / KEY_FILE)
    return _open(key_file.by_secret, _from_hex(secret), b"secret", folder / KEY_FILE)


def load_key_by_recovery(folder: Path, code: str) -> bytes:
    """The 32 bytes of the key by the recovery code, typed in any digits.

    Raises CodeError for what is no recovery code, StoreError `wrong_key` for that of another desk, and `no_key`.
    """
    key_file = _read(folder)
    return _open(key_file.by_recovery, _stretched(parse_recovery_code(code), key_file.salt), b"recovery", folder)


def recover(folder: Path, code: str) -> bytes:
    """The key by the recovery code, sealed anew under a secret of this machine, so that `load_key` works again.

    Raises what `load_key_by_recovery` raises.
    """
    key = load_key_by_recovery(folder, code)
    try:
        _move_aside(folder / SECRET_FILE)
        _write(folder, key, parse_recovery_code(code))
    except OSError as error:
        raise sort_error(error, folder) or error from error
    return key


def kept_in(folder: Path) -> Keeper:
    """Where the secret is that opens the key on this machine; a file protects from nobody who has the folder."""
    return _read(folder).kept_in


def file_salt(key: bytes) -> bytes:
    """The 16 bytes that a store of this key begins with: tells a damaged store from one of another desk."""
    digest = Hash(SHA256())  # Of the library that is loaded anyway: hashlib would load another one.
    digest.update(b"miz salt" + key)
    return digest.finalize()[:16]


# --- the file --------------------------------------------------------------------------------------------------------


def _write(folder: Path, key: bytes, code: bytes) -> None:
    secret, salt = os.urandom(_LENGTH), os.urandom(16)
    name = os.urandom(8).hex()
    key_file = _KeyFile(
        kept_in=_keep(folder, name, secret.hex()),
        name=name,
        by_secret=_seal(key, secret, b"secret"),
        salt=salt,
        by_recovery=_seal(key, _stretched(code, salt), b"recovery"),
    )
    # Complete or not there at all: written under another name first.
    fresh = folder / (KEY_FILE + ".new")
    fresh.unlink(missing_ok=True)
    new_private_file(fresh, _encoded(key_file))
    fresh.replace(folder / KEY_FILE)
    sync_folder(folder)


def _keep(folder: Path, name: str, secret: str) -> Keeper:
    if os.environ.get("MIZ_KEYSTORE") != "file":
        try:
            key_store.keep(name, secret)
        except key_store.KeyStoreSilent:
            pass
        else:
            return "key_store"
    new_private_file(folder / SECRET_FILE, secret.encode() + b"\n")
    return "file"


def _read(folder: Path) -> _KeyFile:
    path = folder / KEY_FILE
    content = _private_bytes(path, "")
    try:
        return _decoded(content)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreError(StoreProblem.no_key, path, "key_file_damaged") from error


# By hand: the window's start waits for the key, and would for whatever else decodes it.


def _encoded(key_file: _KeyFile) -> bytes:
    said = {
        "format": 1,
        "kept_in": key_file.kept_in,
        "name": key_file.name,
        "by_secret": {part: _base64(value) for part, value in key_file.by_secret._asdict().items()},
        "salt": _base64(key_file.salt),
        "by_recovery": {part: _base64(value) for part, value in key_file.by_recovery._asdict().items()},
    }
    return json.dumps(said, indent=2).encode() + b"\n"


def _decoded(content: bytes) -> _KeyFile:
    """Raises ValueError, KeyError, TypeError or RecursionError for anything else."""
    said = json.loads(content)
    if said["format"] != 1 or said["kept_in"] not in ("key_store", "file") or not isinstance(said["name"], str):
        raise ValueError
    by_secret, by_recovery = (
        _Sealed(_from_base64(said[name]["nonce"]), _from_base64(said[name]["sealed"]))
        for name in ("by_secret", "by_recovery")
    )
    return _KeyFile(said["kept_in"], said["name"], by_secret, _from_base64(said["salt"]), by_recovery)


def _base64(value: bytes) -> str:
    return binascii.b2a_base64(value, newline=False).decode()


def _from_base64(text: str) -> bytes:
    return binascii.a2b_base64(text, strict_mode=True)


def _private_bytes(path: Path, detail_if_missing: str) -> bytes:
    """The bytes of a file that nobody else may read."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if sys.platform != "win32" and (status.st_mode & 0o077 or status.st_uid not in {os.geteuid(), 0}):
                raise StoreError(StoreProblem.no_key, path, "readable_by_others")
            return file.read()
    except FileNotFoundError as error:
        raise StoreError(StoreProblem.no_key, path, detail_if_missing) from error
    except OSError as error:
        raise StoreError(StoreProblem.no_key, path) from error


def _from_key_store(name: str, path: Path) -> bytes:
    try:
        secret = key_store.read(name)
    except key_store.KeyStoreSilent as error:
        raise StoreError(StoreProblem.no_key, path, "key_store_silent") from error
    if secret is None:
        raise StoreError(StoreProblem.no_key, path, "secret_missing")
    return secret.encode()


def _move_aside(path: Path) -> None:
    """A key that was here stays, under a name of its own: it may open a database that was carried elsewhere."""
    if path.exists():
        taken = sum(1 for _ in path.parent.glob(f"{path.name}.old*"))
        path.rename(path.with_name(f"{path.name}.old{taken + 1}"))


# --- sealing ---------------------------------------------------------------------------------------------------------


def _seal(key: bytes, under: bytes, purpose: bytes) -> _Sealed:
    nonce = os.urandom(12)
    return _Sealed(nonce, AESGCM(under).encrypt(nonce, key, b"miz key 1 " + purpose))


def _open(sealed: _Sealed, under: bytes, purpose: bytes, path: Path) -> bytes:
    try:
        return AESGCM(under).decrypt(sealed.nonce, sealed.sealed, b"miz key 1 " + purpose)
    except (InvalidTag, ValueError) as error:
        raise StoreError(StoreProblem.wrong_key, path) from error


def _stretched(code: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), _LENGTH, salt, b"miz recovery code").derive(code)


def _from_hex(secret: bytes) -> bytes:
    try:
        return bytes.fromhex(secret.decode("ascii"))
    except ValueError:
        return b""
