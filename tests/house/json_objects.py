"""The JSON objects that the commands print: their keys, types and meanings.

`tests/house/reference.py` makes the tables of them; `test_reference.py` compares them with what the
commands print. In a path `[]` is an item of a list, and a name in capitals stands for any key.
"""

from dataclasses import dataclass

TEXT = "text"
NUMBER = "number"
BOOLEAN = "true or false"
OBJECT = "object"
LIST = "list"
ANY = "any value"


def _or_null(kind: str) -> str:
    return f"{kind} or null"


@dataclass(frozen=True)
class JsonObject:
    """One JSON object; `keys` has type and meaning by path."""

    title: str
    about: str
    keys: dict[str, tuple[str, str]]


COMMON = JsonObject(
    "In every object",
    "Printed by every command with `--format json`, whatever its exit status.",
    {
        "version": (TEXT, "The version of importer."),
        "exit_status": (NUMBER, "The exit status of the command."),
        "reason": (
            _or_null(OBJECT),
            "Why the exit status is not 0, or why a report is not where it belongs; else null.",
        ),
        "reason.code": (TEXT, "One of the [reasons](#reasons)."),
        "reason.message": (TEXT, "The same as a sentence."),
        "files": (LIST, "The input files, by the paths that were given."),
        "started": (TEXT, "When the run or the command began: `2026-01-31T03:00:00Z`."),
        "ended": (_or_null(TEXT), "When it ended; null while a run is being sent."),
        "rows": (OBJECT, "What became of the rows of the files."),
        "rows.read": (NUMBER, "How many were read: the sum of the next three."),
        "rows.imported": (
            NUMBER,
            "How many the target has now; for `check` and `plan`, how many a run would import.",
        ),
        "rows.reported": (
            NUMBER,
            "How many were not imported; the findings or the report say why.",
        ),
        "rows.skipped": (NUMBER, "How many were left out on purpose."),
    },
)

FINDINGS = {"findings": (LIST, "The [findings](#a-finding); empty where there are none.")}

FINDING = JsonObject(
    "A finding",
    "An item of `findings`, in any of the objects above.",
    {
        "sheet": (TEXT, "The name of the sheet; for a text file its name without the ending."),
        "row": (
            _or_null(NUMBER),
            "The row as the spreadsheet shows it; null where no row of the file is meant.",
        ),
        "column": (_or_null(TEXT), "The heading of the cell; null for a row or a sheet."),
        "cell": (_or_null(TEXT), "The cell, like `C17`; null for a row or a sheet."),
        "value": (_or_null(TEXT), "What the cell holds."),
        "code": (TEXT, "One of the [finding codes](#finding-codes)."),
        "severity": (
            TEXT,
            "`error`, `warning` or `info`; only an error keeps a row from being sent.",
        ),
        "message": (TEXT, "What is wrong and how to fix it, in a sentence."),
        "suggestion": (_or_null(TEXT), "The value that was probably meant."),
        "more_rows": (NUMBER, "How many more rows it holds for, without findings of their own."),
    },
)

CHECK = JsonObject(
    "The object of `check`",
    "Printed by `importer check FILE... --format json`.",
    {
        "ok": (BOOLEAN, "Whether there are no errors."),
        "template": (TEXT, "The name of the template that was used."),
        "sheets": (LIST, "The sheets that would be imported."),
        "sheets[].name": (TEXT, "The name of the sheet in the file."),
        "sheets[].kind": (TEXT, "The name of the sheet in the template."),
        "sheets[].rows": (NUMBER, "How many rows it has."),
        "counts": (OBJECT, "All rows together."),
        "counts.rows": (NUMBER, "How many there are."),
        "counts.valid": (NUMBER, "How many have no errors."),
        "counts.invalid": (NUMBER, "How many have errors."),
        "counts.skipped": (NUMBER, "How many are left out on purpose."),
        **FINDINGS,
    },
)

PLAN = JsonObject(
    "The object of `plan`",
    "Printed with `--format json` by `importer plan FILE...` and `importer undo RUN --dry-run`.",
    {
        "target": (TEXT, "The name of the target."),
        "counts": (OBJECT, "How many rows have each action, `invalid`, `blocked` or `held`."),
        "counts.ACTION": (NUMBER, "How many; an action that no row has is absent."),
        "changes": (LIST, "The rows that would be sent, and those that are `unchanged`."),
        "changes[].sheet": (TEXT, "The name of the sheet."),
        "changes[].row": (
            _or_null(NUMBER),
            "The row; null for something that no row of the files names.",
        ),
        "changes[].action": (TEXT, "`create`, `update`, `move`, `delete` or `unchanged`."),
        "changes[].key": (TEXT, "The entity: its name, after the names of what it is in."),
        "changes[].fields": (OBJECT, "The fields that change, by heading."),
        "changes[].fields.HEADING": (OBJECT, "One field."),
        "changes[].fields.HEADING.old": (ANY, "The live value; null where there is none."),
        "changes[].fields.HEADING.new": (ANY, "The desired value; null where it is emptied."),
        **FINDINGS,
    },
)

OUTCOMES = "How many rows have each outcome; every outcome is there, with 0 where no row has it."

RUN = JsonObject(
    "The object of `run`, `resume`, `undo` and `runs RUN`",
    "Printed with `--format json`; the counts of `resume` are those of the whole run.",
    {
        "run": (TEXT, "The name of the run."),
        "target": (TEXT, "The name of the target."),
        "state": (TEXT, "One of the [states of a run](#states-of-a-run)."),
        "counts": (OBJECT, OUTCOMES),
        "counts.OUTCOME": (NUMBER, "How many."),
        **FINDINGS,
        "report": (
            "text, list or null",
            "The path of the report; a list where there are several, null where there is none.",
        ),
    },
)

RUNS = JsonObject(
    "The object of `runs`",
    "Printed by `importer runs --format json`.",
    {
        "runs": (LIST, "All runs, the newest first."),
        "runs[].run": (TEXT, "The name of the run."),
        "runs[].state": (TEXT, "One of the [states of a run](#states-of-a-run)."),
        "runs[].target": (TEXT, "The name of the target."),
        "runs[].started": (TEXT, "When it began: `2026-01-31T03:00:00Z`."),
        "runs[].files": (LIST, "The names of its files."),
        "runs[].counts": (OBJECT, OUTCOMES),
        "runs[].counts.OUTCOME": (NUMBER, "How many."),
    },
)

DOCTOR = JsonObject(
    "The object of `doctor`",
    "Printed by `importer doctor --format json`. It never holds a key.",
    {
        "ok": (
            BOOLEAN,
            "Whether the journal can be written, and the queue and every target in use answer.",
        ),
        "config": (_or_null(TEXT), "The path of the settings file; null where there is none."),
        "journal": (OBJECT, "The journal."),
        "journal.where": (TEXT, "Its path, or its address without the password."),
        "journal.state": (TEXT, "`ok`, or what is wrong."),
        "journal.origin": (TEXT, "Where the setting comes from; `built in` where it is not set."),
        "queue": (OBJECT, "The queue."),
        "queue.where": (TEXT, "Its path, or its address without the password."),
        "queue.state": (TEXT, "`ok`, or what is wrong."),
        "queue.origin": (TEXT, "Where the setting comes from; `built in` where it is not set."),
        "targets": (LIST, "The targets."),
        "targets[].target": (TEXT, "The name of the target."),
        "targets[].settings": (OBJECT, "Its settings, by key."),
        "targets[].settings.KEY": (OBJECT, "One setting."),
        "targets[].settings.KEY.value": (ANY, "Its value."),
        "targets[].settings.KEY.origin": (TEXT, "Where it comes from, as above."),
        "targets[].api_key": (
            _or_null(TEXT),
            "`set` or `not set`; null where the target needs no key.",
        ),
        "targets[].state": (TEXT, "`ok`, `not set up`, or what is wrong."),
        "jobs": (LIST, "The jobs."),
        "jobs[].job": (TEXT, "The name of the job."),
        "jobs[].files": (_or_null(NUMBER), "How many files its source has; null where not known."),
        "jobs[].state": (TEXT, "`ok`, or what is wrong with its source and channels."),
    },
)

TEMPLATES = JsonObject(
    "The object of `template list`",
    "Printed by `importer template list --format json`.",
    {
        "templates": (LIST, "The templates that ship, then the mappings that you have kept."),
        "templates[].template": (TEXT, "The name of the template."),
        "templates[].title": (TEXT, "What it imports."),
        "templates[].system": (
            TEXT,
            "The system it is usually for, say `atlan`.",
        ),
        "templates[].systems": (LIST, "All systems that it is for."),
        "templates[].sheets": (LIST, "The names of its sheets."),
        "templates[].kept": (BOOLEAN, "Whether it is a mapping that you have kept."),
        "templates[].folder": (TEXT, "Its folder; without that a kept one is forgotten."),
    },
)

PROPOSAL = JsonObject(
    "The object of `template init`",
    "Printed by `importer template init --format json`. Where `check`, `plan` and `run` find a "
    "list that no template knows, it is `proposal` in their object, and `command` accepts it.",
    {
        "sheets": (LIST, "The sheets of all files."),
        "sheets[].file": (TEXT, "The name of the file."),
        "sheets[].name": (TEXT, "The name of the sheet; of a text file, its own without its end."),
        "sheets[].header_row": (NUMBER, "The row of the headings; 0 where there is none."),
        "sheets[].kind": (_or_null(TEXT), "What each row is; null: not for import."),
        "sheets[].confidence": (NUMBER, "How sure that is, from 0 to 1."),
        "sheets[].reasons": (LIST, "Why, each a text."),
        "sheets[].columns": (LIST, "The columns that hold anything."),
        "sheets[].columns[].column": (TEXT, "The column's letter."),
        "sheets[].columns[].heading": (TEXT, "Its heading; empty where it has none."),
        "sheets[].columns[].field": (
            _or_null(TEXT),
            "The heading of the shipped template that it fills; null: left out.",
        ),
        "sheets[].columns[].score": (NUMBER, "How sure that is, from 0 to 1."),
        "sheets[].columns[].reason": (TEXT, "Why."),
        "sheets[].asks": (LIST, "What only a person knows."),
        "sheets[].asks[].name": (TEXT, "The name that `--set NAME=VALUE` answers."),
        "sheets[].asks[].question": (TEXT, "The question."),
        "sheets[].asks[].default": (_or_null(TEXT), "What is likely; it is never taken by itself."),
        "sheets[].asks[].choices": (
            LIST,
            "The answers that there are, where the mapping holds the answer: `template init` takes "
            "it. Empty where each run asks.",
        ),
        "sheets[].skipped": (LIST, "Rows that are no data."),
        "sheets[].skipped[].row": (NUMBER, "The number that the spreadsheet shows."),
        "sheets[].skipped[].reason": (TEXT, "Why."),
    },
)

JOB = JsonObject(
    "The object of `jobs enable` and `jobs disable`",
    "Printed with `--format json`; `jobs show` has the same keys, and passes.",
    {
        "job": (TEXT, "The name of the job."),
        "target": (_or_null(TEXT), "The name of the target; null where the job is not there."),
        "enabled": (_or_null(BOOLEAN), "Whether it runs by the clock."),
        "next": (_or_null(TEXT), "When it is due next; null: not by the clock."),
        "last": (_or_null(TEXT), "When its last pass ended; null: none has."),
        "status": (_or_null(NUMBER), "The exit status of that."),
        "why": (TEXT, "What there is to say of that, in a sentence; empty where there is nothing."),
    },
)

JOBS = JsonObject(
    "The object of `jobs list`",
    "Printed by `importer jobs list --format json`.",
    {
        "jobs": (LIST, "The jobs, in the order of the settings."),
        **{f"jobs[].{name}": said for name, said in JOB.keys.items()},
    },
)

JOB_TIMES = JsonObject(
    "The object of `jobs next`",
    "Printed by `importer jobs next --format json`.",
    {
        "jobs": (LIST, "The jobs."),
        "jobs[].job": (TEXT, "The name of the job."),
        "jobs[].times": (LIST, "When it is due next, each a time; empty: not by the clock."),
    },
)

JOB_RUN = JsonObject(
    "The object of `jobs run`",
    "Printed by `importer jobs run NAME --format json`: one look at the source, and what came of "
    "it.",
    {
        "job": (TEXT, "The name of the job."),
        "pass": (_or_null(NUMBER), "The number of the pass; null where there was none."),
        "target": (_or_null(TEXT), "The name of the target."),
        "state": (_or_null(TEXT), "`ended`; in `jobs show` also `waiting` and `running`."),
        "why": (TEXT, "What there is to say of it, in a sentence; empty where there is nothing."),
        "counts": (OBJECT, "How many rows of its runs have each outcome, as far as any has it."),
        "counts.OUTCOME": (NUMBER, "How many."),
        "held": (NUMBER, "How many rows wait for somebody's approval."),
        "unchanged": (NUMBER, "How many files were left alone: their content was taken before."),
        "runs": (LIST, "The names of its runs; empty where nothing was new."),
        "reports": (LIST, "The paths or addresses of the reports."),
    },
)

JOB_PASSES = JsonObject(
    "The object of `jobs show`",
    "Printed by `importer jobs show NAME --format json`.",
    {
        **JOB.keys,
        "passes": (LIST, "Its passes, the newest first."),
        **{f"passes[].{name}": said for name, said in JOB_RUN.keys.items()},
        "passes[].due": (TEXT, "When it was due."),
        "passes[].started": (_or_null(TEXT), "When it began."),
        "passes[].ended": (_or_null(TEXT), "When it ended."),
        "passes[].seconds": (_or_null(NUMBER), "How long it took."),
        "passes[].exit_status": (_or_null(NUMBER), "Its exit status; null: it has not ended."),
        "passes[].files": (LIST, "The names of the files that its runs have read."),
        "passes[].rows": (_or_null(NUMBER), "How many rows they have; null where none was read."),
        "passes[].more_rows": (
            _or_null(NUMBER),
            "How many more than the pass before that has read any; below 0: fewer.",
        ),
    },
)

PERSON = JsonObject(
    "The object of `user add`, `user role`, `user password` and `user remove`",
    "Printed with `--format json`; all null where nothing was changed. It never holds a password.",
    {
        "person": (_or_null(TEXT), "The name that they sign in with."),
        "role": (_or_null(TEXT), "`viewer`, `importer` or `admin`."),
        "has_password": (
            _or_null(BOOLEAN),
            "Whether they sign in with a password; false: a proxy or a provider says who they are.",
        ),
        "added": (_or_null(TEXT), "When they were added: `2026-01-31T03:00:00Z`."),
    },
)

PEOPLE = JsonObject(
    "The object of `user list`",
    "Printed by `importer user list --format json`.",
    {
        "people": (LIST, "The people of the page, by name."),
        **{f"people[].{name}": (TEXT, meaning) for name, (_, meaning) in PERSON.keys.items()},
        "people[].has_password": (BOOLEAN, PERSON.keys["has_password"][1]),
    },
)

TOKEN = JsonObject(
    "The object of `user token add` and `user token revoke`",
    "Printed with `--format json`; all null where nothing was changed.",
    {
        "person": (_or_null(TEXT), "Whose token it is."),
        "token": (_or_null(TEXT), "Its name."),
        "secret": (
            _or_null(TEXT),
            "The token itself, where one was made: this once.",
        ),
    },
)

TOKENS = JsonObject(
    "The object of `user token list`",
    "Printed by `importer user token list --format json`. It never holds a token itself.",
    {
        "tokens": (LIST, "The tokens, by person and name."),
        "tokens[].person": (TEXT, "Whose token it is."),
        "tokens[].token": (TEXT, "Its name."),
        "tokens[].added": (TEXT, "When it was made."),
        "tokens[].used": (_or_null(TEXT), "When it was last used, to the minute; null: never."),
    },
)

OBJECTS = (
    *(COMMON, CHECK, PLAN, RUN, RUNS, DOCTOR, TEMPLATES, PROPOSAL, FINDING),
    *(JOBS, JOB, JOB_TIMES, JOB_RUN, JOB_PASSES),
    *(PERSON, PEOPLE, TOKEN, TOKENS),
)
