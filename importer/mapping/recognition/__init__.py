"""Recognises which template a file follows, and which kind each of its sheets holds."""
