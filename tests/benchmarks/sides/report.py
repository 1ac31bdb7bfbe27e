"""What a report of the benchmarks says."""

GUID = "0f2c1d7e-7a5b-4d53-9a3f-{:012d}"
MESSAGE = "no such owner: jane, did you mean jane.doe?"
MARKED = 1_000
