"""The command line: flags in, exit status out; nothing else prints."""
