"""Import files and say what CPU time each stage took: `TEMPLATE CONFIG OUT FILE...`."""

import gc
import json
import sys
import time
from collections import Counter

from importer import api
from importer.cli.app import NEW_OBJECTS


class Stages:
    """Is told of a run's progress; adds up the CPU seconds of each stage, of all threads."""

    def __init__(self):
        self.seconds, self._stage, self._since = Counter(), "Starting", 0.0

    def __call__(self, progress):
        """Note that a stage begins."""
        if progress.stage != self._stage:
            self.end()
            self._stage = progress.stage

    def end(self):
        """Note that the last stage has ended."""
        now = time.process_time()
        self.seconds[self._stage] += now - self._since
        self._since = now


gc.set_threshold(NEW_OBJECTS)  # as a command does
template, config, out, *files = sys.argv[1:]
stages = Stages()
api.run(files, template=template, target="stub", config=config, report=False, progress=stages)
stages.end()
with open(out, "w") as file:
    json.dump(stages.seconds, file)
