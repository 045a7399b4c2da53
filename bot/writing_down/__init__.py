"""Writing voices down, where a recogniser is set up on this machine: a kept voice comes in, and
its words go to the reception as a message of their own, to be looked at for danger and asked about.

The recording is kept as it is. Without a recogniser nothing here runs, and voices are only kept.
"""
