"""Planned changes in, batches out to the target, every outcome back in the journal."""

from importer.send.sender import Sender, Stopped

__all__ = ["Sender", "Stopped"]
