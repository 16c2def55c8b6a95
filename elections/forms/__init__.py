"""Forms of elections, by noun."""
