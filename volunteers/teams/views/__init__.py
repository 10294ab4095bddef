"""Pages of volunteers, leaders and workers."""
