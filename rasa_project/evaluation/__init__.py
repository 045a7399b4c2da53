"""How well the listener understands, in figures: run by hand and by tests, never in the chat."""
