"""The pages: one script each, and what they share."""
