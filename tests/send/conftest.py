"""A running sandbox and an empty journal in, a bench that runs whole imports out."""

from tests.pipeline.bench import bench

__all__ = ["bench"]
