"""Reading aloud: any message of the chat as sound, made on this machine.

Words come in; short clips go out, as OGG/Opus for Telegram and as that or MP3 for the page. Fixed
words are made beforehand and kept in a folder; anybody's own words are never written there.
"""
