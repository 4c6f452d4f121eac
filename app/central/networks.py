"""Where a question comes from, as little of it as limits need."""

from __future__ import annotations

import ipaddress
from typing import Any

from litestar import Request


def network(request: Request[Any, Any, Any]) -> str:
    """The neighbourhood of whoever asks: what one household or office shares, and no more is kept of it. Headers are
    not believed; a proxy that may name somebody else is the server's business."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "unknown"
    if address.version == 6:  # an IPv4 address that came in on a socket for both
        address = address.ipv4_mapped or address
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False))
