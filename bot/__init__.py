"""THE DOOR: messages in and out. No plan rules here, and no sentences: words stand in `data/words`.

A message is kept, looked at for danger, heard by the listener, and answered through the outbox.
"""
