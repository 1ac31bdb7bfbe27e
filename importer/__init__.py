"""Spreadsheets into the systems they belong to: read, map, check, order, plan, send, report."""

__version__ = "0.1.0"
