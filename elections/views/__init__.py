"""Pages of elections and of what their districts counted."""
