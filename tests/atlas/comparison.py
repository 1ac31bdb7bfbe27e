"""Compare what two servers hold."""


def differences(first, second, names=("Apache Atlas", "the sandbox")):
    """Return a line for each object and field in which two servers, or two moments, differ."""
    lines = []
    for key in sorted(first.keys() | second.keys()):
        name = f"{key[0]} {key[1]!r}"
        if key not in second:
            lines.append(f"{name}: only in {names[0]}")
        elif key not in first:
            lines.append(f"{name}: only in {names[1]}")
        else:
            lines += [f"{name}: {line}" for line in _fields(first[key], second[key], names)]
    return lines


def _fields(first, second, names):
    for field in sorted(first.keys() | second.keys()):
        one, other = first.get(field), second.get(field)
        if one != other:
            yield f"{field} is {one!r} in {names[0]}, {other!r} in {names[1]}"


def active(objects):
    """Return the objects without the relations that are marked as deleted."""
    return {
        key: {field: _active(value) for field, value in fields.items()}
        for key, fields in objects.items()
    }


def _active(value):
    if not isinstance(value, list):
        return value
    return [one for one in value if not (isinstance(one, tuple) and one[0] == "DELETED")]


def table(heading, rows):
    """Return rows as a table of Markdown; all columns but the first are numbers or short."""
    lines = [heading, ["---", *["---:"] * (len(heading) - 1)], *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)
