"""`importer user`: the people of the page, their roles and their passwords."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli import flags, tokens
from importer.cli.answer import Answer, time_of
from importer.cli.columns import in_columns
from importer.cli.command import Command
from importer.cli.console import show
from importer.cli.flags import Format
from importer.visitor import By, Role

if TYPE_CHECKING:
    from importer.cli.answer import Body
    from importer.journal.people import Person

app = typer.Typer(rich_markup_mode=None)
app.add_typer(tokens.app, name="token")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name that they sign in with.")]
OfRole = Annotated[
    Role,
    typer.Option(
        "--role",
        help="What they may do: see what is shared with them, import, or everything.",
        show_default=False,
    ),
]
NewRole = Annotated[Role, typer.Argument(metavar="ROLE", help="viewer, importer or admin.")]
NoPassword = Annotated[
    bool,
    typer.Option("--no-password", help="A proxy or a provider says who they are; ask for none."),
]


@app.command(cls=Command)
def add(
    name: Name,
    role: OfRole,
    no_password: NoPassword = False,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """Add a person; the password is asked for, or read from stdin."""
    from importer.cli.password import new_password
    from importer.people import accounts, links
    from importer.session import open_session

    with open_session(config) as session:
        store, by = session.journal.store, links.system_account(By.TERMINAL)
        accounts.demand_new(store, name)
        password = None if no_password else new_password(name)
        return _shown(accounts.add(store, by, name, role, password), "may use the page", format)


@app.command("list", cls=Command)
def list_all(
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """List the people of the page."""
    from importer.people import accounts
    from importer.session import open_session

    with open_session(config) as session:
        found = accounts.all_people(session.journal.store)
    if format is Format.TEXT:
        show(_lines(found))
    return Answer(0, lambda: {"people": [_as_json(one) for one in found]})


@app.command("role", cls=Command)
def change_role(
    name: Name,
    role: NewRole,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """Give a person another role; they sign in again."""
    from importer.people import accounts, links
    from importer.session import open_session

    with open_session(config) as session:
        by = links.system_account(By.TERMINAL)
        changed = accounts.change_role(session.journal.store, by, name, role)
    return _shown(changed, "has another role", format)


@app.command("password", cls=Command)
def change_password(
    name: Name,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """Give a person another password; they sign in again."""
    from importer.cli.password import new_password
    from importer.people import accounts, links
    from importer.session import open_session

    with open_session(config) as session:
        store, by = session.journal.store, links.system_account(By.TERMINAL)
        accounts.demand_known(store, name)
        changed = accounts.change_password(store, by, name, new_password(name))
    return _shown(changed, "has another password", format)


@app.command(cls=Command)
def remove(
    name: Name,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """Remove a person, with their tokens; their runs stay."""
    from importer.people import accounts, links
    from importer.session import open_session
    from importer.uploads.kept_mappings import remove_all_kept

    with open_session(config) as session:
        by = links.system_account(By.TERMINAL)
        gone = accounts.remove(session.journal.store, by, name)
        remove_all_kept(session.settings.uploads_folder, gone.name)
    return _shown(gone, "may not use the page any more", format)


def _shown(person: Person, became: str, format: Format) -> Answer:  # noqa: A002
    if format is Format.TEXT:
        show([f"{person.name} ({person.role}) {became}."])
    return Answer(0, lambda: _as_json(person))


def _lines(found: Sequence[Person]) -> Iterator[str]:
    yield from in_columns([(one.name, one.role, _signs_in(one)) for one in found])
    if not found:
        yield "There are no people yet. `importer user add NAME --role ROLE` adds one."


def _signs_in(person: Person) -> str:
    return "with a password" if person.password else "by a proxy or a provider"


def _as_json(person: Person) -> Body:
    return {
        "person": person.name,
        "role": person.role,
        "has_password": person.password is not None,
        "added": time_of(person.added),
    }
