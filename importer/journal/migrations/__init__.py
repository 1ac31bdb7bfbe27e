"""How an older journal becomes one of today: the revisions in `versions/`, run by Alembic.

A revision says what it changes in words of its own and is never touched again: the tables in the
code go on without it. A journal is brought up to date; it is never taken back.
"""
