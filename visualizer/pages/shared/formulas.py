"""Formulas among the words of a page, as MathML: one typesetter for all pages."""

import streamlit as st

from visualizer.writing import formula, with_formulas


def draw_formula(tex: str) -> None:
    """Draw a formula as a display."""
    st.markdown(formula(tex), unsafe_allow_html=True)


def draw_words(text: str) -> None:
    """Draw Markdown in which formulas stand between dollar signs."""
    st.markdown(with_formulas(text), unsafe_allow_html="$" in text)
