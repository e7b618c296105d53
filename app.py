"""`streamlit run app.py`: the review interface on this machine."""

from importlib.resources import files

import streamlit as st

from qa.ui import beside, screens
from qa.ui.entry import main

if __name__ == "__main__":
    main()  # run as a script, by a test for example: the pages alone
else:
    screens.load()
    app = st.App(str(files("qa.ui") / "entry.py"), **beside.everything())
