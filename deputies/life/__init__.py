"""What may be done to the records of this app that live by steps."""

from deputies.life.corrections import CORRECTION
from deputies.life.mandates import MANDATE
from deputies.life.own_activities import OWN_ACTIVITY

__all__ = ["CORRECTION", "MANDATE", "OWN_ACTIVITY"]
