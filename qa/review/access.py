"""How the people at the interface are known, and where it may listen."""

from __future__ import annotations

import ipaddress
import os
from enum import StrEnum

from qa.errors import UsageError

__all__ = ["AUTH", "Auth", "chosen", "is_loopback", "require_loopback"]

AUTH = "RELECTURE_AUTH"
"""The environment variable that tells the interface how people are known."""


class Auth(StrEnum):
    """``local``: one machine, names are chosen. ``oidc``: an OpenID Connect provider says who somebody is."""

    LOCAL = "local"
    OIDC = "oidc"


def chosen() -> Auth:
    """What the environment says, local where it says nothing; raises UsageError for anything else."""
    value = os.environ.get(AUTH) or Auth.LOCAL
    try:
        return Auth(value)
    except ValueError:
        raise UsageError(f"{AUTH} is {value!r}; use {' or '.join(Auth)}") from None


def is_loopback(host: str | None) -> bool:
    """Does ``host`` reach this machine alone? No host at all is every interface."""
    if host is None:
        return False
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def require_loopback(auth: Auth, host: str | None) -> None:
    """Raises UsageError where anybody on the network could choose a name and a role."""
    if auth is Auth.LOCAL and not is_loopback(host):
        raise UsageError(
            f"with --auth local anybody who reaches {host or 'this server'} may take any name and role, so "
            "it only listens on loopback; use --host 127.0.0.1, or --auth oidc for a team"
        )
