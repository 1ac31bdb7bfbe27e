"""The questions of a sheet: a list of answers, or boxes of which at least one is ticked."""

from starlette.datastructures import FormData

from importer.uploads.views import SheetMatch, SheetQuestion
from importer.web.form import Form
from importer.web.looks import environment
from importer.web.sheet_questions import given_answers, open_questions, other_answers

WORDS = SheetQuestion("filter", "Which words?", "desk", ("lamp", "desk"), several=True)
SHEET = SheetMatch("f.csv", "f", 1, "desk", 1.0, (), (), (), {}, (), (WORDS,))


def answers(*words, changed=False):
    form = Form(FormData([("once-0-filter", word) for word in words]))
    return given_answers(form, 0, SHEET, changed=changed)


def test_the_words_that_are_ticked_are_one_answer():
    assert answers("", "lamp", "desk") == {"filter": "lamp; desk"}
    assert answers("") == {"filter": ""}
    assert answers() == {}


def test_what_was_only_likely_is_a_new_answer_and_moves_nothing():
    assert answers("", "desk", changed=True) == {"filter": "desk"}
    assert other_answers({"filter": "desk"}, SHEET) == {}
    assert other_answers({"filter": "lamp"}, SHEET) == {"filter": "lamp"}
    assert open_questions(SHEET) == [WORDS]


def test_boxes_are_ticked_as_is_likely_which_is_said():
    page = environment().get_template("sheet_question.html")
    text = page.render(asked=WORDS, number=0, may_change=True)
    assert 'value="desk" checked' in text
    assert 'value="lamp">' in text
    assert "only likely" in text
