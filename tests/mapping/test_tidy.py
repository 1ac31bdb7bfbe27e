"""Invisible characters and another spelling of the clear token make no difference in any cell."""

from __future__ import annotations

import pytest

from importer.mapping.tidy import Tidy
from importer.model import Cells
from tests.mapping.build import bound, mapped, reported
from tests.mapping.things import TOP


def test_a_tidy_column_is_handed_on_as_it_is():
    cells = Cells(["Caf\u00e9", "a < b", 5, True])
    assert Tidy("<clear>").column(cells) is cells


@pytest.mark.parametrize(
    "token",
    ["<clear>", "<CLEAR>", " <Clear> ", "\u200b<cLEAR>", "<CLEAR >", "< clear >", "<cl\u200bear>"],
)
def test_the_clear_token_counts_in_any_case(things, token):
    found = mapped(things, [[*TOP, "Colour"], ["a", "g", 1, token]])
    assert not reported(found.findings)
    assert found.entities[0].clears == ("colour",)


@pytest.mark.parametrize(
    "text", ["clear", "<clear>.", "[clear]", "<cl ear>", "a <clear>", "<<clear>>"]
)
def test_no_other_text_is_the_token(text):
    assert Tidy("<clear>").column(["a", text]) == ["a", text]


@pytest.mark.parametrize("token", ["(-)", "**", "--x", "<no value>", "<L\u00d6SCHEN>"])
def test_the_token_may_be_any_text(token):
    assert Tidy(token).column(["a", f" {token.lower()} ", token]) == ["a", token, token]


@pytest.mark.parametrize("token", ["NIX", " nix", "Nix"])
def test_so_does_a_token_of_letters(token):
    assert Tidy("nix").column(["a", token]) == ["a", "nix"]


@pytest.mark.parametrize("name", ["\u200ba", "a\ufeff", "\u00ada \u200e", "\u00a0a\u2003", " a "])
def test_what_nobody_sees_around_a_name_never_counts(things, name):
    rows = [[*TOP, "Group code"], [name, "", 1, name]]
    entity = mapped(things, rows).entities[0]
    assert entity.labels == ("a",)
    assert [texts[0].steps for _, texts in entity.references] == [("a",)]


def test_a_row_of_invisible_cells_is_blank(things):
    found = mapped(things, [TOP, ["a", "g", 1], ["\u200b", "\ufeff", " "]])
    assert found.rows == [2]


def test_a_cell_that_only_looks_filled_is_required_all_the_same(things):
    found = mapped(things, [TOP, ["a", "\u200b", 1]])
    assert reported(found.findings) == [("missing", "B2")]


def test_free_text_keeps_its_outer_blanks(things):
    found = mapped(things, [[*TOP, "Colour"], ["a", "g", 1, " red\u200b "]])
    assert found.entities[0].payload["colour"] == " red "


@pytest.mark.parametrize(
    "heading", ["\ufeffColour", "Col\u00adour", "\u200ecolour\u200e", "\uff23olour"]
)
def test_a_heading_is_known_whatever_nobody_sees_in_it(things, heading):
    sheet = bound(things, [[*TOP, heading]])
    assert not sheet.findings
    assert 3 in sheet.known


def test_a_wildcard_heading_names_its_field_without_what_nobody_sees(things):
    found = mapped(things, [[*TOP, "Property: Cost\u200b centre"], ["a", "g", 1, "x"]])
    assert found.entities[0].payload["free"] == {"Cost centre": "x"}
