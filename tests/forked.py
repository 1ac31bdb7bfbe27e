"""Processes of `python -m` forked from a server that has imported the libraries already.

Each is a process of its own, with its own streams, settings, signals and end. Only its first second
is spared, in which Python reads the libraries; tests/cli/test_process.py is about whole processes.
"""

import contextlib
import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import forkserver
from multiprocessing.connection import Connection

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.forked_once"])


class Forked:
    """A process like `subprocess.Popen([python, "-m", module, *words])`, with text in its pipes.

    A stream is a file descriptor, None for the null device, or subprocess.PIPE.
    """

    def __init__(
        self, module, *words, env=None, stdin=None, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ):
        with contextlib.ExitStack() as theirs:
            streams = [
                Ends(number, one, theirs) for number, one in enumerate((stdin, stdout, stderr))
            ]
            self.stdin, self.stdout, self.stderr = (one.ours for one in streams)
            entered = module, list(map(str, words)), dict(os.environ if env is None else env)
            self._process = FORKING.Process(
                target=_run,
                args=(*entered, os.getcwd(), [one.theirs for one in streams]),
                daemon=True,
            )
            self._process.start()
        self.pid = self._process.pid
        self.kill, self.terminate = self._process.kill, self._process.terminate

    @property
    def returncode(self):
        """Its exit status, -9 if it was killed; None as long as it runs."""
        return self._process.exitcode

    def send_signal(self, sent):
        os.kill(self.pid, sent)

    def wait(self, timeout=None):
        """Wait for its end; return its exit status. Raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout)
        return self.returncode

    def communicate(self, text=""):
        """Wait for its end; return all that it prints to its pipes."""
        if self.stdin:
            self.stdin.write(text)
            self.stdin.close()
        with ThreadPoolExecutor() as readers:
            printed = list(readers.map(lambda one: one and one.read(), (self.stdout, self.stderr)))
        self.wait()
        return printed

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for one in (self.stdin, self.stdout, self.stderr):
            if one:
                one.close()
        self.wait()


class Ends:
    """The two ends of a stream: our text file, if it is a pipe, and that of the process."""

    def __init__(self, number, wanted, closing):
        self.ours = None
        if wanted == subprocess.PIPE:
            reading, writing = os.pipe()
            given, kept = (reading, writing) if number == 0 else (writing, reading)
            self.ours = os.fdopen(kept, "w" if number == 0 else "r")
        elif wanted is None:
            given = os.open(os.devnull, os.O_RDWR)
        else:
            given = os.dup(wanted)
        self.theirs = closing.enter_context(Connection(given))


def _run(module, words, environment, folder, streams):
    """Run a module as `python -m` does, in the new process: as a main one, which may begin more.

    Those are forked from the server that this one comes from, which would load all of it anew.
    """
    multiprocessing.current_process()._config["daemon"] = False
    multiprocessing.process._parent_process = None
    forkserver._forkserver.ensure_running = forkserver.ensure_running = lambda: None
    for number, stream in enumerate(streams):
        os.dup2(stream.fileno(), number)
        stream.close()
    sys.stdin, sys.stdout = os.fdopen(0, closefd=False), os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace", closefd=False)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
