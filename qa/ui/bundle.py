"""Components of our own: plain ES modules and a style sheet, put together when the server starts.

Streamlit takes one inline module, so the imports between ours are dropped and their order is kept. Inline, it
would send all of it with every drawing: where our server is the one that runs, the browser fetches it once
from an address of its own and keeps it, and Streamlit gets a few lines that ask for it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from qa.ui import address

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

__all__ = ["Component", "join", "published", "read", "routes"]

_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
_PATH = "/relecture/scripts/"

# The style sheet travels with the script and is given to the shadow root that Streamlit makes.
_SERVED = """{script}
export const dress = (() => {{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync({style});
  return (root) => root.adoptedStyleSheets.includes(sheet) || root.adoptedStyleSheets.push(sheet);
}})();
"""
_STUB = """let served, failure;
try {{
  served = await import(new URL({address}, location.href).href);
}} catch (error) {{
  failure = error;
}}
export default function (component) {{
  const root = component.parentElement.querySelector(".rl");
  if (served) {{
    served.dress(root.getRootNode());
    return served.default(component);
  }}
  root.setAttribute("role", "alert");
  root.textContent = {apology} + " (" + failure + ")";
}}
"""
_APOLOGY = (
    "This part of the page could not be loaded. Reload the page; on Review and Approve, the switch "
    "“Simple form” in the sidebar works without it."
)

_published: dict[str, bytes] = {}
"""Name → script, of all components that were published since the server started."""
_served = False


def read(package: str, name: str) -> str:
    """A file beside the module ``package``."""
    return (files(package) / name).read_text(encoding="utf-8")


def join(sources: Iterable[str]) -> str:
    """All modules as one, with one default export."""
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources)


@dataclass(frozen=True)
class Component:
    """A component under ``key``: its script, with one default export, and its style sheet."""

    key: str
    script: str
    style: str

    @cached_property
    def name(self) -> str:
        """The script's name, which changes with what is in it."""
        return f"{self.key}.{hashlib.sha256((self.script + self.style).encode()).hexdigest()[:16]}.js"

    def publish(self) -> None:
        """Make the script known to the server."""
        if self.name not in _published:
            text = _SERVED.format(script=self.script, style=json.dumps(self.style))
            _published[self.name] = text.encode()

    def mount(self, data: Mapping[str, Any]) -> None:
        """Show the component; what it sends arrives as ``st.session_state[key].send``."""
        import streamlit as st

        style, script = self.style, self.script
        if _served:
            self.publish()
            style, script = "", self.stub()
        made = st.components.v2.component(
            f"relecture.{self.key}", html='<div class="rl"></div>', css=style or None, js=script
        )
        made(key=self.key, data=dict(data), on_send_change=_nothing)

    def stub(self) -> str:
        """The lines that fetch the script from its address, or say that it did not come."""
        where = json.dumps(address.below(_PATH + self.name))
        return _STUB.format(address=where, apology=json.dumps(_APOLOGY))


def published() -> list[str]:
    """Addresses of the scripts that browsers may fetch early."""
    return [address.below(_PATH + name) for name in _published]


def routes() -> list[BaseRoute]:
    """What the server answers beside the pages; see ``qa.ui.beside``."""
    from starlette.routing import Route

    global _served
    _served = True
    return [Route(address.below(_PATH + "{name}"), _answer)]


async def _answer(request: Request) -> Response:
    from starlette.responses import PlainTextResponse, Response

    script = _published.get(request.path_params["name"])
    if script is None:
        return PlainTextResponse("no such script: reload the page", 404)
    # The name says what is in it, so it never changes.
    caching = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(script, media_type="text/javascript", headers=caching)


def _nothing() -> None:
    """Streamlit only reports triggers that have a callback."""
