"""Workbooks with features that openpyxl would lose or change, by name.

Each case is one of the features that stewards' workbooks are full of. `written` asks XlsxWriter
for them; `injected` adds the parts that no library writes, as Excel does; `dialects` writes the
same sheet in the manners of Excel, Google Sheets and LibreOffice.
"""

from tests.report.corpus.dialects import DIALECTS
from tests.report.corpus.injected import INJECTED
from tests.report.corpus.written import WRITTEN

CASES = {**WRITTEN, **INJECTED, **DIALECTS}
