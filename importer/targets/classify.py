"""Judge what a failed request, or an answer that grants nothing, says of the batch it carried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.targets.protocol import InDoubt, Refused

if TYPE_CHECKING:
    from requests import RequestException

TOO_LARGE = frozenset({406, 413, 414})
"""406 is Atlan's own for a save its store finds too large; 414 a deletion that names too many."""

DOUBTFUL = frozenset({408, 502, 503, 504})


def refused_or_in_doubt(
    status: int, words: str | None, *, culprit: int | None = None
) -> Refused | InDoubt:
    """Judge an answer that is no 2xx to a batch.

    `words` are the system's own about it, None where something else answered: a proxy's page says
    nothing about what became of the request behind it.
    """
    if status in TOO_LARGE:
        said = words or "The batch is too large for the target"
        return Refused(said, status, culprit, smaller=True)
    if words is None or status in DOUBTFUL:
        return InDoubt(f"the target answered HTTP {status}{_added(words)}")
    return Refused(words, status, culprit)


def _added(words: str | None) -> str:
    return f": {words}" if words else " with a page that is not its own"


def never_connected(error: RequestException) -> bool:
    """Whether it is certain that the request did not leave."""
    from requests import exceptions as failures
    from urllib3 import exceptions as reasons

    if isinstance(error, failures.ConnectTimeout | failures.ProxyError | failures.InvalidURL):
        return True
    return any(
        isinstance(cause, reasons.NewConnectionError | reasons.ConnectTimeoutError)
        or type(cause).__name__ == "SSLCertVerificationError"
        for cause in _chain(error)
    )


def timed_out(error: RequestException) -> bool:
    """Whether the target was still silent when we stopped waiting."""
    from requests import exceptions as failures
    from urllib3 import exceptions as reasons

    late = (failures.ReadTimeout, reasons.ReadTimeoutError, TimeoutError)
    return any(isinstance(cause, late) for cause in _chain(error))


def _chain(error: BaseException | None) -> list[BaseException]:
    """The exception and all that it was made of."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting:
        cause = waiting.pop(0)
        if isinstance(cause, BaseException) and cause not in found:
            found.append(cause)
            waiting += [cause.__cause__, getattr(cause, "reason", None), *cause.args]
    return found


def cause(error: RequestException) -> str:
    """The innermost words, without the addresses of Python objects."""
    texts = [str(cause) for cause in _chain(error) if isinstance(cause, OSError | ValueError)]
    plain = [text for text in texts if text and "object at 0x" not in text]
    return plain[-1] if plain else type(error).__name__
