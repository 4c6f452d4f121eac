"""Whom desks are to trust at this centre's address: the one-time codes carry the mark of that certificate, and a desk
that has such a code fetches the certificate itself, compares, and trusts no other from then on.
"""

from __future__ import annotations

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Connection, delete, insert, select

from models.codes import make_join_code
from models.tables import trust


class NoCertificate(Exception):
    """A file that holds no certificate."""


def certificate_of(chain: Path | None, named: Path | None = None) -> str:
    """The PEM of whom desks are to trust: the first certificate of the file that was `named`; else the last of the
    centre's own `chain`, if it vouches for itself. Empty for a chain that somebody vouches for whom computers know:
    such a one changes with its next renewal, and its desks need no mark. Raises `NoCertificate`."""
    if named is not None:
        return _pem(_certificates(named)[0])
    if chain is None:
        return ""
    last = _certificates(chain)[-1]
    return _pem(last) if last.issuer == last.subject else ""


def _certificates(file: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError):
        raise NoCertificate from None


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode("ascii")


def keep(connection: Connection, certificate: str) -> None:
    """From now on codes are made with this certificate's mark; with none where it is empty."""
    connection.execute(delete(trust))
    if certificate:
        fingerprint = x509.load_pem_x509_certificate(certificate.encode()).fingerprint(SHA256())
        connection.execute(insert(trust), {"fingerprint": fingerprint, "certificate": certificate})


def certificate(connection: Connection) -> str:
    """The PEM; empty where there is none."""
    return connection.execute(select(trust.c.certificate)).scalars().first() or ""


def shown_code(connection: Connection, secret: str) -> str:
    """A one-time code as it is told to people."""
    return make_join_code(secret, connection.execute(select(trust.c.fingerprint)).scalars().first() or b"")
