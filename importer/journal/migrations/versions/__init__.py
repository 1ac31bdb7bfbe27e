"""The revisions of the schema, each a file; Alembic reads them in their order."""
