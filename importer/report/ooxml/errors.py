"""Why a workbook is not patched: one exception, its text a few words."""

from __future__ import annotations


class Refused(Exception):
    """The workbook is written in a way that cannot be patched safely; the text says which."""
