"""Checks that a template is consistent: its paths, headings, kinds and sets exist.

Its keys were checked before, against mapping.schema.json.
"""

from importer.template.consistency.template import mistakes

__all__ = ["mistakes"]
