"""Pages across the stages: for visitors, for the person herself, for the offices."""
