"""What the process loads and makes once from which those of importer are forked.

Whoever begins it, it loads the modules, reads the templates and the words of lists: each process
would do so again. It does without numpy, for openpyxl and pandas take more memory than a process
may have in some tests.
"""

import gc
import pkgutil
from importlib import import_module

import importer
from tests.once import NEW_OBJECTS, TEMPLATES, make_once

LIBRARIES = [
    "defusedxml.ElementTree", "jsonschema_rs", "psycopg", "pydantic_settings", "python_calamine",
    "requests_ratelimiter", "rich.console", "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite", "starlette.applications", "uvicorn.lifespan.off",
    "uvicorn.loops.auto", "uvicorn.protocols.http.h11_impl",
]  # fmt: skip
"""The modules that importer imports only where they are used."""

LEFT_OUT = ("importer.__main__", "importer.read.frame_")
"""How the names of the program itself begin, and of what reads the tables of pandas."""

EACH = [one.name for one in pkgutil.walk_packages(importer.__path__, "importer.")]
OURS = [name for name in EACH if not name.startswith(LEFT_OUT)]

for name in (*LIBRARIES, *OURS):
    import_module(name)
make_once()
finding = import_module("importer.template.find")
for name in finding.shipped_names():
    finding.load(TEMPLATES / name)
import_module("importer.proposal.vocabulary").vocabulary()
gc.set_threshold(NEW_OBJECTS)
gc.collect()
gc.freeze()
