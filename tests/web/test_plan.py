"""The plan on the page: what the guard holds is released by admins only, by typing the number."""

import pytest

from tests.web.steward import GLOSSARIES, WITH_MISTAKES, Steward

MANY = 20


def described(words):
    """Files with many terms that all have one description."""
    rows = [f"Finance,T{n:02},{words}" for n in range(MANY)]
    text = "\r\n".join(["Glossary,Term,Description", *rows, ""])
    return ("Glossaries.csv", GLOSSARIES), ("Terms.csv", text)


@pytest.fixture
def held(web):
    """An upload of ida whose plan is held, and who shares it with ann."""
    ida = Steward.called(web)
    ida.uploads(*described("old"))
    ida.does("plan")
    ida.imports()
    ida.uploads(*described("new"))
    ida.does("plan")
    return ida


def test_an_importer_is_told_what_is_held_and_sends_the_rest(held):
    page = held.sees().text
    assert f"keeps {MANY} rows back" in page
    assert "Only an admin can release them" in page
    assert 'name="release"' not in page
    assert '<del class="old">old</del>' in page
    refused = held.imports(held="release", release=str(MANY))
    assert refused.status_code == 403
    assert held.waits().state.value == "planned"
    assert held.sees("plan?action=held").text.count('scope="row" class="place"') == MANY


def test_an_admin_types_the_number_and_all_is_sent(held):
    ann = Steward(held.web, held.web.signed_in("ann"), held.name)
    assert 'name="release"' in ann.sees().text
    for typed in ("", "yes", str(MANY - 1)):
        refused = ann.imports(held="release", release=typed)
        assert refused.status_code == 422
        assert f"Type {MANY}" in refused.text
    ann.imports(held="release", release=f" {MANY} ")
    run = held.web.site.uploads.run(ann.waits().run)
    assert run.counts == {"updated": MANY, "unchanged": 1}


def test_a_plan_that_nobody_saw_is_not_imported(web):
    """In another tab it was planned again, for a target that had changed meanwhile."""
    ida, other = Steward.called(web), Steward.called(web)
    ida.uploads(*described("old"))
    ida.does("plan")
    seen = shown_plan(ida)
    other.uploads(*described("older"))
    other.does("plan")
    other.imports()
    ida.does("plan")
    assert shown_plan(ida) != seen
    for sent in ({"plan": seen}, {}):
        refused = ida.does("import", **sent)
        assert refused.status_code == 409
        assert "planned again since you saw its plan" in refused.text
        assert "older</del>" in refused.text
    assert ida.waits().state.value == "planned"
    ida.does("import", plan=shown_plan(ida))
    assert ida.waits().state.value == "imported"


def test_a_plan_that_is_made_again_and_does_the_same_is_the_same(web):
    ida = Steward.called(web)
    ida.uploads(*described("old"))
    ida.does("plan")
    seen = shown_plan(ida)
    ida.does("plan")
    assert shown_plan(ida) == seen


def test_rows_that_are_left_out_are_among_the_findings_and_no_tab(web):
    ida = Steward.called(web)
    ida.uploads(*WITH_MISTAKES)
    ida.does("plan")
    page = ida.sees().text
    assert "action=invalid" not in page
    assert "2 rows that are left out</a>" in page


def shown_plan(steward):
    """What names the plan that the page shows."""
    return steward.web.site.uploads.plan_view(steward.name).digest


def test_a_plan_is_a_tree_where_names_stand_below_others(held):
    assert "What is new, changed and gone" in held.sees().text
    assert 'class="tree"' in held.sees().text
