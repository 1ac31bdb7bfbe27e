"""The read stage: opens spreadsheets of any format and yields their rows in small chunks.

`open_input` recognises a file by its content first and its name second. It refuses unsafe files
and files that are no spreadsheet with a sentence a data steward can act on, and reads no more than
it has to. A sheet's `head` is for finding the headings, its `chunks` are for importing. A cell
without a usable value (an error, a formula that was never calculated, a number that the file has
rounded) is a `CellFault` in its place.
"""

from importer.read.frames import Frames, Readable, is_frame
from importer.read.input import Chunk, Input, InputSheet
from importer.read.opening import open_input, sha256_of
from importer.spreadsheet import Dialect

__all__ = [
    "Chunk",
    "Dialect",
    "Frames",
    "Input",
    "InputSheet",
    "Readable",
    "is_frame",
    "open_input",
    "sha256_of",
]
