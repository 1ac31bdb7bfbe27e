"""Uploads with a real journal, queue and sandbox; child processes read the files."""

import io
import time
from contextlib import ExitStack

from msgspec.structs import replace
from openpyxl import Workbook

from importer.session import open_session
from importer.uploads import Uploads, UploadSettings
from importer.work import open_queue

DEADLINE = 60


class Desk:
    """Uploads of one journal, and one person who uploads."""

    def __init__(self, home, by="ada", **limits):
        self.home, self.by = home, by
        self._open = ExitStack()
        self.session = self._open.enter_context(open_session(None))
        self.settings = replace(UploadSettings.of(self.session.settings), **limits)
        self.queue = open_queue(self.settings.queue)
        self.uploads = Uploads(self.session, self.queue, self.settings)
        self.store = self.session.journal.store

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._open.close()

    def working(self):
        """Do tasks as long as the block lasts."""
        return self.queue.embedded(self.uploads.performer)

    def receive(self, *files, **chosen):
        """Upload files, each a name and its content."""
        streams = [(name, io.BytesIO(content)) for name, content in files]
        return self.uploads.receive(self.by, streams, **chosen).name

    def until(self, name, *states):
        """Wait until an upload is in one of these states, or in none that ends by itself."""
        deadline = time.monotonic() + DEADLINE
        while True:
            upload = self.uploads.get(name)
            if upload.state in states or (not states and not upload.state.busy):
                return upload
            assert time.monotonic() < deadline, upload
            assert upload.state.busy, upload
            time.sleep(0.02)

    def no_process(self):
        """Wait until no process of this desk works on anything."""
        deadline = time.monotonic() + DEADLINE
        while self.uploads.performer.running:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def checked(self, *files, **chosen):
        """Upload files and wait until they are checked."""
        return self.until(self.receive(*files, **chosen))

    def planned(self, *files, **chosen):
        """Upload files and wait until they are planned."""
        upload = self.checked(*files, **chosen)
        self.uploads.plan(upload.name, self.by)
        return self.until(upload.name)

    def imported(self, *files, **chosen):
        """Upload files and wait until they are imported."""
        upload = self.planned(*files, **chosen)
        self.uploads.start_import(upload.name, self.by)
        return self.until(upload.name)


def text(rows):
    """A CSV of rows, the first of them headings."""
    return "".join(",".join(row) + "\r\n" for row in rows).encode()


def book(sheets):
    """A workbook: sheet name -> rows, the first of them headings."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
