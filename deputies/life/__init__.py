"""What may be done to the records of this app that live by steps."""

from deputies.life.corrections import CORRECTION
from deputies.life.mandates import MANDATE

__all__ = ["CORRECTION", "MANDATE"]
