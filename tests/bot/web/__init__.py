"""The chat page, in process and in a real browser."""
