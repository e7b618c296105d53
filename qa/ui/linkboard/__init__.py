"""The component of the Alignment page: a list of links, one of them with its neighbours, and the repairs.

It shares the look and the way of making elements with the workbench.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from qa.ui import bundle, workbench

__all__ = ["KEY", "MODULES", "mount", "script", "style"]

MODULES = ("drawing.js", "linkboard.js")
KEY = "linkboard"


def script() -> str:
    """All modules as one, with one default export."""
    shared = bundle.read(workbench.__name__, "dom.js")
    return bundle.join([shared, *(bundle.read(__name__, name) for name in MODULES)])


def style() -> str:
    """The workbench's style sheet and what links need besides."""
    return workbench.style() + bundle.read(__name__, "linkboard.css")


@cache
def _component() -> bundle.Component:
    return bundle.Component(KEY, script(), style())


def mount(data: Mapping[str, Any]) -> None:
    """Show the links; what the component sends arrives as ``st.session_state[KEY].send``."""
    _component().mount(data)
