"""The planned items of a journal in, their outcomes out."""

from importer.send.circuit_breaker import STOP_AFTER
from importer.send.sender import Sender

__all__ = ["STOP_AFTER", "Sender"]
