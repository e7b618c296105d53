"""The review workbench: one component with a list, an active card and an editor.

Its scripts are plain ES modules beside this file. Streamlit takes one inline module, so they are put
together here when the server starts: imports between them are dropped, their order is the order below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["KEY", "MODULES", "mount", "script", "style"]

MODULES = ("dom.js", "merge.js", "vault.js", "record.js", "card.js", "keys.js", "workbench.js")
KEY = "workbench"

_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def script() -> str:
    """All modules as one, with one default export."""
    folder = files(__name__)
    sources = [(folder / name).read_text(encoding="utf-8") for name in MODULES]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources)


def style() -> str:
    """The style sheet, for light and dark themes alike: all colours come from the theme's variables."""
    return (files(__name__) / "workbench.css").read_text(encoding="utf-8")


@cache
def _assets() -> tuple[str, str]:
    return style(), script()


def mount(data: Mapping[str, Any]) -> None:
    """Show the workbench; what it sends arrives as ``st.session_state[KEY].send``."""
    import streamlit as st

    css, js = _assets()
    renderer = st.components.v2.component(
        "relecture.workbench", html='<div class="rl"></div>', css=css, js=js
    )
    renderer(key=KEY, data=dict(data), on_send_change=_nothing)


def _nothing() -> None:
    """Streamlit only reports triggers that have a callback."""
