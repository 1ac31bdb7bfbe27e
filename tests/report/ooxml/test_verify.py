"""Verification: every edit can be undone to the byte, so an undeclared change is found."""

from importer.report.ooxml import verify as verification
from importer.report.ooxml.markup import Part


def test_an_edit_is_undone_to_the_byte():
    part = Part("p", b'<a x="1"><b/><c>text</c></a>')
    root = part.root()
    part.set(root, "x", 2)
    part.set(root, "y", '"')
    part.append(part.children(root)[0], b"<d/>")
    part.insert(root.close, b"<e/>")
    after = b"".join(part.pieces())
    assert after == b'<a x="2" y="&quot;"><b><d/></b><c>text</c><e/></a>'
    old = [(start, end) for start, end, _ in part.spliced()]
    new = list(verification.put(part.spliced()))
    for size in range(1, len(after) + 1):
        assert rest(after, new, size) == rest(part.data, old, size)
        assert rest(after.replace(b"text", b"tent"), new, size) != rest(part.data, old, size)


def rest(data, stretches, size):
    pieces = (data[at : at + size] for at in range(0, len(data), size))
    return b"".join(verification.without(pieces, stretches))
