"""No module outside the targets and the sandbox names a kind or a heading."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import importer

PACKAGE = Path(importer.__file__).parent
NAMES = re.compile(
    r"(?<![a-z])(term|glossar(y|ie)|categor(y|ie)|building|floor|desk)s?(?![a-z])", re.I
)
FREE = {"targets", "sandbox"}
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in FREE
)


def named(source: str) -> set[str]:
    """The kinds that names and texts of a module speak of; docstrings may give examples."""
    tree = ast.parse(source)
    explained = {id(text) for text in _docstrings(tree)}
    texts = (text for node in ast.walk(tree) if id(node) not in explained for text in _texts(node))
    return {found[0] for text in texts if (found := NAMES.search(text))}


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every text that stands alone as a statement: docstrings of modules, classes, constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_outside_targets_and_sandbox_names_a_kind(path: Path):
    assert named(path.read_text(encoding="utf-8")) == set()


CASES = [
    ('kind = "term"', {"term"}),
    ('headings = ["Glossary name"]', {"Glossary"}),
    ("desk_rows = 1", {"desk"}),
    ("def all_floors(): ...", {"floors"}),
    ('f"{n} Categories"', {"Categories"}),
    ("def f(building): ...", {"building"}),
    ('"""A term, for example."""', set()),
    ('word = "terminal determined desktop floored"', set()),
    ("# a desk in a comment\nx = 1", set()),
]


@pytest.mark.parametrize(("source", "words"), CASES)
def test_a_kind_is_found_in_names_and_texts_and_nowhere_else(source, words):
    assert named(source) == words
