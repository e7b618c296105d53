"""A component nobody sees: it keeps what is typed into the simple form in the browser.

What stands in a form reaches the server with its buttons alone; without this it would be gone with a reload,
with another segment, or with the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from qa.ui import bundle, workbench
from qa.ui.text import clean

__all__ = ["KEY", "Typed", "component", "mount", "typed"]

KEY = "keeper"


@dataclass(frozen=True, slots=True)
class Typed:
    """What the browser has kept of one segment: a text, the saved text it was typed over, and a comment."""

    segment: int
    text: str
    base: str
    note: str


@cache
def component() -> bundle.Component:
    """The keeper, as it is shown and as the server hands it out."""
    kept = bundle.read(workbench.__name__, "vault.js")
    script = bundle.join([kept, bundle.read(__name__, "keeper.js")])
    return bundle.Component(KEY, script, ":host { display: none }")


def mount(data: Mapping[str, Any]) -> None:
    """Keep what is typed into the form on the page; ``data`` says whose it is and what stands there."""
    component().mount(data)


def typed() -> Typed | None:
    """What the browser has just brought back."""
    sent = getattr(st.session_state.get(KEY), "send", None)
    if not isinstance(sent, Mapping) or not isinstance(sent.get("segment"), int):
        return None
    return Typed(sent["segment"], *(clean(str(sent.get(name, ""))) for name in ("text", "base", "note")))
