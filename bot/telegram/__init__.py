"""The Telegram channel: updates in (long polling or webhook), replies out.

Its way out names how sending went; its way in confirms an update only after it was kept.
"""
