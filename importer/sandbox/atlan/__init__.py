"""Atlan's metadata API over SQLite, after the sources of atlas-metastore and pyatlan 11.6."""
