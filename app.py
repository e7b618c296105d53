"""`streamlit run app.py`: the review interface on this machine."""

from qa.ui.entry import main

main()
