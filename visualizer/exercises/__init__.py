"""Exercises to be worked by hand: drawn from a seed, marked cell by cell, and printed."""
