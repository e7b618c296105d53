"""What ``streamlit run`` serves: the pages of ``entry.py``, and what stands beside them."""

from importlib.resources import files

import streamlit as st

from qa.ui import beside, screens

__all__ = ["app"]

screens.load()
app = st.App(str(files("qa.ui") / "entry.py"), **beside.everything())
