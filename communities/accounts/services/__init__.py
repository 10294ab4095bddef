"""Writes of the room, by operation: codes, people, staff, devices."""
