"""Reads across the stages: what the rooms offer, gathered; lists, one page's worth at a time."""
