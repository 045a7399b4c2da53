"""Sealing: what people said, sent and are called stands in the store only under keys of their own.

Comes in: words with the name of whose they are. Goes out: text that says nothing to whoever has no
key. A key of a person is itself sealed under a master key, which is never in the store.
"""
