"""THE DESK: the facilitators' web app.

A facilitator comes in with a browser, sees the person's own words first, knows whose turn it is,
and answers. What goes out are rows in the plan store: an answer, its history, and a reply to send.
"""
