"""What the process loads from which those of importer are forked: the templates, read once."""

from importlib import import_module

from tests.once import TEMPLATES, make_once

make_once()
finding = import_module("importer.template.find")
for name in finding.shipped_names():
    finding.load(TEMPLATES / name)
