"""Training."""

import streamlit as st

st.markdown("train")
