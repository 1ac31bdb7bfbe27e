"""The steps of a run, in the order of the flow; the commands put them together."""
