"""A running sandbox and an empty journal in, a bench that runs whole imports out."""

from tests.pipeline.bench import bench, box

__all__ = ["bench", "box"]
