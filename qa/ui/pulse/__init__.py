"""A component nobody sees: it hands to the workbench what others do, while the workbench stays as it is.

Drawing the workbench anew for every change of somebody else would send all of its rows; this one is drawn
once a second and sends what is new.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from qa.ui import bundle

__all__ = ["KEY", "mount"]

KEY = "pulse"


@cache
def _script() -> str:
    return bundle.read(__name__, "pulse.js")


def mount(data: Mapping[str, Any]) -> None:
    """Tell the page's workbench ``data``."""
    bundle.mount("pulse", KEY, ":host { display: none }", _script(), data)
