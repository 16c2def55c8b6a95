"""Measures the product against floors taken in the same run; see README.md and `script/bench`."""
