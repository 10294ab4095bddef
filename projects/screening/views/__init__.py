"""Pages of the room: the desk of the offices, the appeal."""
