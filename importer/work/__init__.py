"""The port for work in the background: tasks that are only words and names, done by workers."""

from importer.work.child_process import ChildProcess, End
from importer.work.dispatch import Dispatch
from importer.work.queue import Line, Performer, Queue, Task, open_queue

__all__ = ["ChildProcess", "Dispatch", "End", "Line", "Performer", "Queue", "Task", "open_queue"]
