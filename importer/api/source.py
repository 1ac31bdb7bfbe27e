"""What a caller gives to be read: paths, open files and DataFrames, opened for one call."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias, Union

from importer.errors import UsageError
from importer.pipeline.file_names import is_text, unusable
from importer.read.frames import FRAME, Frames, Readable

if TYPE_CHECKING:
    import pandas as pd

OneSource: TypeAlias = Union[
    str, "os.PathLike[str]", IO[bytes], IO[str], "pd.DataFrame", "Mapping[str, pd.DataFrame]"
]
"""A path, an open file, a DataFrame, or DataFrames by the names of their sheets."""

Source: TypeAlias = OneSource | Sequence[OneSource]
"""What is read: one of them, or several as one workbook."""

PIECE = 1 << 20
MOST = (512 << 20) + 1
"""So much of an open file is copied: one byte more than is ever read."""

_ENDINGS = {b"PK\x03\x04": ".xlsx", b"\xd0\xcf\x11\xe0": ".xls"}
"""The first bytes of a workbook -> what a file without a name is taken to end with."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is read in one call; the copies of open files are gone after it."""

    readable: tuple[Readable, ...]
    copied: bool = False

    @property
    def paths(self) -> list[Path]:
        """The files among it, copies too."""
        return [one for one in self.readable if isinstance(one, Path)]

    @property
    def frames(self) -> dict[str, Mapping[str, pd.DataFrame]]:
        """The DataFrames by the names of their workbook and sheet."""
        return {one.name: one.sheets for one in self.readable if isinstance(one, Frames)}

    @property
    def only_frames(self) -> bool:
        """Whether nothing of it is a file."""
        return not self.paths


@contextmanager
def opened(source: Source) -> Iterator[Given]:
    """Open what a caller gave. Raises UsageError where that is nothing to read."""
    some = list(source) if isinstance(source, list | tuple) else [source]
    if not some:
        raise UsageError("There is nothing to read: give a path, an open file or a DataFrame.")
    if sum(_is_frame(one) or isinstance(one, Mapping) for one in some) > 1:
        raise UsageError("Give several DataFrames by the names of their sheets, as one dict.")
    with tempfile.TemporaryDirectory(prefix="importer-", ignore_cleanup_errors=True) as folder:
        found = tuple(_readable(one, Path(folder)) for one in some)
        _refuse_alike(found, Path(folder))
        yield Given(found, copied=any(hasattr(one, "read") for one in some))


def _refuse_alike(found: Sequence[Readable], folder: Path) -> None:
    """Refuse an open file that is called like another: rows are told apart by these names."""
    names = Counter(one.name for one in found)
    for one in found:
        if isinstance(one, Path) and folder in one.parents and names[one.name] > 1:
            raise UsageError(
                f"{names[one.name]} files are called {one.name}: rename one, or import one after "
                "the other."
            )


def _readable(one: Any, folder: Path) -> Readable:
    if _is_frame(one):
        return Frames({FRAME: _snapshot(one)})
    if isinstance(one, Mapping):
        return _by_sheet(one)
    if isinstance(one, str | os.PathLike):
        return _usable(Path(one))
    if callable(getattr(one, "read", None)):
        return _copied(one, folder)
    raise UsageError(f"What is given is {_shown(one)}: give a path, an open file or a DataFrame.")


def _usable(path: Path) -> Path:
    if why := unusable(path):
        raise UsageError(why)
    return path


def _is_frame(one: Any) -> bool:
    """Return whether something is a DataFrame; pandas is imported already where it is."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(one, pandas.DataFrame)


def _snapshot(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame that stays as it is when the caller's gets other rows; it shares the cells."""
    return frame.copy(deep=False)


def _by_sheet(sheets: Mapping[Any, Any]) -> Frames:
    if not sheets:
        raise UsageError("There is no DataFrame in the mapping.")
    for name, frame in sheets.items():
        if not isinstance(name, str) or not name.strip() or not is_text(name):
            raise UsageError(f"{name!r} is no name of a sheet: name each DataFrame by a text.")
        if not _is_frame(frame):
            raise UsageError(f"The sheet {name} is {_shown(frame)}, not a DataFrame.")
    return Frames({name: _snapshot(frame) for name, frame in sheets.items()})


def _shown(one: Any) -> str:
    kind = type(one)
    if hasattr(one, "to_pandas"):
        return f"of {kind.__module__.partition('.')[0]} (its `to_pandas()` makes a DataFrame)"
    return f"of the type {kind.__name__}"


def _copied(stream: IO[Any], folder: Path) -> Path:
    """Copy an open file from where it stands into a folder; return its path there."""
    try:
        first = stream.read(PIECE)
        name = _name_of(stream)
        path = Path(tempfile.mkdtemp(dir=folder)) / name if name else _unnamed(folder, first)
        with path.open("wb") as copy:
            copy.write(b"" if isinstance(first, bytes) else "\ufeff".encode())
            _copy(first, stream, copy)
    except (OSError, ValueError) as error:
        why = str(error).rstrip(".")
        raise UsageError(
            f'The open file cannot be read ({why}): give one that is open with "rb".'
        ) from None
    return path


def _copy(piece: Any, stream: IO[Any], copy: IO[bytes]) -> None:
    while piece and copy.tell() < MOST:
        if not isinstance(piece, str | bytes):
            raise UsageError(f"The open file gives what is {_shown(piece)}, not text or bytes.")
        copy.write(piece if isinstance(piece, bytes) else piece.encode())
        piece = stream.read(PIECE)


def _name_of(stream: IO[Any]) -> str:
    """Return what an open file is called; nothing for one in memory."""
    name = getattr(stream, "name", "")
    return Path(name).name if isinstance(name, str) and not unusable(Path(name)) else ""


def _unnamed(folder: Path, first: Any) -> Path:
    """Return a path for what has no name: a `file` that ends as its content, then `file2`."""
    start = first[:4] if isinstance(first, bytes) else b""
    ending = _ENDINGS.get(start, ".csv")
    paths = (folder / f"file{n if n > 1 else ''}{ending}" for n in count(1))
    return next(path for path in paths if not path.exists())
