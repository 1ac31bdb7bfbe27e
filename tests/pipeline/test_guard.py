"""The guard sends nothing of a change to many objects at once until it is allowed."""

import pytest

from importer.options import Options
from tests.pipeline.bench import building, desk, floor, glossary, term


def terms(count, usage):
    return [term(f"t{number:02}", Usage=usage) for number in range(count)]


@pytest.fixture
def filled(bench):
    """A glossary of twenty terms."""
    bench.glossary({"Glossaries": [glossary()], "Terms": terms(20, "first")})
    return bench


def usages(bench):
    return {name: one["attributes"].get("usage") for name, one in bench.atlan.terms().items()}


CHANGED = {"Terms": [*terms(12, "second"), term("new")]}


def test_too_many_updates_are_held_and_the_rest_is_sent(filled):
    result = filled.glossary(CHANGED)
    assert result.counts == {"created": 1, "held": 12}
    assert (result.state, result.exit_status) == ("finished", 1)
    assert set(usages(filled).values()) == {"first", None}
    message = filled.rows(result)["Terms", 2].message
    assert "12 of the 20 objects in `Finance`" in message
    assert "--allow-mass-change" in message


def test_a_flag_or_a_confirmation_allows_the_mass_change(filled):
    assert filled.glossary(CHANGED, allow_mass_change=True).counts == {"created": 1, "updated": 12}
    asked = []
    result = filled.glossary(
        {"Terms": terms(15, "third")}, confirm=lambda preview: asked.append(preview) or True
    )
    assert result.counts == {"updated": 15}
    assert [finding.code for finding in asked[0].findings] == ["mass_change"]


def test_a_plan_shows_held_rows_and_a_saved_plan_approves_them(filled):
    file = filled.book(CHANGED)
    options = Options(template="atlan-glossary", landing=0)
    plan = filled.plan_files([file], options, save=True)
    assert plan.counts == {"create": 1, "update": 12}
    assert [finding.code for finding in plan.findings] == ["mass_change"]
    result = filled.run_files([file], options, saved=plan.saved)
    assert result.counts == {"created": 1, "updated": 12}


def test_few_changes_or_a_small_share_pass(filled):
    assert filled.glossary({"Terms": terms(10, "second")}).counts == {"updated": 10}
    assert filled.glossary({"Terms": terms(12, "third")}, mass_share=0.6).counts == {"updated": 12}
    assert filled.glossary({"Terms": terms(12, "fourth")}, mass_rows=12).counts == {"updated": 12}


@pytest.fixture
def small(bench):
    """A glossary of six terms."""
    bench.glossary({"Glossaries": [glossary()], "Terms": terms(6, "first")})
    return bench


def test_a_share_alone_holds_where_there_are_few(small):
    changed = {"Terms": terms(4, "second")}
    held = small.glossary(changed, mass_alone=0.5)
    assert held.counts == {"held": 4}
    assert "change 4 of the 6 objects in `Finance` at once" in small.rows(held)["Terms", 2].message
    assert small.glossary({"Terms": terms(3, "third")}, mass_alone=0.5).counts == {"updated": 3}
    assert small.glossary(changed).counts == {"updated": 4}


def test_a_share_alone_holds_a_short_list_that_prunes(small):
    short = {"Terms": terms(2, "first")}
    asked = {"prune": ("Finance",), "mass_alone": 0.5}
    assert small.glossary(short, **asked).counts == {"unchanged": 2, "held": 4}
    assert len(small.atlan.terms()) == 6
    assert small.glossary(short, prune=("Finance",)).counts == {"unchanged": 2, "deleted": 4}


def test_a_single_change_is_no_mass(small):
    assert small.glossary({"Terms": terms(1, "second")}, mass_alone=0).counts == {"updated": 1}


def test_too_many_deletes_are_held(filled):
    rows = [row | {"Action": "delete"} for row in terms(11, "first")]
    assert filled.glossary({"Terms": rows}).counts == {"held": 11}
    assert len(filled.atlan.terms()) == 20


def test_a_relation_to_a_held_row_is_sent(filled):
    """A new relation to a held term needs nothing of the change that is held."""
    sheets = {"Terms": [*terms(12, "second"), term("new", Synonyms="t03")]}
    assert filled.glossary(sheets).counts == {"created": 1, "held": 12}


def test_too_many_moves_are_held_in_a_building(bench):
    desks = [desk(f"d{number}", "1") | {"External ID": f"D-{number}"} for number in range(30)]
    bench.portfolio({"Buildings": [building()], "Floors": [floor("1"), floor("2")], "Desks": desks})
    moved = [row | {"Floor": "2"} for row in desks]
    assert bench.portfolio({"Desks": moved}).counts == {"held": 30}
    assert bench.portfolio({"Desks": moved}, allow_mass_change=True).counts == {"moved": 30}
