"""Backups of the whole database: dumped as the backup role, encrypted while they stream, read back, told in the trail."""

from congress.backups.fault import Fault
from congress.backups.last import Standing, standing
from congress.backups.making import Made, make
from congress.backups.restoring import restore, verify

__all__ = ["Fault", "Made", "Standing", "make", "restore", "standing", "verify"]
