"""The listener understands: what is said, noise, and that no line of others is taught."""
