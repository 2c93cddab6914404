"""The app: Streamlit's pages, and beside them the routes of the room, in one process and on one port."""

import streamlit as st

from visualizer.pages import FOLDER

app = st.App(FOLDER / "router.py")
