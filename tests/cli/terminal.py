"""The command line on a pseudo-terminal."""

import os
import pty
import signal

from tests.cli.process import environment
from tests.forked import Forked


class Terminal:
    """A process on a pseudo-terminal."""

    def __init__(self, *args, **more):
        self._ours, theirs = pty.openpty()
        variables = environment(**{"COLUMNS": "100", "TERM": "xterm-256color", **more})
        streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
        self._process = Forked("importer", *args, env=variables, **streams)
        os.close(theirs)
        self.text = ""

    def until(self, words):
        """Read until these words or the end."""
        while words not in self.text:
            try:
                piece = os.read(self._ours, 4096)
            except OSError:
                break
            if not piece:
                break
            self.text += piece.decode()
        return self.text

    def type(self, keys):
        os.write(self._ours, keys.encode())

    def close(self):
        """Close the terminal; its process is told by SIGHUP."""
        os.close(self._ours)
        self._ours = None
        self._process.send_signal(signal.SIGHUP)

    def end(self):
        """Read everything and return the exit status."""
        if self._ours is not None:
            self.until("\0")
            os.close(self._ours)
        return self._process.wait()
