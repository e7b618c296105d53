"""Streamlit's own scripts out of memory: a page asks for over a hundred, each a look at the disk in a thread.

What says that it never changes is read once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.ui import address

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Kept"]


@dataclass(slots=True)
class _Answer:
    start: Message
    body: bytes = b""


class Kept:
    """Keeps immutable answers below ``/static/``, whole: as many as Streamlit has files."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, _Answer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _plain(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        known = self._kept.get(path)
        if known is not None:
            await send(known.start)
            await send({"type": "http.response.body", "body": known.body})
            return
        coming: _Answer | None = None

        async def noted(message: Message) -> None:
            nonlocal coming
            await send(message)
            if message["type"] == "http.response.start":
                coming = _Answer(message) if message["status"] == 200 and _immutable(message) else None
            elif coming is not None and message["type"] == "http.response.body":
                coming.body += message.get("body", b"")
                if not message.get("more_body"):
                    self._kept[path] = coming

        await self.app(scope, receive, noted)


def _plain(scope: Scope) -> bool:
    """A request for all of a file of Streamlit's, whatever the browser has of it."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    asked = {k.lower() for k, _ in scope["headers"]}
    return scope["path"].startswith(address.below("/static/")) and b"range" not in asked


def _immutable(start: Message) -> bool:
    headers = {k.lower(): v for k, v in start["headers"]}
    return b"immutable" in headers.get(b"cache-control", b"") and b"vary" not in headers
