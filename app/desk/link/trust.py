"""Whom to trust at a centre's address: the certificate that is fetched from there, if it is the one whose mark the
one-time code carries. Until then nobody knows who answers, so nothing is said to them but the question.
"""

from __future__ import annotations

import hashlib
import re
import ssl

import httpx

from app.desk.link.centre import ANSWER_SECONDS, CONNECT_SECONDS, Unreachable
from models.codes import mark_of

MOST_BYTES = 64 << 10
_PEM = re.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


class NotTheOne(Exception):
    """Who answers at the address does not have the certificate that the code speaks of."""


def fetch(url: str, mark: str) -> str:
    """The certificate with this mark, as PEM, to be trusted there and no other. Raises `NotTheOne`, `Unreachable`."""
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    try:
        with (
            httpx.Client(verify=anybody, timeout=timeout, trust_env=False) as http,
            http.stream("GET", f"{url}/v1/ca") as answer,
        ):
            said = _bounded(answer)
    except (httpx.HTTPError, ssl.SSLError, OSError) as error:
        raise Unreachable("network") from error
    for pem in _PEM.findall(said):
        try:
            certificate = ssl.PEM_cert_to_DER_cert(pem)
        except ValueError:
            continue
        if mark_of(hashlib.sha256(certificate).digest()) == mark:
            return str(pem) + "\n"
    raise NotTheOne


def _bounded(answer: httpx.Response) -> str:
    data = bytearray()
    for chunk in answer.iter_raw():
        data += chunk
        if len(data) > MOST_BYTES:
            raise NotTheOne
    return data.decode("ascii", "replace")
