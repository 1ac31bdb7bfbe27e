"""What goes wrong between here and a web server, said to people and without its address.

Its own words would repeat the address with its query, which may let its holder in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from importer.sources.source import SourceUnreachable
from importer.sources.trouble import NO_ANSWER, answering

UNTRUSTED = (
    "its certificate is not one that this machine trusts for it; correct the address, or name the "
    "file with your own authority in REQUESTS_CA_BUNDLE"
)
NO_CONNECTION = "no connection could be made; correct the address, or try again later"
BROKEN_OFF = "its answer broke off in the middle; try again later"
CIRCLE = "it redirects again and again; correct the address"
ELSEWHERE = "it redirects to what is no address of the web; correct the address"


@contextmanager
def answering_web(address: str) -> Iterator[None]:
    """Turn what a web server, or the way there, raises into SourceUnreachable."""
    import requests.exceptions as wrong

    reasons = {
        wrong.SSLError: UNTRUSTED,
        wrong.Timeout: NO_ANSWER,
        wrong.ChunkedEncodingError: BROKEN_OFF,
        wrong.ContentDecodingError: BROKEN_OFF,
        wrong.ConnectionError: NO_CONNECTION,
        wrong.TooManyRedirects: CIRCLE,
        wrong.InvalidSchema: ELSEWHERE,
        wrong.InvalidURL: ELSEWHERE,
    }
    with answering(address):
        try:
            yield
        except tuple(reasons) as error:
            why = next(words for kind, words in reasons.items() if isinstance(error, kind))
            raise SourceUnreachable(f"{address} cannot be used: {why}.") from error
