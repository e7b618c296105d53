"""The pages: one module each, a function that draws it from the desk.

The folder must not be called ``pages``: beside its script, Streamlit takes one for pages of its own making.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.ui.session import Desk

__all__ = ["ADDRESSES", "PAGES", "load", "navigation"]

PAGES: dict[str, tuple[str, str]] = {
    "documents": ("Documents", ":material/description:"),
    "review": ("Review", ":material/edit_note:"),
    "alignment": ("Alignment", ":material/link:"),
    "approve": ("Approve", ":material/done_all:"),
    "insights": ("Insights", ":material/monitoring:"),
    "checks": ("Checks", ":material/rule:"),
    "people": ("People", ":material/group:"),
    "rules": ("Rules", ":material/gavel:"),
    "trail": ("Trail", ":material/history:"),
}
"""Address → title and icon, in the order of the navigation bar."""
_FIRST = "documents"
_EXPORT = "export"
ADDRESSES = (*PAGES, _EXPORT)
"""Every address that opens a page, also those that the navigation bar does not show."""


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
    hidden = [
        st.Page(partial(leads, made[_FIRST]), title=PAGES[_FIRST][0], url_path=path, visibility="hidden")
        for path, leads in ((_FIRST, st.switch_page), (_EXPORT, _open_export))
    ]
    return [*made.values(), *hidden]


def _open_export(documents: Any) -> None:
    """What had a page of its own once is a tab on Documents: links to it are still about."""
    import streamlit as st

    from qa.ui.screens.documents import EXPORT, VIEW

    st.session_state[VIEW.key] = EXPORT
    st.switch_page(documents)


def _draw(name: str, desk: Desk) -> None:
    import_module(f"{__name__}.{name}").page(desk)
