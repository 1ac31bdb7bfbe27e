"""The report stage: writes outcomes and findings into the user's own file, or as text."""
