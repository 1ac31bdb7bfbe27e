"""The database's clock, which all processes that share a journal read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class Clock(FunctionElement[float]):
    """The time of the database in seconds since 1970, as part of a statement."""

    type = Float()
    inherit_cache = True


@compiles(Clock, "sqlite")
def _sqlite(_clock: Clock, _compiler: Any, **_options: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400.0 AS FLOAT)"  # 1970 as a Julian day


@compiles(Clock, "postgresql")
def _postgresql(_clock: Clock, _compiler: Any, **_options: Any) -> str:
    return "CAST(EXTRACT(epoch FROM clock_timestamp()) AS DOUBLE PRECISION)"


CLOCK = Clock()
