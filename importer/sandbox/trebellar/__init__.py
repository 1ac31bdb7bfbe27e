"""Trebellar's asset API over SQLite, after its OpenAPI and trebellar-api 1.3."""
