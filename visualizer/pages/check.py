"""Check."""

import streamlit as st

st.markdown("check")
