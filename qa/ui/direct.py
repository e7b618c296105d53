"""Saves answered directly: an address beside Streamlit's own, for what concerns one segment alone.

A run of the page takes several times longer than the save itself, and people wait for each. So the workbench
asks here first; whatever cannot be answered here it sends to the page, as it always could. Nobody is known at
this address but the sittings that the server itself gave a token to, over their own connection.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.ui.address import below
from qa.ui.payload import Json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from qa.review.service import ReviewService
    from qa.review.views import Actor
    from qa.ui.actions import Ledger
    from qa.ui.session import Desk

__all__ = ["HEADER", "Admitted", "Sittings", "address", "admit", "renew", "routes"]

_PATH = "/relecture/actions"
HEADER = "X-Relecture-Sitting"
"""A header of our own: no other site can make a browser send it without being asked first."""
_FORGOTTEN = 150.0
"""Seconds without a sign of a page after which its token is worth nothing. A page in the background gives
one a minute."""
_MOST_BYTES = 60_000_000


@dataclass(frozen=True, slots=True)
class Admitted:
    """For whom the actions of a sitting are carried out, and where."""

    service: ReviewService
    ledger: Ledger
    actor: Actor

    def carry_out(self, client: str, actions: Sequence[Mapping[str, Any]]) -> list[Json]:
        """Outcomes, as the page itself would answer them."""
        found = self.ledger.carry_out(self.service, self.actor, client, actions)
        return [{k: v for k, v in outcome.items() if k != "touched"} for outcome in found]


class Sittings:
    """Token → who works there; tokens not renewed for ``_FORGOTTEN`` seconds are forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Admitted, float]] = {}

    def admit(self, token: str, who: Admitted) -> None:
        now = time.monotonic()
        with self._lock:
            self._known[token] = who, now
            for old in [t for t, (_, seen) in self._known.items() if now - seen > _FORGOTTEN]:
                del self._known[old]

    def renew(self, token: str) -> None:
        """A sign of life of a page; a token that is forgotten stays so until the page is drawn again."""
        with self._lock:
            who = self._find(token)
            if who is not None:
                self._known[token] = who, time.monotonic()

    def find(self, token: str) -> Admitted | None:
        with self._lock:
            return self._find(token)

    def dismiss(self, token: str) -> None:
        with self._lock:
            self._known.pop(token, None)

    def _find(self, token: str) -> Admitted | None:
        who, seen = self._known.get(token, (None, 0.0))
        return who if time.monotonic() - seen <= _FORGOTTEN else None


_sittings = Sittings()
_served = False


def routes() -> list[BaseRoute]:
    """What the server answers beside the pages; see ``qa.ui.beside``."""
    from starlette.routing import Route

    global _served
    _served = True
    return [Route(below(_PATH), _answer, methods=["POST"])]


def address() -> str:
    """Where a page may send actions; "" where the server answers none."""
    return below(_PATH) if _served else ""


def admit(desk: Desk) -> str:
    """The token of this sitting, good for what the person at the desk may do; "" while nobody is there."""
    import streamlit as st

    token: str = st.session_state.setdefault("token", secrets.token_urlsafe(32))
    if desk.actor is None:
        _sittings.dismiss(token)
        return ""
    _sittings.admit(token, Admitted(desk.service, desk.ledger, desk.actor))
    return token


def renew() -> None:
    """A sign of life of the page that is being drawn."""
    import streamlit as st

    _sittings.renew(st.session_state.get("token", ""))


async def _answer(request: Request) -> Response:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import JSONResponse

    who = _sittings.find(request.headers.get(HEADER, ""))
    if who is None:
        return JSONResponse({"message": "this sitting is not known: reload the page"}, 403)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return JSONResponse({"message": "the message is too long"}, 413)
    try:
        message = json.loads(body)
        client, actions = str(message["client"]), list(message["actions"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return JSONResponse({"message": "the message cannot be read"}, 400)
    if not all(isinstance(action, dict) for action in actions):
        return JSONResponse({"message": "the message cannot be read"}, 400)
    return JSONResponse({"results": await run_in_threadpool(who.carry_out, client, actions)})
