"""`importer user token`: the tokens with which programs ask the page's API in a person's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli import flags
from importer.cli.answer import Answer, time_of
from importer.cli.columns import in_columns
from importer.cli.command import Command
from importer.cli.console import remark, show
from importer.cli.flags import Format
from importer.visitor import By

if TYPE_CHECKING:
    from importer.cli.answer import Body
    from importer.journal.tokens import Token

app = typer.Typer(help="Let programs ask the page in a person's name.")

Person = Annotated[str, typer.Argument(metavar="NAME", help="The person.")]
TokenName = Annotated[
    str, typer.Argument(metavar="TOKEN", help="The name of the token, such as nightly-job.")
]


@app.command(cls=Command)
def add(
    person: Person,
    token: TokenName,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """Make a token for a person and print it, this once."""
    from importer.people import links, tokens
    from importer.people.accounts import known_as
    from importer.session import open_session

    with open_session(config) as session:
        by = links.system_account(By.TERMINAL)
        made = tokens.add(session.journal.store, by, person, token)
    if format is Format.TEXT:
        show([made])
        remark("It is shown this once. A program sends it as `Authorization: Bearer TOKEN`.")
    return Answer(0, lambda: {"person": known_as(person), "token": token, "secret": made})


@app.command("list", cls=Command)
def list_all(
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """List the tokens, and when each was last used."""
    from importer.people import tokens
    from importer.session import open_session

    with open_session(config) as session:
        found = tokens.all_tokens(session.journal.store)
    if format is Format.TEXT:
        show(_lines(found))
    return Answer(0, lambda: {"tokens": [_as_json(one) for one in found]})


@app.command(cls=Command)
def revoke(
    person: Person,
    token: TokenName,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """Take a token from a person: nothing can be asked with it any more."""
    from importer.people import links, tokens
    from importer.people.accounts import known_as
    from importer.session import open_session

    with open_session(config) as session:
        by = links.system_account(By.TERMINAL)
        tokens.revoke(session.journal.store, by, person, token)
    known = known_as(person)
    if format is Format.TEXT:
        show([f"{token} is no token of {known} any more."])
    return Answer(0, lambda: {"person": known, "token": token, "secret": None})


def _lines(found: Sequence[Token]) -> Iterator[str]:
    yield from in_columns([(one.person, one.name, _used(one)) for one in found])
    if not found:
        yield "There are no tokens yet. `importer user token add NAME TOKEN` makes one."


def _used(token: Token) -> str:
    return "never used" if token.used is None else f"last used {time_of(token.used)}"


def _as_json(token: Token) -> Body:
    return {
        "person": token.person,
        "token": token.name,
        "added": time_of(token.added),
        "used": None if token.used is None else time_of(token.used),
    }
