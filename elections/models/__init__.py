"""Elections as the annual report tells them."""

from elections.models.election import Election

__all__ = ["Election"]
