"""The proposal: what each sheet, row and column of a list is taken for, how surely, and why."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from importer.spreadsheet import TextForm


class Ask(Struct, frozen=True):
    """A question that only a person can answer; `default` is empty where nothing is likely.

    What has `choices` is answered once, for the mapping, with one of them; with `several`, some of
    them, parted by `;`. `answer` is what a person has said. All else each run asks, in the words
    `again` where `question` holds more than that.
    """

    name: str
    question: str
    default: str = ""
    choices: tuple[str, ...] = ()
    several: bool = False
    answer: str = ""
    again: str = ""

    @property
    def is_open(self) -> bool:
        """Return whether nobody has answered it."""
        return not self.answer


class Skipped(Struct, frozen=True):
    """A row that is no data, by the number that the spreadsheet shows, and why.

    `column` is the letter of its first filled cell and `text` what stands there; `alone` says that
    nothing else does.
    """

    row: int
    reason: str
    column: str = ""
    text: str = ""
    alone: bool = False


class Sections(Struct, frozen=True):
    """The field that rows with one cell fill for those below them, and the column they stand in."""

    field: str
    column: str
    rows: frozenset[int]


class Meant(Struct, frozen=True):
    """The words of a column, by its letter, that the rows which are meant have."""

    column: str
    words: tuple[str, ...]


class Level(Struct, frozen=True):
    """A level of a flat list: its kind, its column's letter, how many different ones there are."""

    kind: str
    column: str
    count: int


class ColumnProposal(Struct, frozen=True):
    """The field that a column is proposed for; None leaves it out.

    `field` is a heading of the shipped template. `also` are the fields that the column fills
    besides, as the only code of a row is its name too. `chosen` says that a person has said so.
    `choices` are the other fields that it may
    fill, the likeliest first, and a property of people's own at the end.
    """

    column: str
    heading: str
    field: str | None
    score: float
    reason: str
    samples: tuple[str, ...] = ()
    fill: float = 0.0
    distinct: int = 0
    also: tuple[str, ...] = ()
    chosen: bool = False
    choices: tuple[str, ...] = ()


class SheetProposal(Struct, frozen=True):
    """What a sheet is proposed to be; `kind` None means that it is not for import.

    `header_row` is the number that the spreadsheet shows, 0 where no row holds headings.
    `runner_up` is the kind with the next most points. `blanks` are the texts that stand for a blank
    cell. `kept_rows` and `kept_words` would be left out or blank, had a person not kept them.
    `separators` and `forms` say for a column's letter what parts the items of its lists, and
    how its numbers or dates are written. `constants` are the fields that its own name fills, as
    where there is a sheet for each building, `sections` the field that rows above others fill.
    `meant` says which rows are, where others stand among them. `form` is what was declared of how
    a text file is written.
    `carried` are the letters of columns whose cells count for the blank ones below, `tree` those of
    the levels of a tree, outermost first.
    """

    file: str
    name: str
    header_row: int
    kind: str | None
    confidence: float
    reasons: tuple[str, ...] = ()
    runner_up: str | None = None
    template: str = ""
    columns: tuple[ColumnProposal, ...] = ()
    levels: tuple[Level, ...] = ()
    asks: tuple[Ask, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    kept_rows: tuple[Skipped, ...] = ()
    blanks: tuple[str, ...] = ()
    kept_words: tuple[str, ...] = ()
    separators: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    sections: Sections | None = None
    meant: Meant | None = None
    form: TextForm = TextForm()
    carried: frozenset[str] = frozenset()
    tree: tuple[str, ...] = ()

    @property
    def once(self) -> list[Ask]:
        """Return the questions that are answered once, for the mapping."""
        return [ask for ask in self.asks if ask.choices]

    @property
    def fields(self) -> dict[str, ColumnProposal]:
        """Return the columns that have a field, by their letters."""
        return {column.column: column for column in self.columns if column.field}


class Proposal(Struct, frozen=True):
    """What is proposed for all sheets of all files, in their order."""

    sheets: tuple[SheetProposal, ...]
