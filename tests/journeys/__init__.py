"""Whole threads through the product by its pages, on the days they happen."""
