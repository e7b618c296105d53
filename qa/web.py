"""One request to a server that the user has named, with bounds on what it may cost."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Mapping
from typing import Any

__all__ = ["TooLong", "post"]


class TooLong(OSError):
    """An answer of more bytes than are taken."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry texts and keys to a host that nobody has agreed to."""

    def redirect_request(self, *_: Any) -> None:
        return None


def post(
    url: str, data: bytes, headers: Mapping[str, str], *, timeout: float, most: int, proxies: bool = True
) -> bytes:
    """The whole answer to ``data``. ``timeout`` in seconds is for all of it, ``most`` the bytes it may have;
    without ``proxies`` those of the environment are passed by. ``url`` is http or https: the caller has
    looked.

    Raises TooLong, TimeoutError, HTTPError for a status that is no success (redirects among them), OSError
    or HTTPException where nothing comes of it.
    """
    direct = () if proxies else (urllib.request.ProxyHandler({}),)
    opener = urllib.request.build_opener(_NoRedirect, *direct)
    request = urllib.request.Request(url, data, dict(headers))  # noqa: S310
    deadline = time.monotonic() + timeout
    parts: list[bytes] = []
    size = 0
    with opener.open(request, timeout=timeout) as response:
        # An answer that comes in drops never trips the timeout of a single read.
        while part := response.read1(2**16):
            size += len(part)
            parts.append(part)
            if size > most:
                raise TooLong(f"an answer of more than {most} bytes")
            if time.monotonic() > deadline:
                raise TimeoutError(f"no answer within {timeout:g} s")
    return b"".join(parts)
