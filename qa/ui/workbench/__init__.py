"""The review workbench: one component with a list, an active card and an editor.

Its scripts are plain ES modules beside this file, put together by ``qa.ui.bundle`` in the order below.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from qa.ui import bundle

__all__ = ["KEY", "MODULES", "component", "mount", "script", "style"]

MODULES = (
    "dom.js",
    "merge.js",
    "vault.js",
    "record.js",
    "direct.js",
    "card.js",
    "proposal.js",
    "several.js",
    "picked.js",
    "terms.js",
    "marks.js",
    "reasons.js",
    "notes.js",
    "divider.js",
    "rows.js",
    "bar.js",
    "hints.js",
    "keys.js",
    "live.js",
    "workbench.js",
)
KEY = "workbench"


def script() -> str:
    """All modules as one, with one default export."""
    return bundle.join(bundle.read(__name__, name) for name in MODULES)


def style() -> str:
    """The style sheet, for light and dark themes alike: all colours come from the theme's variables."""
    return bundle.read(__name__, "workbench.css")


@cache
def component() -> bundle.Component:
    """The workbench, as it is shown and as the server hands it out."""
    return bundle.Component(KEY, script(), style())


def mount(data: Mapping[str, Any]) -> None:
    """Show the workbench; what it sends arrives as ``st.session_state[KEY].send``."""
    component().mount(data)
