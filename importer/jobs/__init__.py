"""Jobs: files that are imported by the clock, or when somebody says so, with nobody watching."""
