"""Fixtures of the Python interface: a home of its own for each test, and lists as DataFrames."""

import pandas as pd
import pytest

from importer import sandbox


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """The state, the settings and the current folder of a test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def terms():
    """Three terms, labelled by texts; one has a certificate that is misspelt."""
    columns = {
        "Glossary": ["Finance"] * 3,
        "Term": ["Net revenue", "Gross revenue", "Discount"],
        "Description": ["After returns.", None, "A price cut."],
        "Certificate": ["VERIFIED", "Verfied", "DRAFT"],
    }
    return pd.DataFrame(columns, index=["net", "gross", "cut"])


@pytest.fixture
def sheets(terms):
    """A glossary and its terms, by sheet."""
    return {"Glossaries": pd.DataFrame({"Glossary": ["Finance"]}), "Terms": terms}


@pytest.fixture
def box():
    """A server that keeps every request."""
    with sandbox.start(record=True) as running:
        yield running
