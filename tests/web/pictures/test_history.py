"""The last runs as bars."""

import re

from importer.web.pictures.history import RunBar, history_bars

TONES = {"created": "fine", "held": "wait", "invalid": "wrong"}


def runs(count, **counts):
    return [RunBar(f"{day} Nov", counts) for day in range(1, count + 1)]


def test_each_part_of_a_bar_is_as_high_as_its_share_and_trouble_is_on_top():
    shown = [RunBar("1 Nov", {"created": 50}), RunBar("2 Nov", {"created": 50, "invalid": 50})]
    svg = history_bars(shown, TONES).svg
    assert svg == (
        '<svg class="history" viewBox="0 0 600 76" width="600" height="76" aria-hidden="true" '
        'focusable="false"><rect class="axis" x="0" y="75" width="600" height="1"/>'
        "<g><title>1 Nov: 50 rows</title>"
        '<rect class="fine" x="0" y="40.5" width="14" height="31.5"/></g>'
        "<g><title>2 Nov: 100 rows</title>"
        '<rect class="fine" x="20" y="40.5" width="14" height="31.5"/>'
        '<rect class="wrong" x="20" y="9" width="14" height="31.5"/></g></svg>'
    )


def test_one_wrong_row_of_a_million_is_seen():
    svg = history_bars(runs(1, created=999_999, invalid=1), TONES).svg
    assert re.search('class="wrong" [^>]* height="([^"]*)"', svg)[1] == "3"


def test_only_the_last_thirty_runs_are_shown():
    svg = history_bars(runs(45, created=1), TONES).svg
    assert svg.count("<g>") == 30
    assert "15 Nov" not in svg
    assert "16 Nov" in svg


def test_the_words_say_how_many_runs_left_something_to_do_and_what_the_latest_did():
    shown = [*runs(2, created=3), RunBar("9 Nov", {"created": 1, "held": 4, "unchanged": 1_000})]
    assert history_bars(shown, TONES).words == (
        "<figcaption>The last 3 runs, the latest at the right: 2 of 3 left nothing to do. "
        "9 Nov: 1,005 rows, 4 of them with something left to do.</figcaption>"
    )


def test_without_a_run_there_is_a_sentence_and_no_drawing():
    picture = history_bars([], TONES)
    assert picture.svg == ""
    assert "No run yet" in picture.words


def test_a_run_without_rows_is_a_stroke_on_the_line():
    assert (
        '<rect class="quiet" x="0" y="71" width="14" height="1"/>'
        in history_bars(runs(1), TONES).svg
    )


def test_a_name_is_no_markup():
    picture = history_bars([RunBar("<script>\u202e&", {"created": 1})], TONES)
    assert "<script>" not in picture.__html__()
    assert "<title>&lt;script&gt;\\u202e&amp;: 1 row</title>" in picture.svg
