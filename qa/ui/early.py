"""Tell browsers early what the pages will need: scripts that are asked for only when an element is drawn.

Streamlit loads a core first, then a script for each kind of element, then what those import, and the
workbench last; every step waits for the one before. A ``Link`` header lets the browser fetch all at once.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.ui import address, bundle

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
    """Adds the ``Link`` header to pages, and touches nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "." in scope["path"].rpartition("/")[2]:
            await self.app(scope, receive, send)
            return

        async def hinted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = list(message.get("headers", ()))
                if any(k.lower() == b"content-type" and v.startswith(b"text/html") for k, v in headers):
                    message["headers"] = [*headers, (b"link", _links().encode("ascii"))]
            await send(message)

        await self.app(scope, receive, hinted)


def _links() -> str:
    from streamlit import file_util

    static = Path(file_util.get_static_dir())
    wanted = [address.below(f"/static/js/{name}") for name in scripts(static)]
    how = "rel=modulepreload; fetchpriority=low"
    return ", ".join(f"<{each}>; {how}" for each in [*wanted, *bundle.published()])
