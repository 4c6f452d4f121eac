"""The operating system's key store, asked in a way that neither hangs nor opens a window of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "miz"
DEADLINE = 3.0
"""Seconds; a key store has been seen to be silent for more than twenty."""

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class KeyStoreSilent(Exception):
    """There is no key store that answers now: none at all, locked, broken, or none in time."""


def keep(name: str, secret: str) -> None:
    """Keeps the secret and reads it back. Raises KeyStoreSilent; the secret is then to be kept elsewhere."""

    def put() -> str | None:
        backend = _backend()
        backend.set_password(_SERVICE, name, secret)
        return backend.get_password(_SERVICE, name)

    if _in_time(put) != secret:
        raise KeyStoreSilent


def read(name: str) -> str | None:
    """The secret of that name; None where the key store is well and has none. Raises KeyStoreSilent."""
    return _in_time(lambda: _backend().get_password(_SERVICE, name))


def _in_time(ask: Callable[[], _T]) -> _T:
    answers: list[_T] = []

    def run() -> None:
        try:
            answers.append(ask())
        except Exception as error:  # noqa: BLE001  # whatever a key store's own library raises: it gave no answer
            _log.info("the key store gave no answer: %s", type(error).__name__)

    thread = Thread(target=run, name="key store", daemon=True)
    thread.start()
    thread.join(DEADLINE)
    if not answers:
        raise KeyStoreSilent
    return answers[0]


def _backend() -> KeyringBackend:
    import keyring  # 150 ms, and asks the session's bus
    from keyring.backends import SecretService, chainer

    backend = keyring.get_keyring()
    if isinstance(backend, chainer.ChainerBackend):
        backend = next(iter(backend.backends))
    if backend.priority < 1 or type(backend).__module__ == "keyring.backends.kwallet":
        # Below 1 are the ones that keep nothing, keep it open, or ask on the terminal. KWallet's own opens a dialog;
        # a KWallet that serves the desktops' common interface is found under that.
        raise KeyStoreSilent
    if isinstance(backend, SecretService.Keyring):
        backend.preferred_collection = _unlocked_collection()  # type: ignore[attr-defined]  # optional
    return backend


def _unlocked_collection() -> str:
    """The default collection, where it can be had without asking anybody: keyring would create or unlock it."""
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        collection = secretstorage.Collection(bus)
        if collection.is_locked():
            raise KeyStoreSilent
        return str(collection.collection_path)
