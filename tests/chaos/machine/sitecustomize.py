"""Processes of one machine as if they were on several: Python reads this when it begins."""

import os
import socket

if os.environ.get("CHAOS_MACHINE"):
    socket.gethostname = lambda: os.environ["CHAOS_MACHINE"]
