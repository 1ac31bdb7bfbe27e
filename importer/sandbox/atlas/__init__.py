"""Apache Atlas 2.1 as the sandbox has it, under `/api/atlas/v2`."""
