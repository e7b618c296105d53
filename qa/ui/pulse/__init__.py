"""A component nobody sees: it hands to the workbench what others do, while the workbench stays as it is.

Drawing the workbench anew for every change of somebody else would send all of its rows; this one is drawn
once a second and sends what is new.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from qa.ui import bundle

__all__ = ["KEY", "component", "mount"]

KEY = "pulse"


@cache
def component() -> bundle.Component:
    """The pulse, as it is shown and as the server hands it out."""
    return bundle.Component(KEY, bundle.read(__name__, "pulse.js"), ":host { display: none }")


def mount(data: Mapping[str, Any]) -> None:
    """Tell the page's workbench ``data``."""
    component().mount(data)
