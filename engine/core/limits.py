"""Limits of what a link, a file or a page may ask to be built; each is checked before anything is."""

MOST_LAYERS, MOST_UNITS, MOST_PARAMETERS = 10, 1024, 250_000
