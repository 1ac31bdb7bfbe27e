"""The port for work in the background: tasks that are only words and names, done by workers."""

from importer.work.queue import Performer, Queue, Task, open_queue

__all__ = ["Performer", "Queue", "Task", "open_queue"]
