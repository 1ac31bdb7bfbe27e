"""Where a page of a long table stands, and the addresses of its neighbours."""

from __future__ import annotations

from math import ceil
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct

SIZE = 100


class Pagination(Struct, frozen=True):
    """One page of `total` rows; `path` and `query` are those of the table."""

    path: str
    query: tuple[tuple[str, str], ...]
    page: int
    total: int
    size: int = SIZE

    @classmethod
    def of(cls, path: str, page: int, total: int, size: int = SIZE, **query: Any) -> Pagination:
        """Return where a page stands; a page that is not there becomes the nearest that is."""
        last = max(1, ceil(total / size))
        kept = tuple((name, str(value)) for name, value in query.items() if value)
        return cls(path, kept, min(max(1, page), last), total, size)

    @property
    def first(self) -> int:
        """Return the number of its first row, from 1; 0 where there are none."""
        return (self.page - 1) * self.size + 1 if self.total else 0

    @property
    def to(self) -> int:
        """Return the number of its last row."""
        return min(self.page * self.size, self.total)

    @property
    def last(self) -> int:
        """Return the number of the last page."""
        return max(1, ceil(self.total / self.size))

    @property
    def before(self) -> str:
        """Return the address of the page before, "" for the first."""
        return self._address(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        """Return the address of the next page, "" for the last."""
        return self._address(self.page + 1) if self.page < self.last else ""

    def _address(self, page: int) -> str:
        return f"{self.path}?{urlencode([*self.query, ('page', page)])}"
