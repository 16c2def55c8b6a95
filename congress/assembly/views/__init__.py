"""Pages of sessions and meetings."""
