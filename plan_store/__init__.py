"""THE RECORD ROOM: the shared plan store.

What people said, what was made of it, and the two queues a message travels in. It imports no
other room and knows no Telegram, no Rasa and no web page; every other room comes here.
"""
