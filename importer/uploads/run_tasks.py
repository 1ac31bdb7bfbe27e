"""The tasks about runs that were begun on the command line: they have no upload."""

RESUME, UNDO = "resume-run", "undo-run"
RUN_TASKS = frozenset({RESUME, UNDO})
