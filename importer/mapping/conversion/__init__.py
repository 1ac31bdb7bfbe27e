"""Converts cells to payload values: text, numbers, dates, lists, links, as a column's rule says."""
