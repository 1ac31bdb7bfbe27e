"""Do a fixed piece of work: what it costs says how fast the machine is just now."""

found = {}
for number in range(1_000_000):
    text = f"row {number}"
    found[text[-3:]] = found.get(text[-3:], 0) + len(text)
