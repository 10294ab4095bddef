"""Pages of the calendar, of those who run a call, and at the door."""
