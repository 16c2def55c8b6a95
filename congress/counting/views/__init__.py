"""Pages of the counting room."""
