"""The terminal: the same conversation, for people at a keyboard and for programs."""
