"""File systems of the stores of objects: where they are and who asks stands in the environment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from importer.sources.source import Limits

CONNECT_SECONDS = 10
NO_CACHE = {"use_listings_cache": False}


def s3(limits: Limits) -> Any:
    """Return the file system of Amazon S3, or of what speaks like it."""
    from s3fs import S3FileSystem

    waits = {"connect_timeout": CONNECT_SECONDS, "read_timeout": limits.answer_seconds}
    retries = {"retries": {"max_attempts": 3, "mode": "standard"}}
    return S3FileSystem(config_kwargs={**waits, **retries}, **NO_CACHE)


def google(limits: Limits) -> Any:
    """Return the file system of Google Cloud Storage."""
    from gcsfs.core import GCSFileSystem  # that of the package asks a second service first

    return GCSFileSystem(requests_timeout=limits.answer_seconds, **NO_CACHE)


def azure(limits: Limits) -> Any:
    """Return the file system of Azure Blob Storage and Data Lake."""
    from adlfs import AzureBlobFileSystem

    waits = {"connection_timeout": CONNECT_SECONDS, "read_timeout": int(limits.answer_seconds)}
    return AzureBlobFileSystem(**waits, **NO_CACHE)


OBJECTS: dict[str, Callable[[Limits], Any]] = {"s3": s3, "gs": google, "az": azure}
"""By the scheme of their addresses, `SCHEME://BUCKET/FOLDER/GLOB`."""
