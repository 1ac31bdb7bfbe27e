"""A template in, the blank workbook that a person fills out."""
