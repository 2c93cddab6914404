"""Words, scenes and figures: pure functions of what the engine computed."""
