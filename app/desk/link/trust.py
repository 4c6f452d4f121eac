"""Whom to trust at a centre's address: the certificate that is fetched from there, if it is the one whose mark the
one-time code carries. Until then nobody knows who answers, so nothing is said to them but the question.
"""

from __future__ import annotations

import hashlib
import re
import ssl

from app.desk.link.centre import shown_certificate
from models.codes import mark_of

_PEM = re.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


class NotTheOne(Exception):
    """Who answers at the address does not have the certificate that the code speaks of."""


def fetch(url: str, mark: str) -> str:
    """The certificate with this mark, as PEM, to be trusted there and no other. Raises `NotTheOne`, `Unreachable`."""
    for pem in _PEM.findall(shown_certificate(url)):
        try:
            certificate = ssl.PEM_cert_to_DER_cert(pem)
        except ValueError:
            continue
        if mark_of(hashlib.sha256(certificate).digest()) == mark:
            return str(pem) + "\n"
    raise NotTheOne
