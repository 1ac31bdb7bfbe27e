"""A text file's first records in, its `Dialect` out.

Each delimiter is tried on the same records. The right one splits all of them into the same number
of fields; a wrong one splits the headings into one, or the rows into many different numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from importer.model import Dialect
from importer.read.encoding import NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from importer.read.encoding import Text

SAMPLE = 1 << 16
DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "pipe", ",": "comma"}
LINE_ENDINGS = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
LINE_END = re.compile(r"\r\n|\n|\r")
QUOTED = re.compile(r'"[^"]*"')
DECLARED = re.compile(r'"?sep=(.)"?[\r\n]', re.IGNORECASE)
QUOTE = '"'


def find_dialect(path: Path, text: Text) -> Dialect:
    """How the file is written."""
    with path.open("rb") as stream:
        stream.seek(text.bom)
        raw = stream.read(SAMPLE)
        whole = not stream.read(1)
    sample = raw.decode(text.encoding, errors="ignore")
    declared = DECLARED.match(sample)
    delimiter = declared[1] if declared else best_delimiter(sample, path, whole=whole)
    ending, final = line_ending(sample), ends_with_newline(path, text)
    return Dialect(text.encoding, bool(text.bom), delimiter, QUOTE, ending, final)


def best_delimiter(sample: str, path: Path, *, whole: bool) -> str:
    """The delimiter that splits the records most evenly; by the file's ending where none does."""
    scores = {delimiter: evenness(sample, delimiter, whole=whole) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best] > (0, 0, 0):
        return best
    return "\t" if path.suffix.lower() in {".tsv", ".tab"} else ","


def evenness(sample: str, delimiter: str, *, whole: bool) -> tuple[float, float, int]:
    """How well the delimiter fits, to be compared.

    The share of records with the commonest number of fields, if that is more than one; then the
    share of fields that do not begin with a blank (a comma in prose is followed by one); then the
    number of fields.
    """
    records = [record for record in sample_records(sample, delimiter, whole=whole) if record]
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return (0, 0, 0)
    width, even = widths.most_common(1)[0]
    fields = [field for record in records for field in record[1:]]
    tight = sum(not field.startswith(" ") for field in fields)
    return (even / len(records), tight / len(fields), width)


def sample_records(sample: str, delimiter: str, *, whole: bool) -> list[list[str]]:
    """The sample's records under the delimiter, without the last where it may be cut off."""
    records = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
    return records if whole or len(records) < 2 else records[:-1]


def line_ending(sample: str) -> str:
    """The line ending most records have; those inside quotes do not count."""
    found = Counter(LINE_END.findall(QUOTED.sub("", sample)))
    return found.most_common(1)[0][0] if found else "\n"


def ends_with_newline(path: Path, text: Text) -> bool:
    """Whether the file's last record has a line ending."""
    with path.open("rb") as stream:
        stream.seek(max(text.bom, path.stat().st_size - 4))
        return stream.read().decode(text.encoding, errors="ignore").endswith(("\n", "\r"))


def in_words(dialect: Dialect) -> str:
    """`UTF-8 with BOM, semicolon, CRLF`."""
    encoding = NAMES.get(dialect.encoding, dialect.encoding)
    mark = " with BOM" if dialect.bom else ""
    delimiter = DELIMITERS.get(dialect.delimiter, repr(dialect.delimiter))
    return f"{encoding}{mark}, {delimiter}, {LINE_ENDINGS[dialect.line_ending]}"
