"""The generated tables of README.md and the pages beside it.

`python -m tests.house.reference` writes them between the markers of PAGES; a test compares.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer
from pydantic import BaseModel

from importer.cli.app import app
from importer.errors import ReasonCode
from importer.finding_codes import FindingCode
from importer.job_expect import ExpectSettings
from importer.job_options import JobOptions
from importer.job_settings import JobSettings
from importer.oidc_settings import OidcSettings
from importer.sandbox.faults import FAULTS
from importer.template import Column, Template, find_all
from importer.template.vocabulary import vocabulary
from importer.web_settings import WebSettings
from tests.house import python_interface
from tests.house.json_objects import OBJECTS

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = (
    README,
    ROOT / "templates" / "README.md",
    ROOT / "data" / "reference.md",
    ROOT / "tests" / "README.md",
)

SECTION = re.compile(r"(<!-- begin: (\w+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)
CODE = re.compile(r"(`[^`]*`)")
HELP = "--help"


def refreshed(text: str) -> str:
    """Return a page with all its generated sections as the code has them now."""
    return SECTION.sub(lambda m: f"{m[1]}{SECTIONS[m[2]]()}\n{m[3]}", text)


MANY = 4
"""A group of more commands is one row of the table of commands."""


def commands() -> str:
    """Return a table of all commands, each with the names of its options."""
    groups = typer.main.get_command(app).commands.items()
    rows = [row for name, command in groups for row in _rows(name, command)]
    return _table(["command", "what it does", "options"], rows)


def _rows(name: str, command: Any) -> Iterator[list[str]]:
    inner = dict(every_command(command, f"{name} ")) if hasattr(command, "commands") else {}
    if len(inner) > MANY:
        listed = ", ".join(f"`{one.removeprefix(f'{name} ')}`" for one in inner)
        about = f"{_sentences(command).removesuffix('.')}: {listed}."
        options = [_names_of_options(one).split(", ") for one in inner.values()]
        names = dict.fromkeys(name for some in options for name in some)
        yield [f"`importer {name} COMMAND`", about, ", ".join(names)]
        return
    for words, one in inner.items() or [(name, command)]:
        yield [f"`{_usage(words, one)}`", _sentences(one), _names_of_options(one)]


def options() -> str:
    """Return one section for each command: what it does, and a table of its options."""
    sections = [_section(name, command) for name, command in every_command()]
    return "\n\n".join(sections)


def every_command(group: Any = None, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield name and command of the command line, `template new` for one of a group."""
    for name, command in (group or typer.main.get_command(app)).commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def _section(name: str, command: Any) -> str:
    rows = [[_option(one), one.help, _default(one)] for one in _options(command)]
    table = _table(["option", "what it does", "default"], rows)
    return f"### importer {name}\n\n`{_usage(name, command)}`: {_sentences(command)}\n\n{table}"


def _sentences(command: Any) -> str:
    return " ".join(command.help.split())


def _options(command: Any) -> list[Any]:
    shown = (one for one in command.params if one.param_type_name == "option")
    return [one for one in shown if HELP not in one.opts]


def _names_of_options(command: Any) -> str:
    return ", ".join(f"`{max(one.opts, key=len)}`" for one in _options(command))


def _usage(name: str, command: Any) -> str:
    arguments = (one for one in command.params if one.param_type_name == "argument")
    words = ((one, one.metavar + ("..." if one.nargs < 0 else "")) for one in arguments)
    return " ".join(
        ["importer", name, *(word if one.required else f"[{word}]" for one, word in words)]
    )


def _option(one: Any) -> str:
    value = "" if one.is_flag else f" {one.metavar or '|'.join(one.type.choices)}"
    return f"`{', '.join(sorted(one.opts, key=len))}{value}`"


def _default(one: Any) -> str:
    if one.required:
        return "required"
    return "" if one.default in (None, False) else f"`{one.default}`"


def objects() -> str:
    """Return one section for each JSON object: the commands that print it, a table of its keys."""
    return "\n\n".join(
        f"### {each.title}\n\n{each.about}\n\n"
        + _table(
            ["key", "type", "meaning"],
            [[f"`{path}`", kind, meaning] for path, (kind, meaning) in each.keys.items()],
        )
        for each in OBJECTS
    )


def findings() -> str:
    """Return a table of the codes of findings."""
    return _table(["code", "meaning"], [[f"`{code.value}`", code.meaning] for code in FindingCode])


def reasons() -> str:
    """Return a table of the codes of reasons."""
    return _table(["code", "meaning"], [[f"`{code.value}`", code.meaning] for code in ReasonCode])


def templates() -> str:
    """Return a table of all templates: what each imports, and its sheets."""
    rows = [[f"`{each.name}`", each.title, _sheets(each)] for each in find_all()]
    return _table(["template", "what it imports", "sheets"], rows)


def _sheets(template: Template) -> str:
    return ", ".join(sheet.name for sheet in template.sheets)


def headings() -> str:
    """Return a table of the headings of every sheet of every template."""
    rows = [row for one in find_all() if not one.is_form for row in _template(one)]
    return _table(["template, sheet", "headings"], rows)


def forms() -> str:
    """Return a table of the lists of other systems: what tells them, and what is asked."""
    head = ["template", "what it imports", "known by the headings", "asks"]
    return _table(head, [_form(template) for template in find_all() if template.is_form])


def _form(template: Template) -> list[str]:
    known = (f"{sheet.name}: {', '.join(sheet.known_by)}" for sheet in template.sheets)
    asks = (f"`{name}`: {ask.question}" for name, ask in template.asks.items())
    about = f"{template.title}. {template.description}"
    return [f"`{template.name}`", about, "; ".join(known), "; ".join(asks)]


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
    """Return the headings that the same three sheets or more have, required in none, by sheets."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name in dict.fromkeys(name for sheet in template.sheets for name in sheet.columns):
        having = [sheet for sheet in template.sheets if name in sheet.columns]
        if len(having) > 2 and not any(sheet.columns[name].required for sheet in having):
            found.setdefault(tuple(sheet.name for sheet in having), []).append(name)
    return {sheets: names for sheets, names in found.items() if len(names) > 3}


def _listed(columns: Iterable[Column]) -> str:
    return ", ".join(_heading(column) for column in columns)


def _heading(column: Column) -> str:
    heading = f"`{column.heading}`" if "*" in column.heading else column.heading
    return f"**{heading}**" if column.required else heading


def words() -> str:
    """Return one section for each part of mapping.toml: a table of its keys."""
    schema = vocabulary()
    parts = {name: part for name, part in schema["$defs"].items() if name != "texts"}
    parts["each"] = schema["$defs"]["entity"]["properties"]["each"]
    return "\n\n".join(
        f"### {PARTS[name]}\n\n{_table(['key', 'type', 'default', 'meaning'], list(_part(part)))}"
        for name, part in {"file": schema, **parts}.items()
    )


PARTS = {
    "file": "The file",
    "kind": "`[kinds.NAME]`: a kind",
    "sheet": "`[[sheets]]`: a sheet",
    "entity": "`[[sheets.entities]]`: what one row makes",
    "column": "`columns` and `column_sets`: a column",
    "reference": "`references` and `reference_sets`: a reference",
    "each": "`each`: one entity for every item of a list",
}
"""The headings of the parts of mapping.toml."""


def _part(part: dict[str, Any]) -> Iterator[list[str]]:
    required = part.get("required", ())
    for key, node in part["properties"].items():
        name = f"**`{key}`**" if key in required else f"`{key}`"
        default = "required" if key in required else _default_of(node)
        yield [name, _type(node), default, node["description"]]


def _default_of(node: dict[str, Any]) -> str:
    """Return the default of a key; one that depends on other keys stands in a `$comment`."""
    if "default" in node:
        return f"`{json.dumps(node['default'])}`"
    return node.get("$comment", "none")


def _type(node: dict[str, Any]) -> str:
    if "enum" in node:
        return " or ".join(f"`{json.dumps(value)}`" for value in node["enum"])
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return "list of texts" if name == "texts" else f"`{name}`"
    if node.get("type") == "array":
        return f"list of {_plural(node['items'])}"
    if isinstance(node.get("additionalProperties"), dict):
        return f"table of {_plural(node['additionalProperties'])}"
    return TYPES[node.get("type", "")]


TYPES = {
    "": "any value",
    "string": "text",
    "boolean": "`true` or `false`",
    "integer": "whole number",
    "object": "table",
}
"""The types of JSON Schema, as TOML has them."""


def _plural(node: dict[str, Any]) -> str:
    """Return `texts`, `sheets`, `lists of texts`: the plural of a type."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return {"texts": "lists of texts", "entity": "entities"}.get(name, f"{name}s")
    if node["type"] == "array":
        return f"lists of {_plural(node['items'])}"
    return "texts"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_escaped, line))} |" for line in lines)


def _escaped(cell: str) -> str:
    """Return a cell with `|` escaped, and outside of code spans what is special in Markdown."""
    parts = CODE.split(cell.replace("|", r"\|"))
    return "".join(p if CODE.fullmatch(p) else p.replace("<", "&lt;") for p in parts)


def web_settings() -> str:
    """Return a table of the settings of the page."""
    return _table(["key under `[web]`", "default", "meaning"], _settings(WebSettings))


def oidc_settings() -> str:
    """Return a table of the settings of a provider where people sign in."""
    return _table(["key under `[web.oidc]`", "default", "meaning"], _settings(OidcSettings))


def job_settings() -> str:
    """Return a table of the settings of a job."""
    return _table(["key under `[jobs.NAME]`", "default", "meaning"], _settings(JobSettings))


def job_expect() -> str:
    """Return a table of what a job expects."""
    return _table(
        ["key under `[jobs.NAME.expect]`", "default", "meaning"], _settings(ExpectSettings)
    )


def job_options() -> str:
    """Return a table of the flags that a job has."""
    return _table(["key under `[jobs.NAME.options]`", "default", "meaning"], _settings(JobOptions))


def _settings(model: type[BaseModel]) -> list[list[str]]:
    return [
        [
            f"`{name}`",
            "required" if field.is_required() else _of_setting(_default_value(field)),
            field.description or "",
        ]
        for name, field in model.model_fields.items()
    ]


def _default_value(field: Any) -> Any:
    """Return the default of a setting; the tables within have none of their own."""
    default = field.get_default(call_default_factory=True)
    return None if isinstance(default, BaseModel) else default


def _of_setting(default: Any) -> str:
    value = list(default) if isinstance(default, tuple) else default
    return f"`{json.dumps(value)}`" if value not in ("", [], {}, None) else "none"


def faults() -> str:
    """Return a table of what the sandbox can do wrong."""
    rows = []
    for name, fault in FAULTS.items():
        keys = (f"`{key} = {json.dumps(value)}`" for key, value in fault.parameters.items())
        rows.append([f"`{name}`", fault.does, ", ".join(keys)])
    return _table(["fault", "what happens", "its keys, by default"], rows)


def api() -> str:
    """Return a table of the addresses of the HTTP API: what each does, and for whom."""
    from importer.web.api import PARTS

    routes = [route for part in PARTS for route in part.ROUTER.routes]
    rows = [[_address(one), f"{one.summary}.", one.demands[0].who] for one in routes]
    return _table(["address", "what it does", "for whom"], rows)


def _address(route: Any) -> str:
    return f"`{min(route.methods)} /api{route.path}`"


def python() -> str:
    """Return the tables of the Python interface."""
    return "\n\n".join(
        (
            _table(["call", "what it does"], list(python_interface.functions())),
            _table(["class", "fields", "what they are"], list(python_interface.classes())),
            _table(["DataFrame", "what it has"], list(python_interface.frames())),
        )
    )


SECTIONS = {
    "api": api,
    "commands": commands,
    "options": options,
    "objects": objects,
    "findings": findings,
    "reasons": reasons,
    "templates": templates,
    "headings": headings,
    "forms": forms,
    "words": words,
    "faults": faults,
    "web_settings": web_settings,
    "oidc_settings": oidc_settings,
    "job_settings": job_settings,
    "job_expect": job_expect,
    "job_options": job_options,
    "python": python,
}

if __name__ == "__main__":
    for page in PAGES:
        page.write_text(refreshed(page.read_text("utf-8")), "utf-8")
