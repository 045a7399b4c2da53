"""The listener's own parts: how a message comes in, is heard without a memory, and is answered."""
