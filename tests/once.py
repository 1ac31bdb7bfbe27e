"""Make once what a process of importer makes once: templates read, commands and SQL built.

The process from which those of importer are forked imports this, too: each of them would read the
templates again. Journals have engines of their own; those on SQLite share the SQL that is compiled
for them, and all but the first get their tables by the statements that made those of the first.
"""

import functools
import importlib

from sqlalchemy import event
from typer import testing

from importer.journal import schema, store
from importer.template.shipped import shipped
from importer.work import forked

TEMPLATES = shipped("templates")
NEW_OBJECTS = 10_000
"""After so many new objects Python looks for cycles: after 700, as usual, it takes far longer."""


def make_once():
    """Let what is made be kept, here and where processes are forked from."""
    finding = importlib.import_module("importer.template.find")
    read, read_once = finding.load, functools.cache(finding.load)
    finding.load = lambda folder: read_once(folder) if folder.parent == TEMPLATES else read(folder)
    schema._make = _replayed(schema._make)
    store._engine = _sharing(store._engine)
    testing._get_command = functools.cache(testing._get_command)
    forked.NEEDED = (*forked.NEEDED, "tests.forked_once")


def _sharing(opened):
    """Open engines as `opened` does, which share the SQL that is compiled for them."""
    shared = {}

    def engine(where):
        found = opened(where)
        first = shared.setdefault(found.dialect.name, found)
        found.dialect, found._compiled_cache = first.dialect, first._compiled_cache
        return found

    return engine


def _replayed(make):
    """Make tables as `make` did it on such a database the first time: statement by statement."""
    kept = {}

    def tables(connection):
        name = connection.dialect.name
        for words, values in kept.get(name, ()):
            connection.exec_driver_sql(words, values)
        if name in kept:
            return
        said = []

        def note(_connection, _cursor, words, values, _context, _many):
            said.append((words, values or None))

        event.listen(connection, "before_cursor_execute", note)
        make(connection)
        event.remove(connection, "before_cursor_execute", note)
        kept[name] = [one for one in said if one[0].lstrip().startswith(("CREATE", "INSERT"))]

    return tables
