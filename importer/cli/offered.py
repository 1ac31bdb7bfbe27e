"""Offers a proposal at a terminal: to be taken as it is, to be corrected, or to be left."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from importer.cli.console import ask_choice, ask_text, say
from importer.cli.settled import with_asked, with_likely
from importer.errors import UsageError
from importer.options import Options
from importer.pipeline.keep_mapping import keeping_refused
from importer.pipeline.propose import SURE
from importer.pipeline.sure_enough import LEAST, TOO_UNSURE
from importer.pipeline.write_mapping import write_mappings
from importer.report.cause_text import problem_lines
from importer.spreadsheet import TextForm
from importer.template import load
from importer.template.answers import OPEN

if TYPE_CHECKING:
    from importer.cli.correcting.correction import Correction
    from importer.cli.correcting.page import Stopped, Taken
    from importer.pipeline.preview import Preview
    from importer.pipeline.propose import Lists
    from importer.proposal import Ask, Proposal
    from importer.proposal.chosen import Choices

PROBLEMS = 3
"""So many causes of errors are shown."""

CAN = "can be sent, if the target has what they name:"

NO_ANSWER = "It has to be answered."


class Offer(Struct, frozen=True):
    """Lists, how their text is read, and what is proposed for them; `name` is to keep it by.

    `choices` is what has been said of it already.
    """

    files: Sequence[Path]
    form: TextForm
    lists: Lists
    proposal: Proposal
    name: str
    choices: Choices = field(default_factory=dict)

    @property
    def confidence(self) -> float:
        """Return how sure the least sure sheet is that is for import, 0 where none is."""
        return min((s.confidence for s in self.proposal.sheets if s.kind), default=0.0)

    @property
    def refused(self) -> str:
        """Return why it cannot be taken as it is, nothing where it can."""
        why = keeping_refused(self.name, self.proposal)
        if why or self.confidence >= LEAST:
            return why
        command = shlex.join(["importer", "template", "init", *map(str, self.files)])
        return (
            f"{TOO_UNSURE} `{command}` lets you correct it at a terminal; with `-o DIR` it writes "
            "a mapping for you to change. Or name a template that fits with --template."
        )

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

    def corrected(
        self, begun: Correction | None = None, *, asks_name: bool = True
    ) -> Taken | Stopped:
        """Let it be corrected with keys; by lines where the terminal knows no arrow keys."""
        from importer.cli.correcting import keys, plain
        from importer.cli.correcting.ending import Ending

        ending = Ending(self.previews, _refused, self.name, asks_name, self.unfit)
        page = ending.begin(begun or self._begun)
        return keys.show(page) if keys.known() else plain.show(page)

    def previews(self, correction: Correction) -> list[Preview]:
        """Return what each mapping made of a correction would send. Raises UsageError."""
        with TemporaryDirectory() as folder:
            made = write_mappings(self.name, correction.proposal, Path(folder) / "mapping")
            return [self._preview(path, correction.answers) for path in made]

    def unfit(self, correction: Correction, name: str, answer: str) -> str:
        """Return what is wrong with an answer to a question, nothing where it can be taken."""
        from importer.pipeline.steps.checked_answers import why_unfit

        with TemporaryDirectory() as folder, suppress(UsageError):
            made = write_mappings(self.name, correction.proposal, Path(folder) / "mapping")
            asked = (one for one in map(load, made) if name in one.asks)
            return next((why for one in asked if (why := why_unfit(one, name, answer))), "")
        return ""

    def _preview(self, folder: Path, answers: Mapping[str, str]) -> Preview:
        from importer.pipeline.preview import preview

        given = tuple((name, answers[name]) for name in load(folder).asks if name in answers)
        form = self.form
        options = Options(template=str(folder), answers=given)
        asked = replace(options, encoding=form.encoding, delimiter=form.delimiter)
        return preview(self.files, asked)

    def _as_it_is(self) -> Taken | Stopped:
        """Ask only what has to be answered, and what is to be done where rows have errors."""
        from importer.cli.correcting.correction import Correction
        from importer.cli.correcting.page import Taken

        found = with_asked(self._begun)
        for one in found.asked():
            found = found.answer(one.name, self._answer(found, one))
        decided = self._despite_errors(found)
        if decided is None:
            return self.corrected(found)
        return Taken(decided, self.name) if isinstance(decided, Correction) else decided

    @property
    def _begun(self) -> Correction:
        from importer.cli.correcting.correction import Correction

        return Correction(self.lists, self.proposal, self.choices)

    def likely(self) -> Proposal:
        """Return the proposal with the likely answers to what its mapping answers once."""
        return with_likely(self._begun).proposal

    def settled(self) -> Proposal:
        """Ask what the mapping answers once; return the proposal with the answers."""
        return with_asked(self._begun).proposal

    def _answer(self, found: Correction, one: Ask) -> str:
        """Ask a question until its answer can be taken."""
        while True:
            text = ask_text(one.question, one.default, needed=True)
            why = NO_ANSWER if text in OPEN else self.unfit(found, one.name, text)
            if not why:
                return text
            say(why)

    def _despite_errors(self, found: Correction) -> Correction | Stopped | None:
        """Return what is taken where not every row can be sent, None where it is corrected."""
        from importer.cli.correcting.correction import is_doubt
        from importer.cli.correcting.page import Stopped

        made = self.previews(found)
        rows, valid = sum(one.rows for one in made), sum(one.valid for one in made)
        doubts = [finding for one in made for finding in one.findings if is_doubt(finding)]
        better = found.without(doubts)
        if valid == rows and better == found:
            return found
        say(f"{valid:,} of {rows:,} rows {CAN}", *problem_lines(doubts, PROBLEMS))
        words = {"s": "send those"} if valid else {}
        words |= {"l": "leave out the columns at fault"} if better != found else {}
        chosen = ask_choice("What now?", {**words, "c": "correct it", "n": "nothing"})
        if chosen == "l":
            return self._despite_errors(better)
        if chosen == "c":
            return None
        return found if chosen == "s" else Stopped()


def _refused(name: str, correction: Correction) -> str:
    return keeping_refused(name, correction.proposal)
