"""Offers a proposal at a terminal: to be taken as it is, to be corrected, or to be left."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from importer.cli.console import ask_choice, ask_text
from importer.cli.proposed import LEAST
from importer.options import Options
from importer.pipeline.propose import SURE, keeping_refused, write_mappings
from importer.spreadsheet import TextForm
from importer.template import load

if TYPE_CHECKING:
    from importer.cli.correcting.correction import Correction
    from importer.cli.correcting.page import Stopped, Taken
    from importer.pipeline.preview import Preview
    from importer.pipeline.propose import Lists
    from importer.proposal import Proposal

TOO_UNSURE = "That is too unsure to be taken as it is."


@dataclass(frozen=True, slots=True)
class Offer:
    """Lists, how their text is read, and what is proposed for them; `name` is to keep it by."""

    files: Sequence[Path]
    form: TextForm
    lists: Lists
    proposal: Proposal
    name: str

    @property
    def confidence(self) -> float:
        """Return how sure the least sure sheet is that is for import, 0 where none is."""
        return min((s.confidence for s in self.proposal.sheets if s.kind), default=0.0)

    def decide(self, question: str) -> Taken | Stopped:
        """Ask whether it is right; let it be corrected where that is wished."""
        from importer.cli.correcting.page import Stopped

        unsure = self.confidence < LEAST
        words = {"y": "yes", "n": "no", "c": "correct it"}
        if unsure:
            words.pop("y")
        default = "y" if self.confidence >= SURE else ""
        asked = f"{TOO_UNSURE} Correct it?" if unsure else question
        chosen = ask_choice(asked, words, default)
        if chosen == "c":
            return self.corrected()
        return self._as_it_is() if chosen == "y" else Stopped()

    def corrected(self, *, asks_name: bool = True) -> Taken | Stopped:
        """Let it be corrected with keys; by lines where the terminal knows no arrow keys."""
        from importer.cli.correcting import plain
        from importer.cli.correcting.correction import Correction
        from importer.cli.correcting.ending import Ending

        ending = Ending(self.previews, _refused, self.name, asks_name)
        page = ending.begin(Correction(self.lists, self.proposal))
        if os.environ.get("TERM", "dumb") in ("", "dumb"):
            return plain.show(page)
        from importer.cli.correcting import keys

        return keys.show(page)

    def previews(self, correction: Correction) -> list[Preview]:
        """Return what each mapping made of a correction would send. Raises UsageError."""
        with TemporaryDirectory() as folder:
            made = write_mappings(self.name, correction.proposal, Path(folder) / "mapping")
            return [self._preview(path, correction.answers) for path in made]

    def _preview(self, folder: Path, answers: Mapping[str, str]) -> Preview:
        from importer.pipeline.preview import preview

        given = tuple((name, answers[name]) for name in load(folder).asks if name in answers)
        form = self.form
        options = Options(template=str(folder), answers=given)
        asked = replace(options, encoding=form.encoding, delimiter=form.delimiter)
        return preview(self.files, asked)

    def _as_it_is(self) -> Taken:
        """Ask only what has to be answered."""
        from importer.cli.correcting.correction import Correction
        from importer.cli.correcting.page import Taken

        found = Correction(self.lists, self.proposal)
        for one in found.asked():
            found = found.answer(one.name, ask_text(one.question, one.default, needed=True))
        return Taken(found, self.name)


def _refused(name: str, correction: Correction) -> str:
    return keeping_refused(name, correction.proposal)
