"""THE HANDS: what the listener asks for is done here, once, and answered by key.

Each action hears one message, writes to the plan store in one transaction, and only then replies.
It comes in with an inbox id and goes out with keys and ids: no words travel through the listener.
"""
