"""Certificates of an office's own, made on the spot."""

from __future__ import annotations

import datetime
import ipaddress
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority(NamedTuple):
    """Somebody who vouches for centres."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


class Files(NamedTuple):
    """What a centre listens with."""

    chain: Path
    key: Path


def authority(name: str = "Office") -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    made = _begun(name, name, key).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return Authority(made.sign(key, hashes.SHA256()), key)


def vouched(
    by: Authority,
    folder: Path,
    *,
    with_it: bool = True,
    name: str = "localhost",
    address: str = "127.0.0.1",
    days: int = 10,
) -> Files:
    """A centre's files, the authority's certificate in its chain or not: valid for a name, an address, and from
    yesterday on for so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = by.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    here = x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ipaddress.ip_address(address))])
    leaf = _begun("Centre", str(issuer), key, days).add_extension(here, critical=False).sign(by.key, hashes.SHA256())
    return _written(folder, key, leaf, *((by.certificate,) if with_it else ()))


def by_itself(folder: Path) -> Files:
    """A centre's files that nobody but itself vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    return _written(folder, key, _begun("Alone", "Alone", key).add_extension(_HERE, False).sign(key, hashes.SHA256()))


_HERE = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])


def _begun(name: str, issuer: str, key: ec.EllipticCurvePrivateKey, days: int = 10) -> x509.CertificateBuilder:
    begins = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=days, hours=1))
    )


def _written(folder: Path, key: ec.EllipticCurvePrivateKey, *chain: x509.Certificate) -> Files:
    folder.mkdir(parents=True)
    files = Files(folder / "chain.pem", folder / "key.pem")
    files.chain.write_bytes(b"".join(each.public_bytes(serialization.Encoding.PEM) for each in chain))
    plain = serialization.NoEncryption()
    files.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return files
