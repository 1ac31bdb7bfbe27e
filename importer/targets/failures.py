"""A failed request in, what is known of it out: nothing was sent, or nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from requests import RequestException


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
