"""Targets: the systems that take changes, one module each."""

from __future__ import annotations
