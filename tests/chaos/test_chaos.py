"""Runs of the real command, killed again and again while the target misbehaves; nothing is lost.

`python -m tests.chaos 200` does the same for a longer time.
"""

import pytest

from tests.chaos.scenes import scenes
from tests.chaos.storm import storm


@pytest.mark.slow(15)
@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
def test_kills_and_faults_duplicate_and_lose_nothing_and_every_outcome_is_right(scene, tmp_path):
    figures = storm(scene, 7, 4, tmp_path)
    verdict = figures.verdict
    assert figures.kills > 1
    assert figures.state == "finished"
    assert (verdict.duplicates, verdict.lost, verdict.wrong) == (0, 0, 0), (
        f"seed {figures.seed}: {verdict.notes}"
    )
