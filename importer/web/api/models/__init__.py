"""What the API answers and takes, as its document describes it; one module for each part.

The names are those of the command line's JSON: a key is always there, null where it does not apply.
"""
