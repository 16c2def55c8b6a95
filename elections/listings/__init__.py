"""Lists of elections' records, by noun."""
