"""Whole threads through the product: with Django's client, and with real workers that are killed."""
