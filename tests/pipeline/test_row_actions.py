"""What rows do is counted, each row once."""

from importer.model import Action
from importer.pipeline.steps.row_actions import RowActions


def test_the_last_action_of_a_row_counts_and_rows_in_error_do_not():
    found = RowActions()
    for row, action in [(7, Action.UNCHANGED), (2, Action.CREATE), (7, Action.UPDATE)]:
        found[0, row] = action
    found[1, 2] = found[1, -1] = found[1, 1] = Action.DELETE
    assert (found.get((0, 7)), found.get((0, 3)), found.get((2, 1))) == (Action.UPDATE, None, None)
    assert found.counts([(1, 1), (0, 3), (5, 900)]) == {"create": 1, "update": 1, "delete": 2}
    assert found.get((1, -1)) is Action.DELETE
