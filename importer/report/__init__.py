"""Outcomes and findings as people read them: in the user's own file, and on a terminal."""
