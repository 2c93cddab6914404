"""The app: Streamlit's pages, and beside them the routes of the rooms, in one process and on one port."""

import streamlit as st

from visualizer.hall import routes
from visualizer.pages import FOLDER, is_allowed

app = st.App(FOLDER / "router.py", routes=routes(st.get_option("server.baseUrlPath"), is_allowed))
