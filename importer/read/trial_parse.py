"""Parse all sheets of a workbook within limits: MEMORY SECONDS FOLDER FILE; see trial.py.

It imports nothing of ours, so that it starts in an instant.
"""

from __future__ import annotations

import sys


def main(memory: int, seconds: int, folder: str, file: str) -> int:
    """Return the exit status: 0 where the parser was done within its limits."""
    sys.path.append(folder)
    from python_calamine import CalamineWorkbook

    limit(memory, seconds)
    sheets: list[object] = []  # all at once, as they may be kept
    try:
        with open(file, "rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
        sheets += map(book.get_sheet_by_name, book.sheet_names)
    except MemoryError:
        return 3
    return 0


def limit(memory: int, seconds: int) -> None:
    """Set the limits, where the system has such."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:5]))
