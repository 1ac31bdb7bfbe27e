"""A file in; its sheets out as rows with true places, in chunks that never fill the memory.

`open_input` looks at the file's content first and its name second, refuses what is unsafe or no
spreadsheet with a sentence a data steward can act on, and reads nothing it need not. A sheet's
`head` serves to find its headings, its `chunks` to import it. What a cell cannot say (an error, a
formula nobody calculated, a number the file has rounded) is a `CellFault` at its place.
"""

from importer.model import Dialect
from importer.read.input import Chunk, Input, InputSheet
from importer.read.opening import open_input, sha256_of

__all__ = ["Chunk", "Dialect", "Input", "InputSheet", "open_input", "sha256_of"]
