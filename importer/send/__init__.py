"""The planned items of a journal in, their outcomes out."""

from importer.send.sender import Sender
from importer.send.streak import STOP_AFTER

__all__ = ["STOP_AFTER", "Sender"]
