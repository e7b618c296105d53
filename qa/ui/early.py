"""Tell browsers early what the pages will need: scripts that are asked for only when an element is drawn.

Streamlit loads a core first, then a script for each kind of element, then what those import, and the
workbench last; every step waits for the one before. A ``Link`` header lets the browser fetch all at once, and
a line of script says where the server is. With it comes what speaks of a lost connection, which must be there
before there is one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.ui import address, bundle
from qa.ui.screens import ADDRESSES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["ELEMENTS", "Early", "scripts"]

ELEMENTS = ("BidiComponent", "Checkbox", "Html", "Radio", "Selectbox", "TextInput")
"""The kinds of element that stand on the pages people open most: Review and Approve."""

_IMPORTS = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


@cache
def scripts(static: Path) -> tuple[str, ...]:
    """Names of the scripts of ``ELEMENTS`` and all they import, less those that ``index.html`` asks for.

    ``static`` is the folder that Streamlit serves. Names carry a hash of the content and change with every
    version of Streamlit, so they are looked up; what is not there is left out, and then comes later.
    """
    try:
        asked = (static / "index.html").read_text("utf-8")
        todo = [path.name for kind in ELEMENTS for path in (static / "static" / "js").glob(f"{kind}.*.js")]
        found: dict[str, None] = {}
        while todo:
            name = todo.pop()
            if name in found or f"/{name}" in asked:
                continue
            text = (static / "static" / "js" / name).read_text("utf-8")
            found[name] = None
            todo += _IMPORTS.findall(text)
    except OSError:
        return ()
    return tuple(found)


class Early:
    """Adds the ``Link`` header and the address of the server to pages, and touches nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = scope["type"] == "http" and scope["method"] == "GET"
        if not page or "." in scope["path"].rpartition("/")[2]:
            await self.app(scope, receive, send)
            return
        # A page is changed here, so it must not come compressed; it has a few kilobytes.
        plain = [(k, v) for k, v in scope["headers"] if k.lower() != b"accept-encoding"]
        head: Message | None = None  # of a page, until all of it is there: it says how long that is
        body = b""

        async def hinted(message: Message) -> None:
            nonlocal head, body
            if message["type"] == "http.response.start" and message["status"] == 200 and _is_page(message):
                head = message
                return
            if head is not None and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                body = _told(body)
                await send({**head, "headers": _headers(head, body)})
                message = {**message, "body": body}
            await send(message)

        await self.app({**scope, "headers": plain}, receive, hinted)


def _is_page(start: Message) -> bool:
    return any(k.lower() == b"content-type" and v.startswith(b"text/html") for k, v in start["headers"])


def _headers(start: Message, body: bytes) -> list[tuple[bytes, bytes]]:
    """Those of ``start`` for ``body``, which is no longer the file it was, and the links."""
    changed = (b"content-length", b"etag", b"last-modified")
    kept = [(k, v) for k, v in start["headers"] if k.lower() not in changed]
    return [*kept, (b"content-length", b"%d" % len(body)), (b"link", _links().encode("ascii"))]


def _told(page: bytes) -> bytes:
    """``page`` with the address of its server, which Streamlit finds by trial where it is not told.

    On the page /review it would first ask below /review. What stands before the page's name is kept as the
    browser sees it: a proxy may have put something there that the server does not know of. Streamlit's
    dialogs about errors stay away, as they take the focus; ``connection.js`` says the same beside the work.
    """
    names = "|".join(ADDRESSES)
    told = (
        "<script>window.__streamlit ??= {BACKEND_BASE_URL: location.origin + "
        f'location.pathname.replace(/\\/({names})\\/?$/, "/"), '
        f"HOST_CONFIG: {{blockErrorDialogs: true}}}};\n{_connection()}</script>"
    )
    return page.replace(b"</title>", b"</title>" + told.encode(), 1)


@cache
def _connection() -> str:
    return bundle.read("qa.ui", "connection.js")


def _links() -> str:
    from streamlit import file_util

    static = Path(file_util.get_static_dir())
    wanted = [address.below(f"/static/js/{name}") for name in scripts(static)]
    how = "rel=modulepreload; fetchpriority=low"
    return ", ".join(f"<{each}>; {how}" for each in [*wanted, *bundle.published()])
