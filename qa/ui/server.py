"""What ``streamlit run`` serves: the pages of ``entry.py``, and the address for direct answers."""

from importlib.resources import files

import streamlit as st

from qa.ui import direct, screens

__all__ = ["app"]

screens.load()
app = st.App(str(files("qa.ui") / "entry.py"), routes=direct.routes())
