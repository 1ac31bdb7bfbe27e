"""Undo a run: what it did, what has drifted since, and the changes that revert it."""
