"""Why a command ended as it did, as every JSON object says it."""

from __future__ import annotations

from typing import Self

from msgspec import Struct

from importer.errors import ImporterError, ReasonCode


class Reason(Struct, frozen=True):
    """Why a command ended as it did: a code for programs, a sentence for people."""

    code: ReasonCode
    message: str

    @classmethod
    def of(cls, error: ImporterError) -> Self:
        """Return what an exception says."""
        return cls(error.code, str(error))

    def as_json(self) -> dict[str, str]:
        """Return it as every JSON object has it."""
        return {"code": self.code.value, "message": self.message}


def missing_report(why: str) -> Reason | None:
    """Return what kept a report out of its file, None where nothing did."""
    return Reason(ReasonCode.REPORT_NOT_WRITTEN, why) if why else None


def many(number: int, noun: str) -> str:
    """Return `1 row`, `1,200 rows`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
