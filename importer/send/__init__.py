"""Send what a run has planned, and record the outcome of every item."""

from importer.send.build import ChangeBuilder
from importer.send.circuit_breaker import STOP_AFTER
from importer.send.pace import Pace
from importer.send.sender import Sender, SendProgress

__all__ = ["STOP_AFTER", "ChangeBuilder", "Pace", "SendProgress", "Sender"]
