"""Trebellar's asset API over SQLite: requests in, the answers the real one would give out."""
