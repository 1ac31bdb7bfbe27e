"""Headings folded: what makes no difference between two ways to write one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from importer.template import fold, fold_all
from importer.template.sheet_rule import Skip

NO_NUL = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@pytest.mark.parametrize(
    "text",
    [
        "Glossary name *",
        "GLOSSARY_NAME",
        "glossary-name:",
        " Glossary\xa0\nname：",
        "glossary\u200bname",
    ],
)
def test_case_blanks_marks_and_a_colon_at_the_end_make_no_difference(text):
    assert fold(text) == "glossaryname"


@given(st.sets(NO_NUL, min_size=1))
@example({"Straße :", "\u0301", "a"})
@example({"Term *", "x:y:", "---"})
def test_texts_folded_at_once_are_those_folded_one_by_one(texts):
    assert fold_all(texts) == set(map(fold, texts))


def test_blank_cells_that_a_skip_rule_asks_for_are_named_together():
    rule = Skip(when={"A": ("Sum",)}, unless={"B": (), "C": (), "D": ("x",)})
    assert rule.words == "A is `Sum` and D is not `x` and nothing is filled under B, C"
