"""Validate a table of terms with frictionless, by a Table Schema and without a limit of errors."""

import os
import sys

from frictionless import Resource, Schema

WORDS = ["VERIFIED", "DRAFT", "DEPRECATED"]
TEXTS = ("Description", "Categories", "Owners", "Tags", "Synonyms", "Abbreviation", "Usage")
ORDER = (
    "Glossary", "Term", "Description", "Categories", "Certificate", "Owners",
    "Tags", "Synonyms", "Abbreviation", "Usage", "Examples", "Announcement message",
)  # fmt: skip
FIELDS = {
    "Glossary": {"type": "string", "constraints": {"required": True}},
    "Term": {"type": "string", "constraints": {"required": True}},
    "Certificate": {"type": "string", "constraints": {"enum": WORDS}},
    "Examples": {"type": "date"},
    "Announcement message": {"type": "number"},
    **{name: {"type": "string"} for name in TEXTS},
}

schema = Schema.from_descriptor({"fields": [{"name": name, **FIELDS[name]} for name in ORDER]})
folder, name = os.path.split(sys.argv[1])
report = Resource(path=name, basepath=folder, schema=schema).validate(limit_errors=10**9)
sys.stdout.write(f"{report.valid} {report.stats}\n{report.flatten(['rowNumber', 'message'])[:3]}")
sys.exit(0 if report.valid else 1)
