"""The script Streamlit runs: page configuration, who is working, which project, which page."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["main"]


def main() -> None:
    """Draw the interface once; Streamlit calls this again after every interaction."""
    import streamlit as st

    from qa.errors import QAError
    from qa.ui import screens, session
    from qa.ui.text import notice_html

    here = Path(str(files("qa.ui")))
    # An icon of our own: Streamlit fetches its named ones from the network.
    st.set_page_config("Relecture", str(here / "icon.svg"), layout="wide", initial_sidebar_state=230)
    st.html(here / "style.css")
    try:
        desk = session.open_desk()
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return
    if desk is None:
        return
    page = st.navigation(screens.navigation(desk), position="top")
    with st.sidebar:
        session.identify(desk)
    try:
        page.run()
    except QAError as error:
        st.html(notice_html(str(error), "error"))
    session.send_address()
    session.settle()


if __name__ == "__main__":
    main()
