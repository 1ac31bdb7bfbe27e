"""Open a text file again in the form that the mapping declares for its sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from importer.errors import UnreadableInput, UsageError
from importer.read import Input, InputSheet, open_input
from importer.spreadsheet import TextForm
from importer.template import SheetRule, Template


class DeclaredForms(Struct, frozen=True):
    """The forms of text files that a template declares; what the user `asked` for goes before.

    `rule_of` recognises a sheet under the template.
    """

    template: Template
    asked: TextForm
    rule_of: Callable[[InputSheet], SheetRule | None]

    def applied(self, input_: Input) -> Input:
        """Return a text file as it is to be read, any other file as it is.

        Raises UnreadableInput where the form of its sheet does not fit its bytes.
        """
        if input_.dialect is None or not any(self._all()):
            return input_
        rule = self.rule_of(input_.sheets[0])
        if rule is None:
            return next(self._recognised(input_), input_)
        return self._opened(input_, rule.form)

    def _all(self) -> Iterator[TextForm]:
        forms = (sheet.form for sheet in self.template.sheets)
        return (form for form in dict.fromkeys(forms) if form != TextForm())

    def _recognised(self, input_: Input) -> Iterator[Input]:
        """Yield the file in each form in which its headings are those of a sheet of that form."""
        for form in self._all():
            try:
                opened = self._opened(input_, form)
            except UnreadableInput:
                continue
            rule = self.rule_of(opened.sheets[0])
            if rule and rule.form == form:
                yield opened

    def _opened(self, input_: Input, form: TextForm) -> Input:
        encoding = self.asked.encoding or form.encoding
        delimiter = self.asked.delimiter or form.delimiter
        wanted = TextForm(encoding, delimiter, self.asked.quote or form.quote)
        return input_ if wanted == self.asked else open_input(input_.path, wanted)


def refuse_without_text(inputs: list[Input], asked: TextForm) -> None:
    """Refuse the form of a text file where no file is one. Raises UsageError."""
    if asked != TextForm() and not any(input_.dialect for input_ in inputs):
        flags = {"--encoding": asked.encoding, "--delimiter": asked.delimiter}
        flag = next((flag for flag, said in flags.items() if said), "--quote")
        names = ", ".join(input_.path.name for input_ in inputs)
        raise UsageError(
            f"{flag} is for text files such as CSV; there are only workbooks: {names}."
        )
