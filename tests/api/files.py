"""Files that tests of the Python interface read, and what they compare with."""

COLUMNS = [
    "file", "sheet", "row", "index", "column", "cell", "value", "code", "severity", "message",
    "suggestion", "more_rows",
]  # fmt: skip


def write_csv(folder, frame, name="Terms.csv"):
    """Write a list as a text file; return its path."""
    path = folder / name
    frame.to_csv(path, index=False)
    return path
