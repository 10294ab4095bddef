"""Rehearsing a vote with test people before it opens: rows of its own, wiped by one act, never near the real vote."""
