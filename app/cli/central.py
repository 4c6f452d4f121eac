"""`central`: the centre and who looks after it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from app.central.enrolment import NoNumberLeft, make_seat
from app.central.people import first_administrator
from app.central.store import Newer, Store
from app.cli.exits import DONE, NO_STORE, REFUSED, WRONG_USE, Stop
from app.cli.terminal import folder_of, say, secret, tell
from app.cli.user import admission_sentence
from models.calendar import now_us
from models.ids import new_id
from models.people import AdmissionError, verifier_of
from resources.words import _

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def run(arguments: argparse.Namespace) -> int:
    """One of `serve`, `admin`, `desk`."""
    store = Store(_url(arguments))
    try:
        try:
            store.bring_up_to_date()
        except Newer:
            raise Stop(
                _("A newer version of the program wrote in this database; install that version."), NO_STORE
            ) from None
        return _ACTS[arguments.act](arguments, store)
    finally:
        store.close()


def _url(arguments: argparse.Namespace) -> str:
    named = arguments.database or os.environ.get("MIZ_DATABASE")
    if named:
        return str(named)
    folder = folder_of(arguments)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"sqlite:///{folder.absolute() / 'centre.db'}"


def _serve(arguments: argparse.Namespace, store: Store) -> int:
    import uvicorn

    from app.central.server import make_app

    has_tls = bool(arguments.tls_cert and arguments.tls_key)
    if not has_tls and arguments.host not in LOOPBACK:
        raise Stop(_("Without --tls-cert and --tls-key the centre listens on this computer only."), WRONG_USE)
    for file in (arguments.tls_cert, arguments.tls_key):
        if file and not Path(file).is_file():
            raise Stop(_("The certificate or its key cannot be read."), WRONG_USE)
    tell(_("The centre listens on {host}, port {port}.").format(host=arguments.host, port=arguments.port))
    uvicorn.run(
        make_app(store, now_us),
        host=arguments.host,
        port=arguments.port,
        ssl_certfile=arguments.tls_cert,
        ssl_keyfile=arguments.tls_key,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(
            os.environ.get("FORWARDED_ALLOW_IPS")
        ),  # who asks is who is connected, unless told otherwise
        timeout_graceful_shutdown=10,
    )
    return DONE


def _admin(arguments: argparse.Namespace, store: Store) -> int:
    password = secret(arguments, "MIZ_PIN", _("New password of {name}:").format(name=arguments.user), twice=True)
    try:
        verifier = verifier_of(password)
        with store.writing() as connection:
            person = first_administrator(connection, new_id(), arguments.user, verifier, now_us())
    except AdmissionError as error:
        raise Stop(admission_sentence(error), REFUSED) from None
    say({"user": person.name, "roles": list(person.roles)})
    return DONE


def _desk(arguments: argparse.Namespace, store: Store) -> int:
    try:
        with store.writing() as connection:
            number, code = make_seat(connection, arguments.office, arguments.name, now_us())
    except NoNumberLeft:
        raise Stop(_("All numbers for desks were given; a further centre is needed."), REFUSED) from None
    say({"desk": f"{number:04}", "code": code})
    return DONE


_ACTS = {"serve": _serve, "admin": _admin, "desk": _desk}
