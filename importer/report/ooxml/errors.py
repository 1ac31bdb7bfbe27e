"""The error for a workbook that cannot be patched."""

from __future__ import annotations


class PatchRefused(Exception):
    """The workbook is written in a way that cannot be patched safely; the text says which."""
