"""Classes of values cost little to define and to make: all but a few are Structs of msgspec."""

import ast

from tests.house.reference import ROOT

PACKAGE = ROOT / "importer"
ONLY_THERE = {"init", "repr", "compare"}
"""What a field of a dataclass can say, and that of a Struct cannot."""


def test_a_dataclass_needs_what_no_struct_has():
    """Defining a frozen one takes a millisecond, a Struct a fortieth of that."""
    paths = [path for path in PACKAGE.rglob("*.py") if (PACKAGE / "api") not in path.parents]
    needless = [f"{path.name}: {one.name}" for path in paths for one in _dataclasses(path)]
    assert needless == []


def _dataclasses(path):
    """Yield the dataclasses of a module, of no other class, whose fields a Struct could have."""
    classes = (
        n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ClassDef)
    )
    for node in classes:
        if "dataclass" in _text(node.decorator_list) and not node.bases:
            said = {word.arg for word in ast.walk(node) if isinstance(word, ast.keyword)}
            if not said & ONLY_THERE and "__post_init__" not in _text(node.body):
                yield node


def _text(nodes):
    return " ".join(map(ast.unparse, nodes))
