"""Pages of the room: writing a draft, the author's own acts, backing, entry from paper."""
