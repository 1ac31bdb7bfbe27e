"""Column matching and questions: what is proposed, what is chosen, what is asked and answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field

from importer.uploads import SheetChoice
from importer.uploads.views import ColumnMatch, Match, Question, SheetMatch, SheetQuestion
from importer.web.api.models.base import Answer, Long, Sent, Short


class ChoiceAnswer(Answer):
    """An answer that can be given, with words for people."""

    answer: str
    words: str


class QuestionAnswer(Answer):
    """What is asked; `choices` are all answers, where there are few. `default` is only likely."""

    name: str
    question: str
    default: str | None
    choices: list[ChoiceAnswer]
    why: str | None

    @classmethod
    def of(cls, one: Question) -> Self:
        """Return a question."""
        choices = [ChoiceAnswer(answer=answer, words=words) for answer, words in one.choices]
        known = {"default": one.default or None, "why": one.why or None}
        return cls(name=one.name, question=one.question, choices=choices, **known)


class QuestionsAnswer(Answer):
    """What is asked of a person, nothing where nothing is."""

    questions: list[QuestionAnswer]

    @classmethod
    def of(cls, found: Iterable[Question]) -> Self:
        """Return questions."""
        return cls(questions=[QuestionAnswer.of(one) for one in found])


class ColumnAnswer(Answer):
    """The field proposed for a column, null where it is left out, and the other choices."""

    column: str
    heading: str
    field: str | None
    score: float
    reason: str
    samples: list[str]
    choices: list[str]

    @classmethod
    def of(cls, one: ColumnMatch) -> Self:
        """Return a column."""
        return cls(
            column=one.column,
            heading=one.heading,
            field=one.field or None,
            score=one.sure,
            reason=one.reason,
            samples=list(one.samples),
            choices=list(one.choices),
        )


class SkippedAnswer(Answer):
    """A row that is no data, and why."""

    row: int
    reason: str


class SheetQuestionAnswer(Answer):
    """What is asked once of a sheet; an answer is one of `choices`, or with `several` some of them.

    These are parted by `;`. `answer` is null where nobody has answered; `default` is only likely.
    """

    name: str
    question: str
    default: str
    choices: list[str]
    several: bool
    answer: str | None

    @classmethod
    def of(cls, one: SheetQuestion) -> Self:
        """Return a question."""
        return cls(
            name=one.name,
            question=one.question,
            default=one.likely,
            choices=list(one.choices),
            several=one.several,
            answer=one.answer or None,
        )


class SheetMatchAnswer(Answer):
    """What a sheet is proposed to be, null where it is not for import.

    `kinds` are what it may be, each with its word for people; `fields` all fields that a column may
    fill, with what is said of each; `asks` is what the mapping answers once.
    """

    file: str
    name: str
    header_row: int
    kind: str | None
    confidence: float
    reasons: list[str]
    kinds: dict[str, str]
    columns: list[ColumnAnswer]
    fields: dict[str, str]
    skipped: list[SkippedAnswer]
    asks: list[SheetQuestionAnswer]

    @classmethod
    def of(cls, one: SheetMatch, words: dict[str, str]) -> Self:
        """Return a sheet."""
        return cls(
            file=one.file,
            name=one.sheet,
            header_row=one.header_row,
            kind=one.kind or None,
            confidence=one.sure,
            reasons=list(one.reasons),
            kinds={kind: words.get(kind, kind) for kind in one.kinds},
            columns=[ColumnAnswer.of(column) for column in one.columns],
            fields=dict(one.fields),
            skipped=[SkippedAnswer(row=row, reason=why) for row, why in one.left_out],
            asks=[SheetQuestionAnswer.of(asked) for asked in one.questions],
        )


class MatchAnswer(Answer):
    """What is proposed around what was chosen; `why` says why it cannot be accepted as it is.

    `name` is a free one to keep it by. `asks` are questions that accepting it has to answer.
    """

    sheets: list[SheetMatchAnswer]
    asks: list[QuestionAnswer]
    name: str
    why: str | None

    @classmethod
    def of(cls, match: Match) -> Self:
        """Return a column matching."""
        words = dict(match.kind_words)
        return cls(
            sheets=[SheetMatchAnswer.of(one, words) for one in match.sheets],
            asks=[QuestionAnswer.of(one) for one in match.questions],
            name=match.name,
            why=match.why or None,
        )


class SheetChoiceSent(Sent):
    """What somebody says of a sheet; what is not said is left to the proposal.

    `kind` null leaves the sheet out; `fields` are by the letters of columns, null leaves one out;
    `answers` are by the names of what the sheet asks, null takes one back.
    """

    file: Short
    name: Short
    header_row: Annotated[int, Field(ge=0, le=1_048_576)] | None = None
    kind: Short | None = None
    fields: Annotated[dict[Short, Short | None], Field(default_factory=dict)]
    answers: Annotated[dict[Short, Long | None], Field(default_factory=dict)]

    def as_choice(self) -> SheetChoice:
        """Return it as uploads take it."""
        kind = (self.kind or "") if "kind" in self.model_fields_set else None
        fields = {letters: name or "" for letters, name in self.fields.items()}
        answers = {name: text or "" for name, text in self.answers.items()}
        return SheetChoice(self.file, self.name, self.header_row, kind, fields, answers)


class ChoicesSent(Sent):
    """What somebody says of some sheets."""

    sheets: Annotated[list[SheetChoiceSent], Field(max_length=1000)]


class AcceptSent(Sent):
    """The answers to what is asked, by name. `keep_as` is a name to keep the mapping by."""

    answers: Annotated[dict[Short, Long], Field(default_factory=dict)]
    keep_as: Short = ""


class AnswersSent(Sent):
    """The answers to what is asked, by name."""

    answers: dict[Short, Long]
