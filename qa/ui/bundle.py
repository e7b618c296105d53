"""Components of our own: plain ES modules and a style sheet, put together when the server starts.

Streamlit takes one inline module, so the imports between ours are dropped and their order is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

__all__ = ["join", "mount", "read"]

_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def read(package: str, name: str) -> str:
    """A file beside the module ``package``."""
    return (files(package) / name).read_text(encoding="utf-8")


def join(sources: Iterable[str]) -> str:
    """All modules as one, with one default export."""
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources)


def mount(name: str, key: str, css: str, js: str, data: Mapping[str, Any]) -> None:
    """Show the component; what it sends arrives as ``st.session_state[key].send``."""
    import streamlit as st

    renderer = st.components.v2.component(f"relecture.{name}", html='<div class="rl"></div>', css=css, js=js)
    renderer(key=key, data=dict(data), on_send_change=_nothing)


def _nothing() -> None:
    """Streamlit only reports triggers that have a callback."""
