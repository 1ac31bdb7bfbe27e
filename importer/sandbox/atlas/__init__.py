"""Apache Atlas 2.1 as the sandbox has it: its types, its entities, the calls under `/api/atlas/v2`."""
