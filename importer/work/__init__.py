"""The port for work in the background: tasks that are only words and names, done by workers."""

from importer.work.queue import Line, Performer, Queue, Task, open_queue

__all__ = ["Line", "Performer", "Queue", "Task", "open_queue"]
