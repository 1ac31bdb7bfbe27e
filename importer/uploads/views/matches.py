"""What pages show of the column matching, and what a person answers."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Question(Struct, frozen=True):
    """What a template asks, or what a sheet may be; `choices` are all answers, where there are few.

    A choice is what `answer` takes, with words for people.
    """

    name: str
    question: str
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    why: str = ""


class ColumnMatch(Struct, frozen=True):
    """The field proposed for a column, nothing where it is left out, and the other choices.

    `sure` is between 0 and 1. `samples` are up to three values as they stand in the file.
    """

    column: str
    heading: str
    field: str
    sure: float
    reason: str
    samples: tuple[str, ...]
    choices: tuple[str, ...]


class SheetQuestion(Struct, frozen=True):
    """What is asked once of a sheet, for the mapping: `choices` are the words of an answer.

    With `several`, an answer is some of them, parted by `;`. `answer` is what a person has said,
    nothing where nobody has; `likely` is offered then.
    """

    name: str
    question: str
    likely: str
    choices: tuple[str, ...]
    several: bool = False
    answer: str = ""


class SheetMatch(Struct, frozen=True):
    """What a sheet is proposed to be; `kind` is nothing where it is not for import.

    `kinds` are what it may be, `fields` all fields a column may fill with what is said of each,
    `left_out` the rows that are no data (number, why), `questions` what the mapping answers once.
    """

    file: str
    sheet: str
    header_row: int
    kind: str
    sure: float
    reasons: tuple[str, ...]
    kinds: tuple[str, ...]
    columns: tuple[ColumnMatch, ...]
    fields: Mapping[str, str]
    left_out: tuple[tuple[int, str], ...]
    questions: tuple[SheetQuestion, ...] = ()


class Match(Struct, frozen=True):
    """The column matching of an upload: what is proposed around what a person has chosen.

    `questions` are asked besides, `answers` those given. `name` is a free one to keep it by; `why`
    says why it cannot be accepted as it is. `kind_words` are the words of people for each kind.
    """

    sheets: tuple[SheetMatch, ...]
    questions: tuple[Question, ...]
    name: str
    why: str = ""
    kind_words: Mapping[str, str] = field(default_factory=dict)


class SheetChoice(Struct, frozen=True):
    """What a person says of a sheet: None for what is left to the proposal.

    `kind` "" leaves the sheet out; `fields` are by the letters of columns, "" leaves one out;
    `answers` are by the names of the sheet's questions, "" takes one back.
    """

    file: str
    sheet: str
    header_row: int | None = None
    kind: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
