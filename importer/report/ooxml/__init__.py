"""A workbook's package patched in place: only what the report touches changes."""
