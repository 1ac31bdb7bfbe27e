"""The command line: one module a command; nothing else in the package prints."""
