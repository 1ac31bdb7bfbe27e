"""The command line, the templates and the vocabulary in, the README's reference sections out.

`python -m tests.house.reference` writes them between the markers of PAGES; a test compares.
"""

import inspect
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from importer.cli.app import app
from importer.sandbox.faults import FAULTS
from importer.template import Column, Template, find_all
from importer.template.source import vocabulary

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = (README, ROOT / "templates" / "README.md")

SECTION = re.compile(r"(<!-- begin: (\w+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)


def refreshed(text: str) -> str:
    """A page with all its generated sections as they should be."""
    return SECTION.sub(lambda m: f"{m[1]}{SECTIONS[m[2]]()}\n{m[3]}", text)


def commands() -> str:
    """A table of all commands, and one of all their options."""
    found = dict(_commands(app, ""))
    told = [
        [f"`{_usage(name, run)}`", " ".join(run.__doc__.split())] for name, run in found.items()
    ]
    options: dict[tuple[str, str], list[str]] = {}
    for name, run in found.items():
        for option in _options(run):
            options.setdefault(option, []).append(name)
    rows = [[*option, ", ".join(names)] for option, names in options.items()]
    tables = (["command", "what it does"], told), (["option", "what it says", "of"], rows)
    return "\n\n".join(_table(head, lines) for head, lines in tables)


def _commands(group: typer.Typer, above: str) -> Iterator[tuple[str, Any]]:
    for one in group.registered_commands:
        yield above + (one.name or one.callback.__name__), one.callback
    for one in group.registered_groups:
        yield from _commands(one.typer_instance, f"{above}{one.name} ")


def _parameters(run: Any) -> Iterator[tuple[str, Any, Any, Any]]:
    """Name, type, default and what typer was told, of each parameter of a command."""
    hints = get_type_hints(run, include_extras=True)
    for name, one in inspect.signature(run).parameters.items():
        kind, told = get_args(hints[name])
        yield name, kind, one.default, told


def _usage(name: str, run: Any) -> str:
    words = ["importer", name]
    for _, kind, default, told in _parameters(run):
        if isinstance(told, ArgumentInfo):
            word = told.metavar + ("..." if get_origin(kind) is list else "")
            words.append(word if default is inspect.Parameter.empty else f"[{word}]")
    return " ".join(words)


def _options(run: Any) -> Iterator[tuple[str, str]]:
    for name, kind, default, told in _parameters(run):
        if isinstance(told, OptionInfo):
            first = told.default if isinstance(told.default, str) else f"--{name.replace('_', '-')}"
            flags = ", ".join([first, *told.param_decls])
            value = f" {told.metavar or '|'.join(kind)}" if kind is not bool else ""
            said = f" Default: `{default}`." if default not in (None, False) else ""
            yield f"`{flags}{value}`", f"{told.help}{said}"


def templates() -> str:
    """The headings of every sheet of every template."""
    rows = [row for template in find_all() for row in _template(template)]
    return _table(["template, sheet", "headings"], rows)


def _template(template: Template) -> Iterator[list[str]]:
    groups = _groups(template)
    grouped = {name for names in groups.values() for name in names}
    columns: dict[str, Column] = {}
    for sheet in template.sheets:
        columns |= sheet.columns
        own = (one for name, one in sheet.columns.items() if name not in grouped)
        yield [f"`{template.name}`, {sheet.name}", _listed(own)]
    for sheets, names in groups.items():
        each = f"each of {', '.join(sheets)}"
        yield [f"`{template.name}`, {each}", _listed(columns[name] for name in names)]


def _groups(template: Template) -> dict[tuple[str, ...], list[str]]:
    """The headings that the same three sheets or more have, required in none; by these sheets."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name in dict.fromkeys(name for sheet in template.sheets for name in sheet.columns):
        having = [sheet for sheet in template.sheets if name in sheet.columns]
        if len(having) > 2 and not any(sheet.columns[name].required for sheet in having):
            found.setdefault(tuple(sheet.name for sheet in having), []).append(name)
    return {sheets: names for sheets, names in found.items() if len(names) > 3}


def _listed(columns: Iterable[Column]) -> str:
    return ", ".join(_heading(column) for column in columns)


def _heading(column: Column) -> str:
    return f"**{column.heading}**" if column.required else column.heading.replace("*", r"\*")


def words() -> str:
    """The keys of each part of mapping.toml, and what they mean."""
    schema = vocabulary()
    parts = {name: part for name, part in schema["$defs"].items() if name != "texts"}
    parts["each"] = schema["$defs"]["entity"]["properties"]["each"]
    rows = [row for name, part in {"file": schema, **parts}.items() for row in _part(name, part)]
    return _table(["in", "key", "meaning"], rows)


def _part(name: str, part: dict[str, Any]) -> Iterator[list[str]]:
    required = part.get("required", ())
    for key, node in part["properties"].items():
        yield [name, f"**`{key}`**" if key in required else f"`{key}`", _meaning(node)]


def _meaning(node: dict[str, Any]) -> str:
    allowed = [json.dumps(value) for value in node.get("enum", ())]
    return " ".join(
        [node["description"], *([f"One of `{', '.join(allowed)}`."] if allowed else [])]
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    escaped = ([cell.replace("|", r"\|").replace("<", r"\<") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in escaped)


def faults() -> str:
    """A table of what the sandbox can do wrong."""
    rows = []
    for name, fault in FAULTS.items():
        keys = (f"`{key} = {json.dumps(value)}`" for key, value in fault.parameters.items())
        rows.append([f"`{name}`", fault.does, ", ".join(keys)])
    return _table(["fault", "what happens", "its keys, by default"], rows)


SECTIONS = {"commands": commands, "templates": templates, "words": words, "faults": faults}

if __name__ == "__main__":
    for page in PAGES:
        page.write_text(refreshed(page.read_text("utf-8")), "utf-8")
