"""Classifies failed requests and refusing responses: rejected, too large, in doubt, or never sent.

Which statuses leave a batch in doubt is our judgement: a batch is one transaction on both systems
(Atlan: atlas-metastore AtlasEntityStoreV2; Trebellar: OpenAPI, POST /api/v2/assets/bulk), so the
system's own error means that nothing was saved, while a gateway's says nothing about the batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.targets.protocol import InDoubt, Refused

if TYPE_CHECKING:
    from requests import RequestException

TOO_LARGE = frozenset({406, 413, 414})
"""406 is Atlan's for a save too large for its graph store (atlas-metastore, ATLAS-406-00-001);
414 comes for a deletion whose URL holds too many guids.
"""

DOUBTFUL = frozenset({408, 502, 503, 504})
"""What a gateway answers that has lost the request it passed on."""


def refused_or_in_doubt(
    status: int, message: str | None, *, culprit: int | None = None
) -> Refused | InDoubt:
    """Classify a response to a batch whose status is not 2xx.

    `message` is the system's own, None where something else answered: a proxy's page does not say
    what became of the request behind it. `culprit` is the seq of the change the message names.
    """
    if status in TOO_LARGE:
        words = message or "The batch is too large for the target"
        return Refused(words, status, culprit, smaller=True)
    if message is None or status in DOUBTFUL:
        detail = f": {message}" if message else " with a page that is not its own"
        return InDoubt(f"the target answered HTTP {status}{detail}")
    return Refused(message, status, culprit)


def never_connected(error: RequestException) -> bool:
    """Return whether it is certain that the request was never sent."""
    from requests import exceptions as failures
    from urllib3 import exceptions as reasons

    if isinstance(error, failures.ConnectTimeout | failures.ProxyError | failures.InvalidURL):
        return True
    return any(
        isinstance(cause, reasons.NewConnectionError | reasons.ConnectTimeoutError)
        or type(cause).__name__ == "SSLCertVerificationError"
        for cause in _causes(error)
    )


def timed_out(error: RequestException) -> bool:
    """Return whether the target was still silent when we stopped waiting."""
    from requests import exceptions as failures
    from urllib3 import exceptions as reasons

    late = (failures.ReadTimeout, reasons.ReadTimeoutError, TimeoutError)
    return any(isinstance(cause, late) for cause in _causes(error))


def root_message(error: RequestException) -> str:
    """Return the innermost message that holds no address of a Python object."""
    texts = [str(cause) for cause in _causes(error) if isinstance(cause, OSError | ValueError)]
    plain = [text for text in texts if text and "object at 0x" not in text]
    return plain[-1] if plain else type(error).__name__


def _causes(error: BaseException | None) -> list[BaseException]:
    """Return the exception and all that it wraps, outermost first.

    requests and urllib3 wrap by `__cause__`, by `reason` and as arguments.
    """
    found: list[BaseException] = []
    waiting = [error]
    while waiting:
        cause = waiting.pop(0)
        if isinstance(cause, BaseException) and cause not in found:
            found.append(cause)
            waiting += [cause.__cause__, getattr(cause, "reason", None), *cause.args]
    return found
