"""The live stage: scenes drawn as SVG in the page, stepped through in the browser."""
