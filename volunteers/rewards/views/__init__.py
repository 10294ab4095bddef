"""Pages of the benefits."""
