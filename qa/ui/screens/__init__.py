"""The pages: one module each, a function that draws it from the desk.

The folder must not be called ``pages``: beside its script, Streamlit takes one for pages of its own making.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.ui.session import Desk

__all__ = ["PAGES", "load", "navigation"]

PAGES: dict[str, tuple[str, str]] = {
    "documents": ("Documents", ":material/description:"),
    "review": ("Review", ":material/edit_note:"),
    "alignment": ("Alignment", ":material/link:"),
    "approve": ("Approve", ":material/done_all:"),
    "insights": ("Insights", ":material/monitoring:"),
    "checks": ("Checks", ":material/rule:"),
    "export": ("Export", ":material/download:"),
    "people": ("People", ":material/group:"),
    "rules": ("Rules", ":material/gavel:"),
    "trail": ("Trail", ":material/history:"),
}
"""Address → title and icon, in the order of the navigation bar."""
_FIRST = "documents"


def load() -> None:
    """Import every page, so that the first visitor of a server does not wait for it."""
    from qa.ui import pulse, workbench

    for name in PAGES:
        import_module(f"{__name__}.{name}")
    for component in (workbench.component(), pulse.component()):
        component.publish()


def navigation(desk: Desk) -> list[Any]:
    """The pages for ``st.navigation``; also kept for links between them."""
    import streamlit as st

    made = {
        name: st.Page(
            partial(_draw, name, desk),
            title=title,
            icon=icon,
            url_path="home" if name == _FIRST else name,
            default=name == _FIRST,
        )
        for name, (title, icon) in PAGES.items()
    }
    st.session_state["pages"] = made
    # Streamlit gives the first page the address "/" alone, and calls a link to its name "not found".
    named = st.Page(
        partial(st.switch_page, made[_FIRST]), title=PAGES[_FIRST][0], url_path=_FIRST, visibility="hidden"
    )
    return [*made.values(), named]


def _draw(name: str, desk: Desk) -> None:
    import_module(f"{__name__}.{name}").page(desk)
