"""Patching of .xlsx packages: writes a report into a workbook and changes nothing else in it."""
