"""`central`: the centre and who looks after it."""

from __future__ import annotations

import argparse
import ipaddress
import os
from pathlib import Path

from app.central import trust
from app.central.enrolment import PUSHES, NoNumberLeft, make_seat
from app.central.people import first_administrator
from app.central.store import Newer, Store, Unusable
from app.cli.exits import DONE, NO_STORE, REFUSED, WRONG_USE, Stop
from app.cli.terminal import folder_of, say, secret, tell
from app.cli.user import admission_sentence
from models.calendar import now_us
from models.ids import new_id
from models.people import AdmissionError, verifier_of
from resources.words import _

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def run(arguments: argparse.Namespace) -> int:
    """One of `serve`, `admin`, `desk`, `check`."""
    store = None
    try:
        store = Store(_url(arguments))
        store.bring_up_to_date()
        return _ACTS[arguments.act](arguments, store)
    except Newer:
        raise Stop(
            _("A newer version of the program wrote in this database; install that version."), NO_STORE
        ) from None
    except Unusable as why:
        raise Stop(_unusable(why), NO_STORE) from None
    finally:
        if store is not None:
            store.close()


def _unusable(why: Unusable) -> str:
    if not str(why):
        return _("The address of the centre's database cannot be read. It looks like postgresql://user@host/name.")
    return _("The centre's database cannot be used: {why}").format(why=" ".join(str(why).split()))


def _url(arguments: argparse.Namespace) -> str:
    named = arguments.database or os.environ.get("MIZ_DATABASE")
    if named:
        return str(named)
    folder = folder_of(arguments)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"sqlite:///{folder.absolute() / 'centre.db'}"


def _serve(arguments: argparse.Namespace, store: Store) -> int:
    from app.central.logs import write_logs
    from app.central.ports import BadCertificate, Door, Listening, serve
    from app.central.server import make_apps

    desks = Door(arguments.host, arguments.port, *_certificate(arguments.tls_cert, arguments.tls_key))
    if not desks.certificate and desks.host not in LOOPBACK:
        raise Stop(_("Without --tls-cert and --tls-key the centre listens on this computer only."), WRONG_USE)
    their_own = _certificate(arguments.public_tls_cert, arguments.public_tls_key)
    if any(their_own) and arguments.public_port is None:
        raise Stop(_("A certificate of the public pages wants --public-port."), WRONG_USE)
    proxy = _proxy(arguments.behind_proxy)
    secret_of_metrics, pushes = os.environ.get("MIZ_METRICS_TOKEN", ""), int(os.environ.get("MIZ_PUSHES", PUSHES))
    both, without, alone = make_apps(store, now_us, secret_of_metrics, proxied=bool(proxy), pushes=pushes)
    faces = [(both, desks)]
    if arguments.public_port is not None:
        files = their_own if any(their_own) else (desks.certificate, desks.key)
        faces = [(without, desks), (alone, Door(desks.host, arguments.public_port, *files))]
    try:
        doors = [Listening(face, door, proxy) for face, door in faces]
    except BadCertificate:
        raise Stop(_("The certificate or its key cannot be read."), WRONG_USE) from None
    except OSError:
        sentence = _("The centre cannot listen there: is the address this computer's, and the port free?")
        raise Stop(sentence, WRONG_USE) from None
    _keep_trust(store, desks.certificate, arguments.ca)
    tell(_("The centre listens on {host}, port {port}.").format(host=desks.host, port=desks.port))
    if arguments.public_port is not None:
        tell(_("The public pages are on port {port}.").format(port=arguments.public_port))
    write_logs()
    serve(doors)
    return DONE


def _proxy(said: str | None) -> str | None:
    """One address: a name or “*” would be believed by nobody, or by all. Raises `Stop`."""
    if said is None:
        return None
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        raise Stop(_("--behind-proxy wants the address of one proxy, such as 127.0.0.1."), WRONG_USE) from None


def _keep_trust(store: Store, chain: str | None, named: str | None) -> None:
    """Codes that are made from now on carry the mark of whom desks are to trust here. Raises `Stop`."""
    try:
        certificate = trust.certificate_of(Path(chain) if chain else None, Path(named) if named else None)
    except trust.NoCertificate:
        raise Stop(_("The certificate or its key cannot be read."), WRONG_USE) from None
    with store.writing() as connection:
        trust.keep(connection, certificate)


def _certificate(certificate: Path | None, key: Path | None) -> tuple[str | None, str | None]:
    """Both files or neither. Raises `Stop`."""
    if certificate is None and key is None:
        return None, None
    if certificate is None or key is None or not (Path(certificate).is_file() and Path(key).is_file()):
        raise Stop(_("The certificate or its key cannot be read."), WRONG_USE)
    return str(certificate), str(key)


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


def _check(_arguments: argparse.Namespace, store: Store) -> int:
    from app.central.checking import check

    found = False
    for finding in check(store):
        found = True
        say({"finding": finding.finding, "detail": finding.detail})
    tell(_("Something was found; keep this list and a copy of the database.") if found else _("All is sound."))
    return REFUSED if found else DONE


_ACTS = {"serve": _serve, "admin": _admin, "desk": _desk, "check": _check}
