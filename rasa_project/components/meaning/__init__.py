"""What is meant in an answer: life areas, the kind of thing, and the pieces of a hope.

In: what a person typed. Out: a `Meaning`. Nothing here needs Rasa: `components/what_is_meant.py`
is where Rasa meets it.
"""
