"""`importer serve`: serve the page until it is interrupted, or print a link to the running one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli import flags
from importer.cli.console import say, show
from importer.errors import UsageError

if TYPE_CHECKING:
    from importer.settings import Settings
    from importer.web.exposure import Exposure
    from importer.web.server import Certificate
    from importer.web.site import Serving

PORT = 8650
HERE = "127.0.0.1"


def serve(
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 picks a free one.")
    ] = PORT,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Where to listen, so that others can open the page."),
    ] = HERE,
    certificate: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The certificate for TLS (PEM).", show_default=False),
    ] = None,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Its key (PEM).", show_default=False)
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, max=64, metavar="N", help="How many processes serve the page.")
    ] = 1,
    link: Annotated[
        bool, typer.Option("--link", help="Print a new one-time link to the page that runs.")
    ] = False,
    log_format: flags.LogAs = flags.LogFormat.TEXT,
    config: flags.Config = None,
) -> int:
    """Serve the page on which spreadsheets are uploaded, fixed and imported, until Ctrl-C."""
    from importer.settings_files import load

    settings = load(config).settings
    if link:
        return _show_link(settings)
    from importer.web.server import Factory, listening
    from importer.web.server import serve as serve_page

    files = _files(certificate, key)
    exposure = _exposure(settings, host, encrypted=files is not None)
    exposure.refuse()
    _demand_provider(settings)
    with listening(host, port) as listens:
        serving = exposure.serving(listens.getsockname()[1])
        with _announced(settings, serving):
            as_json = log_format is flags.LogFormat.JSON
            serve_page(Factory(config, serving, as_json), listens, files, workers)
    return 0


def _files(certificate: Path | None, key: Path | None) -> Certificate | None:
    """Return certificate and key. Raises UsageError where one is missing or cannot be used."""
    from importer.web.server import Certificate

    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise UsageError("--certificate and --key go together: name the files of both.")
    files = Certificate(certificate, key)
    files.check()
    return files


def _exposure(settings: Settings, host: str, *, encrypted: bool) -> Exposure:
    """Return who can open the page. Raises UsageError."""
    from importer.people import accounts
    from importer.session import open_journal
    from importer.web.exposure import Exposure

    with closing(open_journal(settings.journal)) as journal:
        anybody = bool(accounts.all_people(journal.store))
    return Exposure(host, encrypted, settings.web, anybody)


def _demand_provider(settings: Settings) -> None:
    """Raise UsageError where people could not sign in at a provider that is set."""
    if settings.web.oidc:
        from importer.web.oidc.signing_in import demand_ready

        demand_ready(settings.web.oidc)


@contextmanager
def _announced(settings: Settings, serving: Serving) -> Iterator[None]:
    """Print where the page is, as long as it is served; Ctrl-C is its usual end."""
    from importer.web.running import announced

    show([_link(settings, serving.url, seconds=None) if serving.local else serving.url])
    if serving.local:
        say("This address opens the page, once. `importer serve --link` prints another.")
    say("Ctrl-C ends it.")
    with announced(settings, serving.url, local=serving.local):
        try:
            yield
        except KeyboardInterrupt:
            say("")


def _show_link(settings: Settings) -> int:
    """Print a link to the page that runs. Raises UsageError where none does."""
    from importer.people.links import TEN_MINUTES
    from importer.web.running import Running

    running = Running.found(settings)
    if running is None:
        raise UsageError(
            "No page is being served with this journal. `importer serve` serves one, and prints "
            "its address."
        )
    if not running.local:
        raise UsageError(
            f"{running.url} can be opened by others, so everybody signs in there by name. "
            "`importer user add NAME --role ROLE` adds somebody."
        )
    show([_link(settings, running.url, seconds=TEN_MINUTES)])
    return 0


def _link(settings: Settings, url: str, *, seconds: float | None) -> str:
    """Return an address that signs the account of the system in, once."""
    from importer.people import links
    from importer.session import open_journal

    with closing(open_journal(settings.journal)) as journal:
        return f"{url}/link/{links.make(journal.store, seconds)}"
