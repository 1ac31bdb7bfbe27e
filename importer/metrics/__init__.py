"""Metrics for Prometheus, from what the journal says: the same whichever process is asked."""

from importer.metrics.exposition import CONTENT_TYPE
from importer.metrics.page import metrics_page

__all__ = ["CONTENT_TYPE", "metrics_page"]
