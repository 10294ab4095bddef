"""Pages of the vote: casting, turnout."""
