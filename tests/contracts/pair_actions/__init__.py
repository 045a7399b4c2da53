"""A small action server of the contract tests' own: one action of each temper.

In: action calls from a real Rasa. Out: replies by key, crashes, silence, echoes.
"""
